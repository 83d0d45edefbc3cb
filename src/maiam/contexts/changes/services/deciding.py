"""The officer's answer. What is approved is written into the register at once, or nothing is."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.changes import rules
from maiam.contexts.changes.events import change_decided
from maiam.contexts.changes.models import ChangeRequest
from maiam.contexts.changes.queries.current import current_values, token
from maiam.contexts.changes.rules import Act, Kind
from maiam.contexts.changes.services.applying import apply
from maiam.contexts.changes.services.hand import AlreadyDecidedError, Hand
from maiam.contexts.duties import services as duties
from maiam.contexts.families.models import Person
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError

__all__ = ["AlreadyDecidedError", "NotWholeError", "RegisterMovedError", "ask_back", "decide_change"]


class RegisterMovedError(DomainError):
    code = "changes.register_moved"
    message = "Sổ vừa được sửa sau khi bạn mở trang này. Hãy xem lại chỗ được đánh dấu rồi quyết định."


class NotWholeError(DomainError):
    code = "changes.not_whole"
    message = "Đề nghị này chỉ đồng ý hoặc không đồng ý được cả, không tách ra được."


class ReasonMissingError(DomainError):
    code = "changes.reason_missing"
    message = "Viết một câu lý do, để người đề nghị hiểu vì sao."
    field = "words"


@transaction.atomic
def decide_change(
    *, actor: Actor, request_id: UUID, accepted: Collection[str], words: str, seen: str, now: datetime
) -> ChangeRequest:
    """Accept all, some or none of a request. `seen` is the mark of the values the officer looked at.

    Raises `AlreadyDecidedError`, `NotWholeError`, `ReasonMissingError`, `RegisterMovedError`, and what the register
    itself refuses; `NotFoundError`.
    """
    actor.require(Permission.DECIDE_CHANGE)
    hand = Hand(actor, now)
    request = hand.holds(request_id)
    wanted = frozenset(accepted)
    act = rules.act_of(proposed=request.proposed, accepted=wanted)
    hand.may(request, act)
    if not rules.may_accept(Kind(request.kind), proposed=request.proposed, accepted=wanted):
        raise NotWholeError
    if act is not Act.APPROVE and not words:
        raise ReasonMissingError
    if wanted:
        _write(actor, request, wanted, seen=seen, now=now)
    request.accepted = sorted(wanted)
    hand.takes(request, act, words=words)
    duties.meet_obligation(
        actor=actor, rule=request.rule, subject=request.subject, met_at=now, now=now, proof=f"changes.request.{act}"
    )
    hand.tells_asker(request, f"Đề nghị sửa sổ: {request.state_label.lower()}")
    change_decided.send(sender=ChangeRequest, request=request, actor=actor, now=now)
    return request


@transaction.atomic
def ask_back(*, actor: Actor, request_id: UUID, words: str, now: datetime) -> ChangeRequest:
    """Ask the one who wrote the request; the clock goes on.

    Raises `AlreadyDecidedError`, `ReasonMissingError`; `NotFoundError`.
    """
    actor.require(Permission.DECIDE_CHANGE)
    if not words:
        raise ReasonMissingError
    hand = Hand(actor, now)
    request = hand.holds(request_id)
    hand.takes(request, Act.ASK_BACK, words=words)
    hand.tells_asker(request, "Cán bộ xã hỏi thêm về đề nghị sửa sổ")
    return request


def _write(actor: Actor, request: ChangeRequest, accepted: frozenset[str], *, seen: str, now: datetime) -> None:
    """Nothing is overwritten that the officer has not seen: the person is held while the values are compared."""
    if request.person_id:
        Person.objects.select_for_update(of=("self",)).find(actor, request.person_id)
    if token(current_values(actor, request.person_id), request.proposed) != seen:
        raise RegisterMovedError
    apply(actor=actor, request=request, accepted=accepted, now=now)
