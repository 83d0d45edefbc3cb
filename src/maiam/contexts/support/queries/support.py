"""Everything done for one protected person, on one page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.duties import queries as clocks
from maiam.contexts.duties.queries import Clock
from maiam.contexts.support.models import Consent, Contact, Referral, SafetyPlan, UnmetNeed
from maiam.contexts.support.queries.referrals import ReferralLine, line
from maiam.contexts.support.rules.contacts import HOW_LABELS, REACHED_LABELS, SAFE_LABELS, How, Reached, Safe
from maiam.contexts.support.rules.needs import NEED_LABELS, Need
from maiam.contexts.support.rules.referrals import is_live
from maiam.core.law.follow_ups import FOLLOW_UPS
from maiam.platform import audit
from maiam.platform.access import Actor


@dataclass(frozen=True)
class ContactLine:
    tried_at: datetime
    how_label: str
    reached_label: str
    safe_label: str
    is_worrying: bool
    words: str
    by_name: str
    spoke_with: str


@dataclass(frozen=True)
class ConsentLine:
    id: UUID
    recipient: str
    need: Need
    need_label: str
    facts: str
    evidence: str
    given_by: str
    given_at: datetime
    until: datetime | None
    withdrawn_at: datetime | None
    is_live: bool


@dataclass(frozen=True)
class UnmetLine:
    need_label: str
    reason: str
    recorded_at: datetime


@dataclass(frozen=True)
class SupportPage:
    """One person's support: what is owed, what was tried, what she plans, agreed to and was given."""

    case: Case
    follow_ups: list[Clock]
    contacts: list[ContactLine]
    plan: SafetyPlan | None
    consents: list[ConsentLine]
    referrals: list[ReferralLine]
    unmet: list[UnmetLine]

    @property
    def live_consents(self) -> list[ConsentLine]:
        return [consent for consent in self.consents if consent.is_live]

    @property
    def heard_alone_at(self) -> datetime | None:
        """When she last could speak in private."""
        alone = REACHED_LABELS[Reached.ALONE]
        return next((contact.tried_at for contact in self.contacts if contact.reached_label == alone), None)


def support_page(actor: Actor, case_id: UUID, now: datetime) -> SupportPage:
    """Open the support of one case. Raises `NotFoundError`."""
    case = cases.case_summary(actor, case_id)
    audit.record_read(actor, "support.plan.read", case, at=now)
    owed = clocks.obligations_of(actor, case.subject)
    contacts = Contact.objects.visible_to(actor).filter(case=case).order_by("-tried_at", "-id")
    consents = Consent.objects.visible_to(actor).filter(case=case).order_by("-given_at", "-id")
    referrals = Referral.objects.visible_to(actor).filter(case=case).order_by("-sent_at", "-id")
    unmet = UnmetNeed.objects.visible_to(actor).filter(case=case).order_by("-recorded_at", "-id")
    return SupportPage(
        case=case,
        follow_ups=[clock for clock in owed if clock.limit.code in FOLLOW_UPS],
        contacts=[_contact(row) for row in contacts],
        plan=SafetyPlan.objects.visible_to(actor).filter(case=case).order_by("-version").first(),
        consents=[_consent(row, now) for row in consents],
        referrals=[line(row) for row in referrals],
        unmet=[UnmetLine(NEED_LABELS[Need(row.need)], row.reason, row.recorded_at) for row in unmet],
    )


def contacts_since_opening(actor: Actor, case_id: UUID) -> tuple[int, int]:
    """How often the person was heard alone since the case was last opened, and how often it was tried."""
    case = cases.case_summary(actor, case_id)
    rows = Contact.objects.visible_to(actor).filter(case=case, tried_at__gte=cases.opened_last_at(actor, case))
    return rows.filter(reached=Reached.ALONE).count(), rows.count()


def _contact(row: Contact) -> ContactLine:
    return ContactLine(
        tried_at=row.tried_at,
        how_label=HOW_LABELS[How(row.how)],
        reached_label=REACHED_LABELS[Reached(row.reached)],
        safe_label=SAFE_LABELS[Safe(row.is_safe)],
        is_worrying=row.is_safe == Safe.NO or row.reached != Reached.ALONE,
        words=row.words,
        by_name=row.by_name,
        spoke_with=row.spoke_with,
    )


def _consent(row: Consent, now: datetime) -> ConsentLine:
    return ConsentLine(
        id=row.id,
        recipient=row.recipient,
        need=Need(row.need),
        need_label=NEED_LABELS[Need(row.need)],
        facts=row.facts,
        evidence=row.evidence,
        given_by=row.given_by,
        given_at=row.given_at,
        until=row.until,
        withdrawn_at=row.withdrawn_at,
        is_live=is_live(until=row.until, withdrawn_at=row.withdrawn_at, now=now),
    )


def consents_in_force(actor: Actor, person_ids: Iterable[UUID], now: datetime) -> list[UUID]:
    """The consents these people gave that still hold, in every case within reach."""
    given = Consent.objects.visible_to(actor).filter(case__person_id__in=person_ids, withdrawn_at__isnull=True)
    return [row.id for row in given.order_by("given_at", "id") if _consent(row, now).is_live]
