"""A person's yes to one recipient for one purpose; and her taking it back, which every holder is told."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.duties import services as duties
from maiam.contexts.support.models import Consent, Referral
from maiam.contexts.support.rules.contacts import SpokenFor
from maiam.contexts.support.rules.needs import Need
from maiam.contexts.support.rules.referrals import OPEN, State
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError

TELL_HOLDER = "CONSENT_TELL"


class GivenInFutureError(DomainError):
    code = "support.consent_in_future"
    message = "Giờ này chưa tới."
    field = "given_at"


class GivenByPerpetratorError(DomainError):
    code = "support.consent_by_perpetrator"
    message = "Người gây ra bạo lực không được đồng ý thay. Hỏi chính người ấy, hoặc người khác thay mặt."
    field = "given_by"


class AlreadyWithdrawnError(DomainError):
    code = "support.consent_withdrawn"
    message = "Sự đồng ý này đã được rút lại."


@dataclass(frozen=True, kw_only=True)
class ConsentGiven:
    """To whom, for what, which facts, until when, and how the yes can be shown."""

    recipient: str
    need: Need
    facts: str
    evidence: str
    given_at: datetime
    until: datetime | None = None
    to_post_id: int | None = None
    by: SpokenFor = field(default_factory=SpokenFor)


@transaction.atomic
def give_consent(*, actor: Actor, case_id: UUID, given: ConsentGiven, now: datetime) -> Consent:
    """Record a consent.

    Raises `GivenInFutureError`, `GivenByPerpetratorError`; `NotFoundError`.
    """
    actor.require(Permission.PLAN_SUPPORT)
    case = Case.objects.find(actor, case_id)
    if given.given_at > now:
        raise GivenInFutureError
    if cases.is_perpetrator_named(actor, case, given.by.name, person_id=given.by.person_id):
        raise GivenByPerpetratorError
    row = Consent(
        case=case,
        commune_id=case.commune_id,
        recipient=given.recipient,
        to_post_id=given.to_post_id,
        need=given.need,
        facts=given.facts,
        evidence=given.evidence,
        given_by=given.by.name,
        given_at=given.given_at,
        until=given.until,
        recorded_at=now,
        recorded_by_name=actor.name,
    )
    row.save(force_insert=True)
    audit.record(actor, "support.consent.given", row, at=now)
    return row


@transaction.atomic
def withdraw_consent(*, actor: Actor, consent_id: UUID, now: datetime) -> Consent:
    """Take a consent back: open referrals under it end, and each holder is told.

    Raises `AlreadyWithdrawnError`; `NotFoundError`.
    """
    actor.require(Permission.PLAN_SUPPORT)
    row = Consent.objects.select_for_update(of=("self",)).find(actor, consent_id)
    if row.withdrawn_at is not None:
        raise AlreadyWithdrawnError
    row.withdrawn_at = now
    row.save(update_fields=["withdrawn_at"])
    for referral in Referral.objects.select_for_update(of=("self",)).filter(consent=row):
        _end(actor, referral, now)
    audit.record(actor, "support.consent.withdrawn", row, at=now)
    return row


def _end(actor: Actor, referral: Referral, now: datetime) -> None:
    """Who holds her facts is told by the house; outside it, by a person, by a clock."""
    if referral.state in OPEN:
        referral.state, referral.ended_at = State.REVOKED, now
        referral.save(update_fields=["state", "ended_at"])
        for rule in ("REFERRAL_URGENT", "REFERRAL_ANSWER"):
            duties.lapse_obligation(
                actor=actor, rule=rule, subject=referral.subject, at=now, now=now, proof="support.consent.withdrawn"
            )
    if referral.to_post_id:
        what = "Người được giúp rút lại sự đồng ý: dừng dùng và xóa thông tin đã nhận"
        key = f"consent withdrawn:{referral.id}"
        duties.notify(
            actor=actor, to_post_id=referral.to_post_id, what=what, subject=referral.subject, now=now, key=key
        )
        return
    duties.start_obligation(
        actor=actor,
        rule=TELL_HOLDER,
        subject=referral.subject,
        commune_id=referral.commune_id,
        owner_post_id=referral.sent_by_post_id,
        what=f"Báo {referral.recipient}: người được giúp rút lại sự đồng ý"[:200],
        started_at=now,
        now=now,
    )
