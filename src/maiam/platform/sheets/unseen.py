"""What calamine passes over in an .xlsx: rows that are hidden, and cells whose formula came to nothing."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape

_CHUNK, _OVERLAP = 1024 * 1024, 4096
_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_HIDDEN = re.compile(rb'<row\s(?=[^>]*\bhidden="(?:1|true)")[^>]*\br="([0-9]{1,7})"')
_ERROR = re.compile(
    rb'<c\s(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*>'
    rb"(?:<f[^>]*/>|<f[^>]*>[^<]*</f>)?<v>(#[^<]{1,14})</v>"
)


@dataclass
class Unseen:
    """Of one sheet: rows as Excel counts them, and by row the broken cells with their columns from 0."""

    hidden: set[int] = field(default_factory=set)
    broken: dict[int, dict[int, str]] = field(default_factory=dict)


def unseen_of(content: bytes) -> dict[str, Unseen]:
    """Go through the sheets of a file that passed the door, by their names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = set(archive.namelist())
        return {name: _looked(archive, part) for name, part in _sheets(archive, parts) if part in parts}


def _sheets(archive: zipfile.ZipFile, parts: set[str]) -> Iterator[tuple[str, str]]:
    relations = "xl/_rels/workbook.xml.rels"
    if relations not in parts:
        return
    targets = {one.get("Id"): one.get("Target", "") for one in _tags(archive, relations, _RELATION)}
    for sheet in _tags(archive, "xl/workbook.xml", _SHEET):
        target = targets.get(sheet.get("r:id"), "")
        yield sheet.get("name", ""), target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _tags(archive: zipfile.ZipFile, part: str, tag: re.Pattern[str]) -> Iterator[dict[str, str]]:
    text = archive.read(part).decode(errors="replace")
    for found in tag.findall(text):
        yield {name: unescape(value) for name, value in _ATTRIBUTE.findall(found)}


def _looked(archive: zipfile.ZipFile, part: str) -> Unseen:
    unseen, before = Unseen(), b""
    with archive.open(part) as file:
        while piece := file.read(_CHUNK):
            piece = before + piece
            unseen.hidden.update(map(int, _HIDDEN.findall(piece)))
            for letters, row, says in _ERROR.findall(piece):
                unseen.broken.setdefault(int(row), {})[_column(letters)] = says.decode(errors="replace")
            before = piece[max(piece.rfind(b"<c "), piece.rfind(b"<row "), len(piece) - _OVERLAP) :]
    return unseen


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
