"""The officer's answers about rows, and the big words: take it, drop it, take it back."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from uuid import UUID

from django.db import transaction

from maiam.contexts.imports.models import ImportedList, ListAnswer, ListPart
from maiam.contexts.imports.queries import opened
from maiam.contexts.imports.rules import CHOOSES, Answer, State, can_undo
from maiam.contexts.imports.services.judging import Judge
from maiam.contexts.imports.services.pieces import Parts, Pieces
from maiam.contexts.imports.services.settling import NotNowError
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class NothingToTakeError(DomainError):
    code = "imports.nothing_to_take"
    message = "Chưa có ai mới để đưa vào sổ. Hãy trả lời các câu hỏi, hoặc sửa tệp rồi gửi lại."


class TooLateToUndoError(DomainError):
    code = "imports.too_late_to_undo"
    message = "Đã quá hạn rút lại lần nhập này."


@transaction.atomic
def answer_rows(*, actor: Actor, list_id: UUID, answers: Mapping[str, Answer | None], now: datetime) -> ImportedList:
    """Keep what was decided of rows and homes, by their place; with None an answer is taken back.

    Raises `NotNowError`; `NotFoundError`.
    """
    row = _held(actor, list_id, State.CHECKED)
    before = dict(ListAnswer.objects.visible_to(actor).filter(imported=row).values_list("place", "answer"))
    changed = {place: answer or "" for place, answer in answers.items() if before.get(place, "") != (answer or "")}
    for place, answer in changed.items():
        ListAnswer.objects.update_or_create(imported=row, place=place, defaults={"answer": answer})
    judge = Judge(actor, row)
    for part in _parts_with(actor, row, changed):
        Parts(row).keeps(part.number, judge.decides_again(part))
    audit.record(actor, "imports.list.rows_answered", row, at=now)
    return row


def _parts_with(actor: Actor, row: ImportedList, places: Iterable[str]) -> list[ListPart]:
    """The parts that hold these rows and homes. They lie in the order of the file, so that few need be opened."""
    parts = list(ListPart.objects.visible_to(actor).filter(imported=row).exclude(sealed=b"").order_by("number"))

    @cache
    def begins_at(number: int) -> tuple[int, int]:
        home = opened(actor, parts[number]).homes[0]
        return home.page, home.row

    wanted = (_page_and_row(place) for place in places)
    found = {bisect_right(range(len(parts)), one, key=begins_at) - 1 for one in wanted}
    return [parts[number] for number in sorted(found) if number >= 0]


def _page_and_row(place: str) -> tuple[int, int]:
    page, _, row = place.removeprefix("h").partition(":")
    return int(page), int(row)


@transaction.atomic
def take_list(*, actor: Actor, list_id: UUID, takes_all: bool, now: datetime) -> ImportedList:
    """Let the list be written: every home that can be, or only those chosen.

    Raises `NothingToTakeError`, `NotNowError`; `NotFoundError`.
    """
    row = _held(actor, list_id, State.CHECKED)
    parts = ListPart.objects.visible_to(actor).filter(imported=row, taken_at__isnull=True)
    counts = [part.get("new", 0) for part in parts.values_list("counts", flat=True)]
    chosen = (
        ListAnswer.objects.visible_to(actor).filter(imported=row, place__startswith="h", answer__in=CHOOSES).exists()
    )
    if not sum(counts) or not (takes_all or chosen):
        raise NothingToTakeError
    row.takes_all, row.rows_before, row.rows_done = takes_all, len(counts), 0
    # Who takes it answers for it, whoever brought it.
    row.by_post_id, row.by_account_id, row.by_name = actor.post_id or row.by_post_id, actor.account_id, actor.name
    return _moved(actor, row, State.TAKING, "imports.list.taken", now)


@transaction.atomic
def undo_list(*, actor: Actor, list_id: UUID, now: datetime) -> ImportedList:
    """Take everything the list brought in out again, if nothing has happened to it since.

    Raises `TooLateToUndoError`, `NotNowError`; `NotFoundError`.
    """
    row = _held(actor, list_id, State.DONE)
    if not can_undo(row.done_at, now):
        raise TooLateToUndoError
    row.by_post_id, row.by_account_id, row.by_name = actor.post_id or row.by_post_id, actor.account_id, actor.name
    return _moved(actor, row, State.UNDOING, "imports.list.undo_asked", now)


@transaction.atomic
def drop_list(*, actor: Actor, list_id: UUID, now: datetime) -> ImportedList:
    """Let a list go that is not to be written; its file is emptied at once.

    Raises `NotNowError`; `NotFoundError`.
    """
    row = _held(actor, list_id, State.COLUMNS, State.CHECKED, State.REFUSED)
    for is_marked in (False, True):
        Pieces(row, is_marked).empties_from()
    Parts(row).empties_from()
    row.gone_at = now
    return _moved(actor, row, State.DROPPED, "imports.list.dropped", now)


def _held(actor: Actor, list_id: UUID, *states: State) -> ImportedList:
    actor.require(Permission.IMPORT_FAMILIES)
    row = ImportedList.objects.select_for_update(of=("self",)).find(actor, list_id)
    if row.state not in states:
        raise NotNowError
    return row


def _moved(actor: Actor, row: ImportedList, state: State, action: str, now: datetime) -> ImportedList:
    row.state, row.touched_at, row.stumbles, row.refusal = state, now, 0, ""
    row.save()
    audit.record(actor, action, row, at=now)
    return row
