"""A referral goes out on a live consent or a ground of law, and never just fades: it ends, or the duty comes back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases.models import Case
from maiam.contexts.duties import queries as clocks
from maiam.contexts.duties import services as duties
from maiam.contexts.support.models import Consent, Referral, UnmetNeed
from maiam.contexts.support.rules import referrals as rules
from maiam.contexts.support.rules.needs import NEED_LABELS, Need
from maiam.contexts.support.rules.referrals import FAILED, OPEN, STATE_LABELS, WITH_WORDS, Ground, State
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError

URGENT, NORMAL, REPLACE = "REFERRAL_URGENT", "REFERRAL_ANSWER", "REFERRAL_REPLACE"
LAPSED_AT_ONCE = 200


class ConsentNotLiveError(DomainError):
    code = "support.consent_not_live"
    message = "Chưa có sự đồng ý còn hiệu lực cho nơi nhận và việc này. Hãy hỏi người ấy trước."
    field = "consent_id"


class NotNextError(DomainError):
    code = "support.referral_not_next"
    message = "Đề nghị này đã sang bước khác. Hãy tải lại trang."
    field = "to"


class WordsMissingError(DomainError):
    code = "support.referral_words_missing"
    message = "Hãy ghi một câu: vì sao, hoặc đã giúp được gì."
    field = "words"


@dataclass(frozen=True, kw_only=True)
class ReferralSent:
    """What is asked of whom, on what ground, and all they are told."""

    need: Need
    recipient: str
    told: str
    ground: Ground
    consent_id: UUID | None = None
    to_post_id: int | None = None
    is_urgent: bool = False


@transaction.atomic
def send_referral(*, actor: Actor, case_id: UUID, sent: ReferralSent, now: datetime) -> Referral:
    """Ask a helper inside or outside the house for help; their clock begins.

    Raises `ConsentNotLiveError`; `NotFoundError`.
    """
    actor.require(Permission.PLAN_SUPPORT)
    _, post_id = accounts.own_seat(actor)
    case = Case.objects.find(actor, case_id)
    consent = _consent(actor, case, sent, now)
    row = Referral(
        case=case,
        commune_id=case.commune_id,
        need=sent.need,
        recipient=sent.recipient,
        to_post_id=sent.to_post_id,
        ground=sent.ground,
        consent=consent,
        is_urgent=sent.is_urgent,
        sent_at=now,
        sent_by_post_id=post_id,
        sent_by_name=actor.name,
    )
    row.tell(sent.told)
    row.save(force_insert=True)
    what = f"Trả lời đề nghị hỗ trợ: {NEED_LABELS[sent.need].lower()}"
    _start(
        actor,
        row,
        rule=URGENT if sent.is_urgent else NORMAL,
        post_id=sent.to_post_id or post_id,
        what=what,
        now=now,
    )
    # Another referral for the same need is what a failed one asked for.
    _replaced(actor, case, sent.need, now)
    audit.record(actor, "support.referral.sent", row, at=now)
    return row


@transaction.atomic
def move_referral(*, actor: Actor, referral_id: UUID, to: State, words: str, now: datetime) -> Referral:
    """Answer or end a referral: the recipient, or the officer for one outside the house.

    Raises `NotNextError`, `WordsMissingError`; `NotFoundError`.
    """
    row = Referral.objects.select_for_update(of=("self",)).find(actor, referral_id)
    actor.require_one(Permission.ANSWER_REFERRALS, Permission.PLAN_SUPPORT)
    if not rules.may_become(State(row.state), to) or to is State.LAPSED:
        raise NotNextError
    if to in WITH_WORDS and not words.strip():
        raise WordsMissingError
    row.end_with(words)
    _become(actor, row, to, now)
    return row


@transaction.atomic
def lapse_referrals(*, actor: Actor, now: datetime) -> int:
    """End the referrals nobody answered in time; return how many."""
    actor.require(Permission.KEEP_HOUSE)
    waiting = Referral.objects.select_for_update(of=("self",), skip_locked=True).filter(state=State.SENT)
    lapsed = 0
    for row in waiting.order_by("sent_at", "id")[:LAPSED_AT_ONCE]:
        if any(clock.is_running and clock.due_at <= now for clock in clocks.obligations_of(actor, row.subject)):
            _become(actor, row, State.LAPSED, now)
            lapsed += 1
    return lapsed


@transaction.atomic
def record_unmet_need(*, actor: Actor, case_id: UUID, need: Need, reason: str, now: datetime) -> UnmetNeed:
    """Say that nobody could meet a need: it is counted, and the duty to look on ends."""
    actor.require(Permission.PLAN_SUPPORT)
    case = Case.objects.find(actor, case_id)
    row = UnmetNeed(
        case=case,
        commune_id=case.commune_id,
        need=need,
        reason=reason,
        recorded_at=now,
        recorded_by_name=actor.name,
    )
    row.save(force_insert=True)
    _replaced(actor, case, need, now)
    audit.record(actor, "support.need.unmet", row, at=now)
    return row


def _consent(actor: Actor, case: Case, sent: ReferralSent, now: datetime) -> Consent | None:
    """The live consent of this case for this recipient and need; none where a ground of law stands instead."""
    if sent.ground is not Ground.CONSENT:
        return None
    given = Consent.objects.visible_to(actor).filter(case=case, need=sent.need)
    row = given.filter(id=sent.consent_id).first() if sent.consent_id else None
    fits = row and (row.to_post_id or row.recipient) == (sent.to_post_id or sent.recipient)
    if row is None or not fits or not rules.is_live(until=row.until, withdrawn_at=row.withdrawn_at, now=now):
        raise ConsentNotLiveError
    return row


def _become(actor: Actor, row: Referral, to: State, now: datetime) -> None:
    row.state = to
    row.answered_at = row.answered_at or now
    row.ended_at = None if to in OPEN else now
    row.save(update_fields=["state", "answered_at", "ended_at", "words_sealed"])
    for rule in (URGENT, NORMAL):
        duties.meet_obligation(
            actor=actor, rule=rule, subject=row.subject, met_at=now, now=now, proof=f"support.referral.{to}"
        )
    if to in FAILED:
        what = f"{STATE_LABELS[to]}: tìm nơi khác cho việc {NEED_LABELS[Need(row.need)].lower()}"
        _start(actor, row, rule=REPLACE, post_id=row.sent_by_post_id, what=what, now=now)
    if row.sent_by_post_id != actor.post_id:
        what = f"{row.recipient}: {STATE_LABELS[to].lower()}"[:200]
        key = f"referral:{row.id}:{to}"
        duties.notify(actor=actor, to_post_id=row.sent_by_post_id, what=what, subject=row.subject, now=now, key=key)
    audit.record(actor, f"support.referral.{to}", row, at=now)


def _replaced(actor: Actor, case: Case, need: Need, now: datetime) -> None:
    for row in Referral.objects.visible_to(actor).filter(case=case, need=need, state__in=list(FAILED)):
        duties.meet_obligation(
            actor=actor, rule=REPLACE, subject=row.subject, met_at=now, now=now, proof="support.referral.replaced"
        )


def _start(actor: Actor, row: Referral, *, rule: str, post_id: int, what: str, now: datetime) -> None:
    duties.start_obligation(
        actor=actor,
        rule=rule,
        subject=row.subject,
        commune_id=row.commune_id,
        owner_post_id=post_id,
        what=what[:200],
        started_at=now,
        now=now,
    )
