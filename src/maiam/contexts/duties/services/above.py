"""Write down what a competent authority decided of a duty that nobody free of conflict in the commune could carry."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.duties import events, rules
from maiam.contexts.duties.models import DecisionAbove, Obligation
from maiam.contexts.duties.rules import DecidedAbove
from maiam.contexts.duties.services.hand import Hand
from maiam.contexts.duties.services.telling import notify
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError


class NotAboveError(DomainError):
    code = "duties.not_above"
    message = "Việc này không phải việc chuyển lên chức vụ của bạn."


class DecidedOutOfTimeError(DomainError):
    code = "duties.decided_out_of_time"
    message = "Ngày này phải từ ngày việc bắt đầu đến hôm nay."
    field = "decided_on"


class SignedOutOfTimeError(DomainError):
    code = "duties.signed_out_of_time"
    message = "Lúc ký phải từ lúc việc bắt đầu đến bây giờ."
    field = "signed_at"


class OutcomeMissingError(DomainError):
    code = "duties.outcome_missing"
    message = "Hãy ghi đã quyết định thế nào và ký lúc nào."
    field = "outcome"


class EndMissingError(DomainError):
    code = "duties.end_missing"
    message = "Hãy ghi quyết định có hiệu lực đến khi nào."
    field = "ends_at"


@transaction.atomic
def record_decision_above(*, actor: Actor, obligation_id: UUID, decided: DecidedAbove, now: datetime) -> DecisionAbove:
    """Write down what a competent authority decided of a duty that went up; the commune's free officer hears of it.

    Raises `AlreadyClosedError`, `NotAboveError`, `DecidedOutOfTimeError`, `SignedOutOfTimeError`,
    `OutcomeMissingError`, `EndMissingError`, and what the record's context refuses; `NotFoundError`.
    """
    actor.require(Permission.CARRY_DUTIES)
    hand = Hand(actor, now)
    obligation = hand.holds(obligation_id)
    if obligation.owner_post_id != actor.post_id or not rules.is_above(obligation.owner_post.commune_id):
        raise NotAboveError
    _check(obligation, decided, now)
    row = DecisionAbove(
        obligation=obligation,
        **vars(decided),
        recorded_at=now,
        by_post_id=actor.post_id,
        by_name=actor.name,
    )
    row.save(force_insert=True)
    # Where the minute of signing is known, that is when the duty was done; else we only know when we were told.
    met_at = decided.signed_at or now
    state = rules.state_when_met(late_after=obligation.late_after, met_at=met_at)
    hand.closes(obligation, state, at=met_at, proof=f"duties.decision_above {row.id}")
    events.carry_decision_above(actor, obligation.subject, obligation.rule, decided, now)
    _tell_commune(actor, obligation, decided, now)
    audit.record(actor, "duties.decision_above.recorded", obligation, at=now)
    return row


def _check(obligation: Obligation, decided: DecidedAbove, now: datetime) -> None:
    first, last = (moment.astimezone(VIETNAM).date() for moment in (obligation.started_at, now))
    if not first <= decided.decided_on <= last:
        raise DecidedOutOfTimeError
    question = events.question_above(obligation.subject_kind, obligation.rule)
    if question is None:
        return
    if decided.outcome not in question.outcomes or decided.signed_at is None:
        raise OutcomeMissingError
    if not obligation.started_at.replace(second=0, microsecond=0) <= decided.signed_at <= now:
        raise SignedOutOfTimeError
    if decided.outcome == question.binding and decided.ends_at is None:
        raise EndMissingError


def _tell_commune(actor: Actor, obligation: Obligation, decided: DecidedAbove, now: datetime) -> None:
    officer = accounts.post_for(Role.CULTURE_OFFICER, commune_id=obligation.commune_id)
    if officer is None:
        return
    what = f"Cấp có thẩm quyền đã quyết định, số {decided.number}: {obligation.what}. Nhận văn bản, giao nơi nhận"
    key = f"{obligation.id}:decided above"
    notify(actor=actor, to_post_id=officer.id, what=what[:200], subject=obligation.subject, now=now, key=key)
