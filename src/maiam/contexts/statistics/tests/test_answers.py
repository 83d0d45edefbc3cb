"""What families told in rounds of collection, as tables: of the last ended round, small numbers hidden."""

from datetime import datetime, timedelta

import pytest

from maiam.contexts.families.models import Household, HouseholdMembership
from maiam.contexts.statistics.rules import NOT_ASKED, definitions
from maiam.contexts.statistics.tests.conftest import ALONE, COUPLE, figure
from maiam.contexts.surveys import services as surveys
from maiam.contexts.surveys.rules.rounds import RoundKind, SheetKind
from maiam.contexts.surveys.rules.xlsform import situation
from maiam.platform.access import acting
from maiam.platform.ids import new_id

pytestmark = pytest.mark.django_db
HOME = {
    "loai_ho": "khac",
    "dien_ngheo": "khong",
    "nha_o": "kien_co",
    "nuoc_sach": "co",
    "so_nguoi_di_lam_xa": 0,
    "danh_hieu": "co",
    "ung_xu": "khong",
}
GROWN = {"hoc_van": "tieu_hoc", "viec_lam": "nong_nghiep", "khuyet_tat": "khong"}
ASKED = [one for one in definitions().values() if one.is_of_answers]


@pytest.fixture
def asks(lan, mai, commune, now):
    """A round that ended: each household of the commune answers, one after the other, as told."""

    def ask(*told: dict[str, object], at: datetime = now - timedelta(days=60)) -> None:
        with acting(mai):
            version = surveys.publish_situation(actor=mai, now=at)
        with acting(lan):
            row = surveys.prepare_round(
                actor=lan,
                commune_id=commune.id,
                title="Đợt 1",
                kind=RoundKind.EVERY,
                version_id=version.id,
                limit="SURVEY_COLLECT_WEEK",
                now=at,
            )
            surveys.start_round(actor=lan, round_id=row.id, now=at)
            for home, answers in zip(Household.objects.filter(commune=commune).order_by("id"), told, strict=True):
                surveys.submit_sheet(actor=lan, sent=_sent(row.id, home, answers, at), now=at)
            surveys.close_round(actor=lan, round_id=row.id, why="Hết hạn", now=at + timedelta(days=5))

    return ask


def _sent(round_id, home, answers, at) -> surveys.Sent:
    people = HouseholdMembership.objects.filter(household=home).values_list("person_id", flat=True)
    given = {"household": HOME | answers, "members": {str(person): GROWN for person in people}}
    reason = "Gia đình cho biết đúng như vậy"
    return surveys.Sent(
        round_id=round_id,
        household_id=home.id,
        client_id=new_id(),
        base=0,
        kind=SheetKind.ANSWERED,
        answers=given,
        reasons={"loai_ho": reason, "nha_o": reason, "so_nguoi_di_lam_xa": reason},
        collected_at=at,
    )


def test_the_tables_of_answers_have_a_row_for_every_choice_of_their_question():
    questions = situation().questions
    for definition in ASKED:
        question = questions[definition.fact]
        codes = [row.code for row in definition.rows]
        assert codes[-1] == NOT_ASKED
        if question.choices:
            assert codes[:-1] == [choice.name for choice in question.choices], definition.code


def test_what_households_told_is_counted_by_commune_and_village(writes, asks, reads, mai, commune, village):
    writes(commune, 16, *COUPLE, village=village)
    asks(*[{"dien_ngheo": "ngheo"}] * 7, *[{}] * 9)

    poverty, work = reads(mai, "poverty"), reads(mai, "work", unit_id=commune.id)

    assert [figure(poverty, code, commune.name) for code in ("total", "ngheo", "khong")] == [16, 7, 9]
    assert figure(poverty, "ngheo") == 7
    assert figure(work, "nong_nghiep", "Bon Bu Đăk") == 32


def test_few_poor_households_are_hidden_with_what_would_give_them_away(writes, asks, reads, mai, commune):
    writes(commune, 16, *COUPLE)
    asks(*[{"dien_ngheo": "ngheo"}] * 2, *[{}] * 14)

    table = reads(mai, "poverty")

    assert figure(table, "ngheo", commune.name) is None
    assert figure(table, "total", commune.name) is None or figure(table, "khong", commune.name) is None


def test_a_round_that_had_not_ended_by_the_day_is_not_counted(writes, asks, reads, mai, commune, now):
    writes(commune, 8, *COUPLE)
    asks(*[{}] * 8, at=now - timedelta(days=26))

    assert figure(reads(mai, "housing"), "total") == 0


def test_who_has_more_people_away_falls_into_the_last_band(writes, asks, reads, mai, commune):
    writes(commune, 12, *ALONE)
    asks(*[{"so_nguoi_di_lam_xa": 4}] * 6, *[{}] * 6)

    table = reads(mai, "away_for_work")

    assert [figure(table, code) for code in ("0", "1", "3", NOT_ASKED)] == [6, 0, 6, 0]


def test_every_person_asked_is_in_one_row_of_each_table(writes, asks, reads, mai, commune):
    writes(commune, 9, *COUPLE)
    asks(*[{}] * 9)

    for definition in ASKED:
        table = reads(mai, definition.code)
        total = 9 if "households" in definition.subject else 18
        assert figure(table, "total") == sum(table.whole.figures[1:]) == total
