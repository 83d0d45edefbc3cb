"""What the officer confirms of a list as a whole: its columns, its day, and words it uses that nobody knew."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.families.rules import MemberRole
from maiam.contexts.imports.models import ImportedList, KnownWord
from maiam.contexts.imports.rules import ELSEWHERE, MAY_SETTLE, OURS, Field, Layout, State, heading_key, missing
from maiam.contexts.places import queries as places
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError

COLUMN, NOTHING = "column", ""


class NotNowError(DomainError):
    code = "imports.not_now"
    message = "Danh sách này đang được xử lý hoặc đã xong, nên không đổi được nữa."


class ColumnsLackingError(DomainError):
    code = "imports.columns_lacking"


@dataclass(frozen=True)
class PageAs:
    """How one sheet is to be read."""

    is_taken: bool
    columns: Mapping[int, Field]
    village: str = ""


@dataclass(frozen=True)
class Confirmed:
    """How a whole file is to be read: each sheet by its number, the day it was written, what 01/01 means."""

    pages: Mapping[int, PageAs]
    listed_on: date | None
    first_january_is_filler: bool


@transaction.atomic
def confirm_columns(*, actor: Actor, list_id: UUID, confirmed: Confirmed, now: datetime) -> ImportedList:
    """Confirm what each column holds, remember it for the commune, and let every row be looked at.

    Raises `ColumnsLackingError`, `NotNowError`; `NotFoundError`.
    """
    actor.require(Permission.IMPORT_FAMILIES)
    row = _held(actor, list_id)
    layout = _laid_out(row.read_as, confirmed)
    row.layout = layout.as_json()
    for page in layout.taken:
        for column, heading in enumerate(page.headings):
            if heading:
                _remember(row, COLUMN, heading_key(heading), page.columns.get(column, NOTHING))
    return _check_again(actor, row, "imports.list.columns_confirmed", now)


def _laid_out(layout: Layout, confirmed: Confirmed) -> Layout:
    for page in layout.pages:
        if chosen := confirmed.pages.get(page.page):
            page.is_taken, page.columns, page.village = chosen.is_taken, dict(chosen.columns), chosen.village
            page.__dict__.pop("places", None)
    layout.listed_on = confirmed.listed_on
    layout.first_january_is_filler = confirmed.first_january_is_filler
    if not layout.taken:
        raise ColumnsLackingError("Chọn ít nhất một trang của tệp.")
    for page in layout.taken:
        lack = missing(set(page.columns.values()))
        if lack:
            raise ColumnsLackingError(f"Trang “{page.name}”: {lack}")
    return layout


@transaction.atomic
def settle_words(
    *, actor: Actor, list_id: UUID, meanings: Mapping[tuple[str, str], str], now: datetime
) -> ImportedList:
    """Say what words of a list mean, once for all its rows and for the lists to come; then look at the rows again.

    `meanings` are by (kind, word): a village's id or "0" for none, a role, or whether a commune is ours.
    Raises `NotNowError`; `NotFoundError`.
    """
    actor.require(Permission.IMPORT_FAMILIES)
    row = _held(actor, list_id)
    villages = {str(village.id) for village in places.villages_of(row.commune_id)} | {"0"}
    allowed: dict[str, Sequence[str] | set[str]] = {
        "village": villages,
        "role": [role.value for role in MemberRole],
        "commune": [OURS, ELSEWHERE],
    }
    asked = {(word["kind"], word["key"]) for word in row.words}
    for (kind, word), meaning in meanings.items():
        if (kind, word) in asked and meaning in allowed[kind]:
            _remember(row, kind, word, meaning)
    return _check_again(actor, row, "imports.list.words_settled", now)


def _held(actor: Actor, list_id: UUID) -> ImportedList:
    row = ImportedList.objects.select_for_update(of=("self",)).find(actor, list_id)
    if row.state not in MAY_SETTLE:
        raise NotNowError
    return row


def _remember(row: ImportedList, kind: str, word: str, meaning: str) -> None:
    KnownWord.objects.update_or_create(
        commune_id=row.commune_id, kind=kind, word=word[:120], defaults={"meaning": str(meaning)}
    )


def _check_again(actor: Actor, row: ImportedList, action: str, now: datetime) -> ImportedList:
    row.state, row.rows_done, row.refusal, row.stumbles, row.touched_at = State.CHECKING, 0, "", 0, now
    row.save(update_fields=["state", "layout", "rows_done", "refusal", "stumbles", "touched_at"])
    audit.record(actor, action, row, at=now)
    return row
