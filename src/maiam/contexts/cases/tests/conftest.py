"""One home in Đắk Mil: H'Lan Niê, her husband Y Blô Êban, their daughter; what was reported, opened and asked for."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from maiam.contexts.cases import services
from maiam.contexts.cases.models import Case, NoContact
from maiam.contexts.cases.rules.incidents import PartyRole
from maiam.contexts.cases.rules.no_contact import RequestChannel
from maiam.contexts.cases.services import Account, CancellationRequest, Opened, Order, People, Request
from maiam.contexts.families import services as families
from maiam.contexts.families.rules import Sex
from maiam.contexts.families.services import PersonFacts
from maiam.contexts.reports import services as reports
from maiam.contexts.reports.rules.draft import ReportDraft
from maiam.core.law.no_contact import CancelGround, Requester
from maiam.core.text import PartialDate
from maiam.platform.access import acting

STORY = "Chị kể tối qua anh đánh chị bằng gậy, con gái đứng nhìn."
RESIDENCE = "Bon Bu Đăk, Xã Đắk Mil, Lâm Đồng"


@pytest.fixture
def desk(lan, chairwoman, police_chief) -> None:
    """The posts that answer for the commune are filled."""


@pytest.fixture
def someone(lan, commune, village, now) -> Callable[..., UUID]:
    """Add a person to the register."""

    def add(name: str, *, born: int | None, sex: Sex = Sex.FEMALE) -> UUID:
        facts = PersonFacts(
            full_name=name,
            commune_id=commune.id,
            village_id=village.id,
            sex=sex,
            birth=PartialDate(born) if born else None,
        )
        with acting(lan):
            return families.register_person(actor=lan, facts=facts, now=now).id

    return add


@pytest.fixture
def wife(someone) -> UUID:
    return someone("H'Lan Niê", born=1990)


@pytest.fixture
def husband(someone) -> UUID:
    return someone("Y Blô Êban", born=1986, sex=Sex.MALE)


@pytest.fixture
def daughter(someone) -> UUID:
    return someone("H'Bơ̆ng Êban", born=2017)


@pytest.fixture
def reported(desk, village_head, commune, village, now) -> Callable[..., UUID]:
    """Somebody tells the village head; the report reaches the commune."""

    def report(key: str = "sổ tay trưởng bon, trang 12", *, hours_ago: float = 1) -> UUID:
        told_at = now - timedelta(hours=hours_ago)
        draft = ReportDraft(
            channel="in_person",
            receiving_address="village_head",
            entry_key=key,
            story=STORY,
            commune_id=commune.id,
            village_id=village.id,
            place_as_given="sau trường học",
        )
        with acting(village_head):
            return reports.file_report(actor=village_head, draft=draft, now=told_at).report_id

    return report


@pytest.fixture
def account(village) -> Account:
    return Account(
        occurred_on=PartialDate(2026, 11, 22),
        occurred_time=None,
        acts=("ACT_A", "ACT_C"),
        story=STORY,
        place="tại nhà",
        village_id=village.id,
    )


@pytest.fixture
def people(wife, husband, daughter) -> People:
    return People(
        roles={wife: PartyRole.VICTIM, husband: PartyRole.AGGRESSOR, daughter: PartyRole.EXPOSED_CHILD},
        relations={(husband, wife): "husband", (husband, daughter): "birth_parent"},
    )


@pytest.fixture
def opened(lan, reported, account, people, now) -> Opened:
    """Lan opened the incident from the report, and with it a case for the wife and one for the daughter."""
    with acting(lan):
        return services.open_from_report(
            actor=lan, report_id=reported(), account=account, people=people, reason="Chưa có sự việc này.", now=now
        )


@pytest.fixture
def case(opened, wife) -> Case:
    """The wife's case."""
    return Case.objects.get(person_id=wife)


@pytest.fixture
def request_(husband, now) -> Callable[..., Request]:
    """What somebody asks for, by default the wife herself, in person, now."""

    def ask(**changes: object) -> Request:
        told = {
            "perpetrator_id": husband,
            "requester": Requester.VICTIM,
            "requester_name": "H'Lan Niê",
            "channel": RequestChannel.IN_PERSON,
            "asked_at": now,
            "told": "Anh ấy dọa sẽ quay lại.",
            "perpetrator_residence": RESIDENCE,
        }
        return Request(**(told | changes))

    return ask


@pytest.fixture
def requested(lan, case, request_, now) -> NoContact:
    """The wife asked for a no-contact order just now."""
    with acting(lan):
        return services.request_no_contact(actor=lan, case_id=case.id, request=request_(), now=now)


@pytest.fixture
def order(now) -> Callable[..., Order]:
    """What a chairman decides, by default for three days from now."""

    def decide(**length: float) -> Order:
        return Order(now + timedelta(**(length or {"days": 3})), "Đã đánh và dọa đánh tiếp", RESIDENCE)

    return decide


@pytest.fixture
def ordered(chairwoman, requested, order, now) -> NoContact:
    """The chairwoman signed an order for three days."""
    with acting(chairwoman):
        return services.decide_no_contact(actor=chairwoman, measure_id=requested.id, order=order(), now=now)


@pytest.fixture
def cancel_request(now) -> Callable[..., CancellationRequest]:
    """What somebody writes on Form 10, by default the wife, now."""

    def ask(**changes: object) -> CancellationRequest:
        told = {
            "ground": CancelGround.REQUESTER_ASKS,
            "requester": Requester.VICTIM,
            "requester_name": "H'Lan Niê",
            "asked_at": now,
            "told": "Anh ấy đã đi làm xa.",
        }
        return CancellationRequest(**(told | changes))

    return ask
