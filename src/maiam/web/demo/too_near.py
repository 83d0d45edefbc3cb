"""Matters too near to a chairman: one her deputy has, and in the next commune, without a deputy, one that went up."""

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
from maiam.contexts.conflicts.rules import Why
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
FRIEND, FRIENDS_WIFE = "K'Tiến Mạ", "Ka Hiền Mạ"
CONSENT = "Bản cam kết của cán bộ xã ngày 03/11/2025"
STORY = "Chồng say, đập cửa, đánh chị ngay sân nhà; nhà anh quen biết lãnh đạo xã nên chị ngại báo."


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
    _matter(officer, commune, brother, wife, asker=WIFE, at=now - timedelta(hours=2))
    duties.hand_on_from_conflicted(actor=house, now=now)


def go_up(house: Actor, commune: Unit, now: datetime) -> None:
    """Let a chairman without a deputy say that he is too near to a matter: the province has it."""
    officer, chairman = (seated(role, commune, now) for role in (Role.CULTURE_OFFICER, Role.COMMUNE_CHAIRMAN))
    friend, wife = (
        _person(commune, name, sex, born, now - timedelta(days=200))
        for name, sex, born in ((FRIEND, Sex.MALE, 1981), (FRIENDS_WIFE, Sex.FEMALE, 1985))
    )
    case_id = _matter(officer, commune, friend, wife, asker=FRIENDS_WIFE, at=now - timedelta(hours=1))
    with acting(chairman):
        conflicts.declare_conflict(
            actor=chairman, why=Why.FRIEND, words="Bạn thân từ nhỏ, hai nhà kế nhau.", now=now, record_id=case_id
        )
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


def _matter(officer: Actor, commune: Unit, brother: UUID, wife: UUID, *, asker: str, at: datetime) -> UUID:
    draft = ReportDraft(
        channel="in_person",
        receiving_address="commune_pc",
        entry_key=f"too near in {commune.id}",
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
        requester_name=asker,
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
    return opened.case_ids[0]
