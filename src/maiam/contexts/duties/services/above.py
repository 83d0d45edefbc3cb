"""Write down what a competent authority decided of a duty that nobody free of conflict in the commune could carry."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.duties import events, rules
from maiam.contexts.duties.models import DecisionAbove, Obligation
from maiam.contexts.duties.services.hand import Hand
from maiam.contexts.duties.services.telling import notify
from maiam.core.text import VIETNAM, write_date
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


@dataclass(frozen=True, kw_only=True)
class DecidedAbove:
    """Which post signed what, under which number, on which day."""

    authority: str
    number: str
    decided_on: date


@transaction.atomic
def record_decision_above(*, actor: Actor, obligation_id: UUID, decided: DecidedAbove, now: datetime) -> DecisionAbove:
    """Write down what a competent authority decided of a duty that went up; the commune's free officer hears of it.

    Raises `AlreadyClosedError`, `NotAboveError`, `DecidedOutOfTimeError`; `NotFoundError`.
    """
    actor.require(Permission.CARRY_DUTIES)
    hand = Hand(actor, now)
    obligation = hand.holds(obligation_id)
    if obligation.owner_post_id != actor.post_id or not rules.is_above(obligation.owner_post.commune_id):
        raise NotAboveError
    first, last = (moment.astimezone(VIETNAM).date() for moment in (obligation.started_at, now))
    if not first <= decided.decided_on <= last:
        raise DecidedOutOfTimeError
    row = DecisionAbove(
        obligation=obligation,
        authority=decided.authority,
        number=decided.number,
        decided_on=decided.decided_on,
        recorded_at=now,
        by_post_id=actor.post_id,
        by_name=actor.name,
    )
    row.save(force_insert=True)
    state = rules.state_when_met(late_after=obligation.late_after, met_at=now)
    hand.closes(obligation, state, at=now, proof=f"duties.decision_above {row.id}")
    words = f"{decided.authority}, số {decided.number}, ngày {write_date(decided.decided_on)}"
    events.end_as_decided_above(actor, obligation.subject, words, now)
    _tell_commune(actor, obligation, decided, now)
    audit.record(actor, "duties.decision_above.recorded", obligation, at=now)
    return row


def _tell_commune(actor: Actor, obligation: Obligation, decided: DecidedAbove, now: datetime) -> None:
    officer = accounts.post_for(Role.CULTURE_OFFICER, commune_id=obligation.commune_id)
    if officer is None:
        return
    what = f"Cấp có thẩm quyền đã quyết định, số {decided.number}: {obligation.what}. Nhận văn bản, ghi vào hồ sơ"
    key = f"{obligation.id}:decided above"
    notify(actor=actor, to_post_id=officer.id, what=what[:200], subject=obligation.subject, now=now, key=key)
