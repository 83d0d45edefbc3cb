"""Bon Bu Đăk in a round: two homes of the register, a published questionnaire, a round that runs."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from openpyxl import Workbook

from maiam.contexts.families import services as families
from maiam.contexts.families.models import Household
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.families.services import NewHousehold, NewMember, PersonFacts
from maiam.contexts.surveys import services
from maiam.contexts.surveys.models import Assignment, QuestionnaireVersion, Round
from maiam.contexts.surveys.rules.rounds import RoundKind, SheetKind
from maiam.contexts.surveys.services import Receipt, Sent
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, acting
from maiam.platform.ids import new_id

HOUSEHOLD_ANSWERS = {
    "loai_ho": "me_con",
    "dien_ngheo": "can_ngheo",
    "nha_o": "ban_kien_co",
    "nuoc_sach": "co",
    "so_nguoi_di_lam_xa": 0,
    "danh_hieu": "co",
    "ung_xu": "khong",
}
GROWN = {"hoc_van": "trung_hoc_co_so", "viec_lam": "nong_nghiep", "khuyet_tat": "khong"}
CHILD = {"hoc_van": "tieu_hoc", "dang_di_hoc": "co", "viec_lam": "di_hoc", "khuyet_tat": "khong"}


def workbook(survey: list[list[Any]], choices: list[list[Any]] = (), settings: list[list[Any]] | None = None) -> bytes:
    """An XLSForm as somebody would save it from Excel; each sheet begins with its headings."""
    book = Workbook()
    book.active.title = "survey"
    sheets = {"survey": survey, "choices": choices, "settings": settings or SETTINGS}
    for name, rows in sheets.items():
        page = book[name] if name in book.sheetnames else book.create_sheet(name)
        for row in rows:
            page.append(row)
    packed = BytesIO()
    book.save(packed)
    return packed.getvalue()


SETTINGS = [["form_id", "form_title"], ["nuoc_va_rac", "Nước và rác"]]


@pytest.fixture
def version(mai, now) -> QuestionnaireVersion:
    with acting(mai):
        return services.publish_situation(actor=mai, now=now)


def _member(name: str, born: int, role: MemberRole, village) -> NewMember:
    facts = PersonFacts(
        full_name=name,
        commune_id=village.commune_id,
        village_id=village.id,
        sex=Sex.FEMALE,
        birth=PartialDate(born),
    )
    return NewMember(facts=facts, role=role, starts_on=date(2020, 3, 1))


@pytest.fixture
def homes(lan, commune, village, now) -> list[Household]:
    """H'Lan Niê with her daughter of fourteen; H'Bia Niê with hers."""
    for code, names in (("BD-001", ("H'Lan Niê", "H'Mai Niê")), ("BD-002", ("H'Bia Niê", "H'Lê Niê"))):
        members = [
            _member(names[0], 1984, MemberRole.HEAD, village),
            _member(names[1], 2012, MemberRole.CHILD, village),
        ]
        page = NewHousehold(commune_id=commune.id, village_id=village.id, code=code, members=members)
        with acting(lan):
            families.register_whole_household(actor=lan, page=page, now=now)
    return list(Household.objects.filter(commune=commune).order_by("code"))


@pytest.fixture
def prepare(lan, commune, version, now) -> Callable[..., Round]:
    def prepare_round(kind: RoundKind = RoundKind.EVERY, *, at: datetime = now, title: str = "Đợt tháng 11") -> Round:
        with acting(lan):
            return services.prepare_round(
                actor=lan,
                commune_id=commune.id,
                title=title,
                kind=kind,
                version_id=version.id,
                limit="SURVEY_COLLECT_WEEK",
                now=at,
            )

    return prepare_round


@pytest.fixture
def start(prepare, lan, village_head, homes, now) -> Callable[..., Round]:
    """A round that runs; Bon Bu Đăk is the village head's."""

    def start_round(kind: RoundKind = RoundKind.EVERY, *, at: datetime = now) -> Round:
        row = prepare(kind, at=at)
        with acting(lan):
            return services.start_round(actor=lan, round_id=row.id, now=at)

    return start_round


@pytest.fixture
def running(start) -> Round:
    return start()


@pytest.fixture
def assignment(running, village) -> Assignment:
    return Assignment.objects.get(round=running, village=village)


@pytest.fixture
def full_answers() -> Callable[[Household], dict[str, Any]]:
    """Answers to every question of a home."""

    def answers(household: Household, **changed: Any) -> dict[str, Any]:
        by_role = {stay.role: str(stay.person_id) for stay in household.memberships.all()}
        members = {by_role["head"]: dict(GROWN), by_role["child"]: dict(CHILD)}
        return {"household": HOUSEHOLD_ANSWERS | changed, "members": members}

    return answers


@pytest.fixture
def send(running, village_head, homes, full_answers, now) -> Callable[..., Receipt]:
    """The village head sends the sheet of a home; by default the first, whole, for the first time."""

    def send_sheet(
        household: Household = homes[0],
        *,
        by: Actor = village_head,
        answers: Mapping[str, Any] | None = None,
        client_id: UUID | None = None,
        base: int = 0,
        kind: SheetKind = SheetKind.ANSWERED,
        at: datetime = now,
        to: Round = running,
        **more: Any,
    ) -> Receipt:
        told = full_answers(household) if answers is None and kind is SheetKind.ANSWERED else answers or {}
        sent = Sent(
            round_id=to.id,
            household_id=household.id,
            client_id=client_id or new_id(),
            base=base,
            kind=kind,
            answers=told,
            collected_at=at,
            **more,
        )
        with acting(by):
            return services.submit_sheet(actor=by, sent=sent, now=at)

    return send_sheet


@pytest.fixture
def hand_in(village_head, assignment, now) -> Callable[..., Assignment]:
    def hand_in_village(*, affirms_nil: bool = False, of: Assignment = assignment) -> Assignment:
        by = village_head
        with acting(by):
            return services.hand_in(actor=by, assignment_id=of.id, affirms_nil=affirms_nil, now=now)

    return hand_in_village
