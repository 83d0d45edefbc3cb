"""The case of H'Lan Niê, a health station that helps, and her yes."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from maiam.contexts.cases.models import Case
from maiam.contexts.cases.tests.conftest import *  # noqa: F403 - the same home, the same story
from maiam.contexts.support import services
from maiam.contexts.support.models import Consent, Contact, Referral
from maiam.contexts.support.rules.contacts import How, Reached, Safe
from maiam.contexts.support.rules.needs import Need
from maiam.contexts.support.rules.referrals import Ground
from maiam.contexts.support.services import ConsentGiven, ContactMade, ReferralSent
from maiam.platform.access import Actor, Role, acting


@pytest.fixture
def nurse(seat, commune) -> Actor:
    return seat(Role.HEALTH_STATION, "Trần Thị Mơ", commune=commune)


@pytest.fixture
def reach(lan, case: Case, now) -> Callable[..., Contact]:
    def tried(after: timedelta, reached: Reached = Reached.ALONE) -> Contact:
        contact = ContactMade(
            tried_at=now + after, how=How.VISIT, reached=reached, is_safe=Safe.YES, words="Chị đỡ sợ."
        )
        with acting(lan):
            return services.record_contact(actor=lan, case_id=case.id, contact=contact, now=now + after)

    return tried


@pytest.fixture
def consent(lan, case: Case, nurse, now) -> Consent:
    given = ConsentGiven(
        recipient="Trạm y tế",
        to_post_id=nurse.post_id,
        need=Need.MEDICAL,
        facts="Tên, cần khám vết thương",
        evidence="Nói trực tiếp",
        given_at=now,
        until=now + timedelta(days=30),
    )
    with acting(lan):
        return services.give_consent(actor=lan, case_id=case.id, given=given, now=now)


@pytest.fixture
def send(lan, case: Case, nurse, consent, now) -> Callable[..., Referral]:
    def sent(**changes: object) -> Referral:
        asked = {
            "need": Need.MEDICAL,
            "recipient": "Trạm y tế",
            "to_post_id": nurse.post_id,
            "told": "Chị H'Lan cần khám vết thương ở tay.",
            "ground": Ground.CONSENT,
            "consent_id": consent.id,
        }
        at = changes.pop("at", now)
        with acting(lan):
            return services.send_referral(actor=lan, case_id=case.id, sent=ReferralSent(**asked | changes), now=at)

    return sent


@pytest.fixture
def case_id(case: Case) -> UUID:
    return case.id
