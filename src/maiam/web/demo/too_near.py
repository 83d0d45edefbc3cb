"""A matter too near to the chairwoman: the accused is her brother, so that her deputy has it and she sees nothing."""

from datetime import datetime, timedelta
from uuid import UUID

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts import services as seats
from maiam.contexts.accounts.models import Account
from maiam.contexts.cases import services as cases
from maiam.contexts.cases.rules.incidents import PartyRole
from maiam.contexts.cases.rules.no_contact import RequestChannel
from maiam.contexts.cases.services import Account as Told
from maiam.contexts.cases.services import People, Request
from maiam.contexts.conflicts import services as conflicts
from maiam.contexts.duties import services as duties
from maiam.contexts.families import services as families
from maiam.contexts.families.rules import Sex
from maiam.contexts.families.services import PersonFacts
from maiam.contexts.places.models import Unit
from maiam.contexts.reports import services as reports
from maiam.contexts.reports.rules.draft import ReportDraft
from maiam.core.law.no_contact import Requester
from maiam.core.text import VIETNAM, PartialDate
from maiam.platform.access import Actor, Role, acting
from maiam.web.demo.offices import seated

SISTER, BROTHER, WIFE = "H'Hoa Niê", "Y Khoa Niê", "H'Bliăk Êban"
DEPUTY, DEPUTY_NAME = "phochutich", "K'Brơi Cil"
CONSENT = "Bản cam kết của cán bộ xã ngày 03/11/2025"
STORY = "Chồng say, đập cửa, đánh chị ngay sân nhà; em gái anh là lãnh đạo xã nên chị ngại báo."


def happen(house: Actor, commune: Unit, now: datetime) -> None:
    """Seat the deputy, tell who the chairwoman is, and let the matter come."""
    _seat_deputy(house, commune, now - timedelta(days=300))
    sister, brother, wife = (
        _person(commune, name, sex, born, now - timedelta(days=200))
        for name, sex, born in ((SISTER, Sex.FEMALE, 1979), (BROTHER, Sex.MALE, 1984), (WIFE, Sex.FEMALE, 1987))
    )
    officer = seated(Role.CULTURE_OFFICER, commune, now)
    with acting(officer):
        families.record_kinship(actor=officer, person_id=brother, relative_id=sister, relation="sibling", now=now)
    with acting(house):
        hoa = Account.objects.get(username="hoa")
        conflicts.record_official(actor=house, account_id=hoa.id, person_id=sister, consent=CONSENT, now=now)
    _matter(officer, commune, brother, wife, now - timedelta(hours=2))
    duties.hand_on_from_conflicted(actor=house, now=now)


def _seat_deputy(house: Actor, commune: Unit, at: datetime) -> None:
    chair = accounts.post_for(Role.COMMUNE_CHAIRMAN, commune_id=commune.id)
    if chair is None:
        raise LookupError(f"{commune} has no chairman")
    post = seats.create_post(
        actor=house,
        organisation=chair.organisation,
        role=Role.COMMUNE_CHAIRMAN,
        title="Phó Chủ tịch UBND xã",
        now=at,
        province_id=chair.province_id,
        commune_id=commune.id,
    )
    account = seats.create_account(actor=house, username=DEPUTY, full_name=DEPUTY_NAME, now=at)
    seats.give_post(actor=house, account=account, post=post, starts_at=at, now=at)


def _person(commune: Unit, name: str, sex: Sex, born: int, at: datetime) -> UUID:
    officer = seated(Role.CULTURE_OFFICER, commune, at)
    facts = PersonFacts(full_name=name, commune_id=commune.id, village_id=None, sex=sex, birth=PartialDate(born))
    with acting(officer):
        return families.register_person(actor=officer, facts=facts, now=at).id


def _matter(officer: Actor, commune: Unit, brother: UUID, wife: UUID, at: datetime) -> None:
    draft = ReportDraft(
        channel="in_person",
        receiving_address="commune_pc",
        entry_key="too near",
        story=STORY,
        commune_id=commune.id,
    )
    day = at.astimezone(VIETNAM)
    told = Told(occurred_on=PartialDate(day.year, day.month, day.day), occurred_time=None, acts=("ACT_A",), story=STORY)
    people = People(
        roles={wife: PartyRole.VICTIM, brother: PartyRole.AGGRESSOR}, relations={(brother, wife): "husband"}
    )
    request = Request(
        perpetrator_id=brother,
        requester=Requester.VICTIM,
        requester_name=WIFE,
        channel=RequestChannel.IN_PERSON,
        asked_at=at,
        told="Xin cho tôi ở yên với con mấy hôm.",
    )
    with acting(officer):
        report_id = reports.file_report(actor=officer, draft=draft, now=at).report_id
        opened = cases.open_from_report(
            actor=officer, report_id=report_id, account=told, people=people, reason="Sự việc mới.", now=at
        )
        cases.request_no_contact(actor=officer, case_id=opened.case_ids[0], request=request, now=at)
