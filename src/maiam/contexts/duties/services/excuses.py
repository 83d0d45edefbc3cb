"""Let a duty off by two people: one asks with a reason, another answers. The duty keeps its dates."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.duties.models import Excuse, Obligation
from maiam.contexts.duties.rules import ExcuseAnswer, State
from maiam.contexts.duties.services.hand import Hand
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class ExcuseReasonMissingError(DomainError):
    code = "duties.excuse_reason_missing"
    message = "Hãy ghi lý do."
    field = "reason"


class ExcuseWaitsError(DomainError):
    code = "duties.excuse_waits"
    message = "Đã có đề nghị miễn việc này đang chờ trả lời."


class ExcuseAnsweredError(DomainError):
    code = "duties.excuse_answered"
    message = "Đề nghị này đã có người trả lời."


class SamePersonExcusesError(DomainError):
    code = "duties.same_person_excuses"
    message = "Người đề nghị không tự đồng ý. Cần một người khác."


@transaction.atomic
def ask_excuse(*, actor: Actor, obligation_id: UUID, reason: str, now: datetime) -> Excuse:
    """Ask that a running duty be let off, with the reason; somebody else answers.

    Raises `AlreadyClosedError`, `ExcuseReasonMissingError`, `ExcuseWaitsError`.
    """
    actor.require(Permission.CARRY_DUTIES)
    account_id, _ = accounts.own_seat(actor)
    obligation = Hand(actor, now).holds(obligation_id)
    if not reason.strip():
        raise ExcuseReasonMissingError
    if obligation.excuses.filter(answer=ExcuseAnswer.WAITING).exists():
        raise ExcuseWaitsError
    excuse = Excuse(
        obligation=obligation,
        commune_id=obligation.commune_id,
        village_id=obligation.village_id,
        owner_post_id=obligation.owner_post_id,
        reason=reason,
        asked_at=now,
        asked_by_account_id=account_id,
        asked_by_name=actor.name,
    )
    excuse.save(force_insert=True)
    audit.record(actor, "duties.excuse.asked", obligation, at=now, reason=reason)
    return excuse


@transaction.atomic
def decide_excuse(*, actor: Actor, excuse_id: UUID, agrees: bool, now: datetime) -> Excuse:
    """Let a duty off, or not, as the second person; its dates stay as they were.

    Raises `ExcuseAnsweredError`, `SamePersonExcusesError`.
    """
    actor.require(Permission.EXCUSE_DUTIES)
    account_id, _ = accounts.own_seat(actor)
    excuse = Excuse.objects.select_for_update(of=("self",)).find(actor, excuse_id)
    if excuse.answer != ExcuseAnswer.WAITING:
        raise ExcuseAnsweredError
    if excuse.asked_by_account_id == account_id:
        raise SamePersonExcusesError
    excuse.answer = ExcuseAnswer.AGREED if agrees else ExcuseAnswer.DECLINED
    excuse.answered_at, excuse.answered_by_account_id, excuse.answered_by_name = now, account_id, actor.name
    excuse.save(update_fields=["answer", "answered_at", "answered_by_account_id", "answered_by_name"])
    obligation = Obligation.objects.select_for_update(of=("self",)).find(actor, excuse.obligation_id)
    if agrees and obligation.state == State.RUNNING:
        proof = f"duties.excuse {excuse.id}"
        Hand(actor, now).closes(obligation, State.EXCUSED, at=now, proof=proof, reason=excuse.reason)
    audit.record(actor, f"duties.excuse.{excuse.answer}", obligation, at=now)
    return excuse
