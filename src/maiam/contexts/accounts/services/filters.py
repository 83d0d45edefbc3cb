"""Filters a person keeps for themselves. The same name again is the newer filter."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts.models import SavedFilter
from maiam.contexts.accounts.queries.seats import own_seat
from maiam.contexts.accounts.rules import MOST_FILTERS, filter_kept
from maiam.platform import audit
from maiam.platform.access import Actor
from maiam.platform.errors import DomainError, NotFoundError


class FilterNameMissingError(DomainError):
    code = "accounts.filter_name_missing"
    message = "Đặt cho bộ lọc một tên."


class NothingFilteredError(DomainError):
    code = "accounts.nothing_filtered"
    message = "Chưa lọc gì. Chọn điều kiện, bấm Lọc, rồi lưu."


class TooManyFiltersError(DomainError):
    code = "accounts.too_many_filters"
    message = f"Mỗi danh sách giữ nhiều nhất {MOST_FILTERS} bộ lọc. Hãy bỏ bớt."


@transaction.atomic
def save_filter(*, actor: Actor, page: str, name: str, query: str, now: datetime) -> SavedFilter:
    """Keep what is looked for in a list, under a name.

    Raises `FilterNameMissingError`, `NothingFilteredError`, `TooManyFiltersError`.
    """
    account_id, _ = own_seat(actor)
    kept = filter_kept(query)
    if not name.strip():
        raise FilterNameMissingError
    if not kept:
        raise NothingFilteredError
    own = SavedFilter.objects.visible_to(actor).filter(account_id=account_id, page=page, removed_at__isnull=True)
    own.filter(name=name).update(removed_at=now)
    if own.count() >= MOST_FILTERS:
        raise TooManyFiltersError
    row = SavedFilter(account_id=account_id, page=page, name=name, query=kept, saved_at=now)
    row.save(force_insert=True)
    audit.record(actor, "accounts.filter.saved", row, at=now)
    return row


@transaction.atomic
def remove_filter(*, actor: Actor, filter_id: UUID, now: datetime) -> SavedFilter:
    """Let a filter go. Raises `NotFoundError`."""
    row = SavedFilter.objects.find(actor, filter_id)
    if row.removed_at is not None:
        raise NotFoundError
    row.removed_at = now
    row.save(update_fields=["removed_at"])
    audit.record(actor, "accounts.filter.removed", row, at=now)
    return row
