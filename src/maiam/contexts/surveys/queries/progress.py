"""How far a round has come, village by village: two counts for the whole commune, however many villages."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from maiam.contexts.families.models import Household
from maiam.contexts.surveys.models import Assignment, Round, Sheet
from maiam.contexts.surveys.rules.rounds import SheetKind, Standing
from maiam.platform.access import Actor, ScopedQuerySet


@dataclass(frozen=True)
class Progress:
    """How many households there are, and how they were done."""

    households: int
    answered: int
    unchanged: int
    not_met: int

    @property
    def done(self) -> int:
        return self.answered + self.unchanged + self.not_met

    @property
    def left(self) -> int:
        return max(self.households - self.done, 0)

    @property
    def share(self) -> int:
        """Of a hundred households, how many are done."""
        return min(100, round(100 * self.done / self.households)) if self.households else 100


@dataclass(frozen=True)
class VillageLine:
    """One village of a round: who collects it and how far they are."""

    assignment: Assignment
    progress: Progress
    waiting: int


def open_households(actor: Actor, commune_id: int, village_id: int | None) -> ScopedQuerySet[Household]:
    """The households of a village that are not dissolved; with no village, those the register puts in none."""
    rows = Household.objects.visible_to(actor).filter(commune_id=commune_id, dissolved_on__isnull=True)
    return rows.filter(village_id=village_id) if village_id else rows.filter(village_id__isnull=True)


def progress_of(actor: Actor, rounds: list[Round], assignments: QuerySet[Assignment]) -> dict[UUID, list[VillageLine]]:
    """The villages of these rounds, those of each round together, by name."""
    rows = assignments.filter(round__in=rounds).select_related("village", "post", "round")
    communes = {row.commune_id for row in rounds}
    open_ones = Household.objects.visible_to(actor).filter(commune_id__in=communes, dissolved_on__isnull=True)
    counted = open_ones.values_list("commune_id", "village_id").annotate(Count("id"))
    households = {(commune, village): count for commune, village, count in counted.order_by()}
    done = _counts(Sheet.objects.visible_to(actor).filter(round__in=rounds, is_current=True), "kind")
    waiting = _counts(Sheet.objects.visible_to(actor).filter(round__in=rounds, standing=Standing.WAITING), "standing")
    lines: dict[UUID, list[VillageLine]] = {row.id: [] for row in rounds}
    for row in sorted(rows, key=lambda row: (row.village is None, row.village.folded_name if row.village else "")):
        kinds = {kind: done[row.id, kind] for kind in SheetKind}
        progress = Progress(
            households=households.get((row.commune_id, row.village_id), 0),
            answered=kinds[SheetKind.ANSWERED],
            unchanged=kinds[SheetKind.UNCHANGED],
            not_met=kinds[SheetKind.NOT_MET],
        )
        lines[row.round_id].append(VillageLine(row, progress, waiting[row.id, Standing.WAITING]))
    return lines


def _counts(sheets: QuerySet[Sheet], by: str) -> Counter[tuple[UUID, str]]:
    rows = sheets.values_list("assignment_id", by).annotate(Count("id")).order_by()
    return Counter({(assignment_id, value): count for assignment_id, value, count in rows})


def whole(lines: list[VillageLine]) -> Progress:
    """All villages together."""
    parts = [line.progress for line in lines]
    return Progress(
        households=sum(part.households for part in parts),
        answered=sum(part.answered for part in parts),
        unchanged=sum(part.unchanged for part in parts),
        not_met=sum(part.not_met for part in parts),
    )
