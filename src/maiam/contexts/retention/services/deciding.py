"""One person proposes a preview, another agrees or sends it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.retention import queries
from maiam.contexts.retention.models import Preview
from maiam.contexts.retention.rules import Kind, State
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class NotNowError(DomainError):
    code = "retention.not_now"
    message = "Bản xem trước này đã sang bước khác. Hãy xem lại trang."


class OutdatedError(DomainError):
    code = "retention.outdated"
    message = "Thời hạn đã đổi sau khi lập bản này. Chờ bản mới vào đêm nay."


class SamePersonError(DomainError):
    code = "retention.same_person"
    message = "Người đề nghị không tự đồng ý được. Cần một người thứ hai."


class ReasonMissingError(DomainError):
    code = "retention.reason_missing"
    message = "Viết một câu lý do, để người đề nghị hiểu."
    field = "reason"


@transaction.atomic
def propose_preview(*, actor: Actor, preview_id: UUID, now: datetime) -> Preview:
    """Say that what the preview lists may go. Raises `NotNowError`, `OutdatedError`; `NotFoundError`."""
    actor.require(Permission.KEEP_RETENTION)
    row = _locked(actor, preview_id, State.MADE)
    _require_current(actor, row)
    row.state, row.proposed_at, row.proposed_by_name = State.PROPOSED, now, actor.name
    row.proposed_by_account_id, _ = accounts.own_seat(actor)
    row.save(update_fields=["state", "proposed_at", "proposed_by_name", "proposed_by_account_id"])
    audit.record(actor, "retention.preview.proposed", row, at=now)
    return row


@transaction.atomic
def decide_preview(*, actor: Actor, preview_id: UUID, agrees: bool, reason: str, now: datetime) -> Preview:
    """Agree, and the house carries it out; or send it back with a reason.

    Raises `NotNowError`, `SamePersonError`, `OutdatedError`, `ReasonMissingError`; `NotFoundError`.
    """
    actor.require(Permission.APPROVE_RETENTION)
    row = _locked(actor, preview_id, State.PROPOSED)
    if row.proposed_by_account_id == accounts.own_seat(actor)[0]:
        raise SamePersonError
    if agrees:
        _require_current(actor, row)
    elif not reason:
        raise ReasonMissingError
    row.state = State.APPROVED if agrees else State.SENT_BACK
    row.decided_at, row.decided_by_name, row.reason = now, actor.name, reason
    row.save(update_fields=["state", "decided_at", "decided_by_name", "reason"])
    audit.record(actor, "retention.preview.approved" if agrees else "retention.preview.sent_back", row, at=now)
    return row


def _locked(actor: Actor, preview_id: UUID, state: State) -> Preview:
    row = Preview.objects.select_for_update(of=("self",)).find(actor, preview_id)
    if row.state != state:
        raise NotNowError
    return row


def _require_current(actor: Actor, row: Preview) -> None:
    if queries.months_in_force(actor, Kind(row.code)) != row.months:
        raise OutdatedError
