"""Seals what lies here for a while: files in pieces, and what was understood of them in parts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from maiam.contexts.imports.models import ImportedList, ListPart, ListPiece
from maiam.contexts.imports.queries import place_of_part, place_of_piece
from maiam.contexts.imports.rules import Decision, counted
from maiam.platform import vault

PIECE_BYTES = 512 * 1024


@dataclass(frozen=True)
class Pieces:
    """The pieces of one file of a list; one that lies there from before is written over."""

    row: ImportedList
    is_marked: bool

    def keeps(self, content: bytes) -> None:
        for number, start in enumerate(range(0, len(content), PIECE_BYTES)):
            place = place_of_piece(self.row.id, number, is_marked=self.is_marked)
            sealed = vault.seal_bytes(content[start : start + PIECE_BYTES], place=place)
            ListPiece.objects.update_or_create(
                imported=self.row, is_marked=self.is_marked, number=number, defaults={"sealed": sealed}
            )
        self.empties_from(-(-len(content) // PIECE_BYTES))

    def empties_from(self, number: int = 0) -> None:
        pieces = ListPiece.objects.filter(imported=self.row, is_marked=self.is_marked, number__gte=number)
        pieces.exclude(sealed=b"").update(sealed=b"")


@dataclass(frozen=True)
class Parts:
    """The parts of one list."""

    row: ImportedList

    def keeps(self, number: int, decisions: Sequence[Decision]) -> ListPart:
        """Seal what was understood, with what would be written of it as things stand."""
        told = {
            "homes": [one.home.as_json() for one in decisions],
            "problems": [problem.as_json() for one in decisions for problem in one.problems],
            "standings": {place: standing for one in decisions for place, standing in one.standings.items()},
        }
        place = place_of_part(self.row.id, number)
        sealed = vault.seal(json.dumps(told, ensure_ascii=False, separators=(",", ":")), place=place)
        defaults = {"sealed": sealed, "counts": counted(decisions)}
        part, _ = ListPart.objects.update_or_create(imported=self.row, number=number, defaults=defaults)
        return part

    def empties_from(self, number: int = 0) -> None:
        parts = ListPart.objects.filter(imported=self.row, number__gte=number)
        parts.exclude(sealed=b"").update(sealed=b"", counts={})
