"""What was found in a list, opened page by page; only the parts that a page shows are unsealed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from maiam.contexts.imports.models import ImportedList, ListAnswer, ListPart
from maiam.contexts.imports.rules import (
    CHOICES_OF_DOUBLE,
    CHOICES_OF_HOME,
    FoundHome,
    FoundPerson,
    Kind,
    Problem,
    Severity,
)
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.sheets import letters

PROBLEMS_ON_PAGE, HOMES_ON_PAGE = 50, 25


@dataclass(frozen=True)
class OpenedPart:
    """A part unsealed: its homes, what is said of them, what becomes of each row."""

    homes: list[FoundHome]
    problems: list[Problem]
    standings: dict[str, str]


@dataclass(frozen=True)
class ProblemLine:
    problem: Problem
    sheet: str
    column: str
    place: str
    answer: str
    can_answer: bool


@dataclass(frozen=True)
class HomeLine:
    home: FoundHome
    sheet: str
    members: list[tuple[FoundPerson, str]]
    answer: str
    choices: list[tuple[str, str]]


@dataclass(frozen=True)
class Shown:
    page: Page[Any]
    lines: list[Any]


def place_of_part(list_id: UUID, number: int) -> str:
    return f"imports_listpart.sealed:{list_id}:{number}"


def opened(actor: Actor, part: ListPart) -> OpenedPart:
    actor.require(Permission.IMPORT_FAMILIES)
    told = json.loads(vault.unseal(part.sealed, place=place_of_part(part.imported_id, part.number)))
    return OpenedPart(
        [FoundHome.from_json(home) for home in told["homes"]],
        [Problem.from_json(problem) for problem in told["problems"]],
        told["standings"],
    )


def problems_page(actor: Actor, list_id: UUID, severity: Severity, page: str, now: datetime) -> Shown:
    """Everything of one gravity, in the order of the file, some fifty at a time. Raises `NotFoundError`."""
    row = _opened_list(actor, list_id, now)
    sheets = [one.name for one in row.read_as.pages]
    parts = _filled(actor, row)
    total = sum(part.counts.get(severity, 0) for part in parts)
    shown = Paginator(range(total), PROBLEMS_ON_PAGE).get_page(page)
    problems = [
        problem
        for part in _parts_within(parts, severity, shown)
        for problem in opened(actor, part).problems
        if problem.severity is severity
    ]
    skipped = _before(parts, severity, shown)
    start = max(shown.start_index() - 1, 0) - skipped
    problems = problems[start : start + PROBLEMS_ON_PAGE]
    answers = _answers(actor, row)
    return Shown(shown, [_problem_line(one, sheets, answers) for one in problems])


def homes_page(actor: Actor, list_id: UUID, page: str, now: datetime) -> Shown:
    """The homes of a list, with what becomes of each. Raises `NotFoundError`."""
    row = _opened_list(actor, list_id, now)
    sheets = [one.name for one in row.read_as.pages]
    parts = _filled(actor, row)
    shown = Paginator(range(sum(part.counts.get("homes", 0) for part in parts)), HOMES_ON_PAGE).get_page(page)
    answers, lines = _answers(actor, row), []
    for part in _parts_within(parts, "homes", shown):
        told = opened(actor, part)
        asked = {(one.page, one.row) for one in told.problems if one.kind is Kind.DOUBLE_HOME}
        lines += [
            _home_line(
                home, sheets, told.standings, answers.get(home.place, ""), is_asked=(home.page, home.row) in asked
            )
            for home in told.homes
        ]
    start = max(shown.start_index() - 1, 0) - _before(parts, "homes", shown)
    return Shown(shown, lines[start : start + HOMES_ON_PAGE])


def all_problems(actor: Actor, list_id: UUID) -> Iterator[Problem]:
    """Everything that is said of a list, in its order; memory holds one part."""
    actor.require(Permission.IMPORT_FAMILIES)
    for part in (
        ListPart.objects.visible_to(actor).filter(imported_id=list_id).order_by("number").iterator(chunk_size=1)
    ):
        if part.sealed:
            yield from sorted(opened(actor, part).problems, key=lambda one: (one.page, one.row, one.column or 0))


def _opened_list(actor: Actor, list_id: UUID, now: datetime) -> ImportedList:
    actor.require(Permission.IMPORT_FAMILIES)
    row = ImportedList.objects.find(actor, list_id)
    audit.record_read(actor, "imports.list.opened", row, at=now)
    return row


def _filled(actor: Actor, row: ImportedList) -> list[ListPart]:
    parts = ListPart.objects.visible_to(actor).filter(imported=row).exclude(sealed=b"").order_by("number")
    return list(parts.only("id", "imported_id", "number", "counts"))


def _parts_within(parts: list[ListPart], what: str, page: Page[int]) -> Iterator[ListPart]:
    """The parts that hold something of a page; the sealed content of each is read when it is opened."""
    first, last, seen = page.start_index(), page.end_index(), 0
    for part in parts:
        count = part.counts.get(what, 0)
        if count and seen < last and seen + count >= first:
            yield part
        seen += count


def _before(parts: list[ListPart], what: str, page: Page[int]) -> int:
    """How many stand in the parts before the first that is opened."""
    seen = 0
    for part in parts:
        count = part.counts.get(what, 0)
        if seen + count >= page.start_index():
            return seen
        seen += count
    return seen


def _answers(actor: Actor, row: ImportedList) -> dict[str, str]:
    return dict(ListAnswer.objects.visible_to(actor).filter(imported=row).values_list("place", "answer"))


def _problem_line(problem: Problem, sheets: list[str], answers: dict[str, str]) -> ProblemLine:
    place = f"{problem.page}:{problem.row}" if problem.column is not None else f"h{problem.page}:{problem.row}"
    return ProblemLine(
        problem=problem,
        sheet=sheets[problem.page] if problem.page < len(sheets) else "",
        column=letters(problem.column) if problem.column is not None else "",
        place=place,
        answer=answers.get(place, ""),
        can_answer=problem.can_be_answered,
    )


def _home_line(
    home: FoundHome, sheets: list[str], standings: dict[str, str], answer: str, *, is_asked: bool
) -> HomeLine:
    is_double = is_asked or answer in CHOICES_OF_DOUBLE
    return HomeLine(
        home=home,
        sheet=sheets[home.page] if home.page < len(sheets) else "",
        members=[(one, standings.get(one.place, "")) for one in home.members],
        answer=answer,
        choices=[*CHOICES_OF_HOME.items(), *(CHOICES_OF_DOUBLE.items() if is_double else ())],
    )
