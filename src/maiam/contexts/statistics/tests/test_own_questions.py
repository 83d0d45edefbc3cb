"""What a province asks of its own becomes a table by place: small numbers hidden, parts summing to wholes."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from maiam.contexts.accounts import services as accounts
from maiam.contexts.families.models import Household, HouseholdMembership
from maiam.contexts.places.models import Unit
from maiam.contexts.statistics.models import ClosedTable
from maiam.contexts.statistics.rules import NOT_ASKED
from maiam.contexts.statistics.rules.leaves import chosen
from maiam.contexts.statistics.tests.conftest import COUPLE, figure
from maiam.contexts.statistics.tests.test_answers import GROWN, HOME
from maiam.contexts.surveys import services as surveys
from maiam.contexts.surveys.rules.rounds import RoundKind, SheetKind
from maiam.contexts.surveys.tests.conftest import workbook
from maiam.platform.access import acting
from maiam.platform.ids import new_id

pytestmark = pytest.mark.django_db
ROAD, NEWS, CARD = (f"rieng-doi_song-{name}" for name in ("duong", "tin", "the"))
SURVEY = [
    ["type", "name", "label"],
    ["select_one duong", "duong", "Xe máy vào được tới nhà mùa nào?"],
    ["select_multiple tin", "tin", "Biết tin của xã qua đâu?"],
    ["text", "ghi_them", "Gia đình muốn nói thêm gì?"],
    ["begin_repeat", "thanh_vien", "Từng người"],
    ["select_one the", "the", "Có thẻ bảo hiểm y tế?"],
    ["end_repeat"],
]
CHOICES = [
    ["list_name", "name", "label"],
    ["duong", "ca_nam", "Cả năm"],
    ["duong", "total", "Chỉ mùa khô"],
    ["tin", "loa", "Loa"],
    ["tin", "zalo", "Zalo"],
    ["tin", "hop", "Họp thôn"],
    ["the", "co", "Có"],
    ["the", "khong", "Không"],
]


@pytest.fixture
def publishes(mai, now):
    """The province sends a workbook and publishes what came of it."""

    def publish(survey=SURVEY, choices=CHOICES, code="doi_song", at=now - timedelta(days=60)):
        content = workbook(survey, choices, [["form_id", "form_title"], [code, f"Đời sống {code}"]])
        with acting(mai):
            version = surveys.upload_version(actor=mai, content=content, file_name="cau-hoi.xlsx", now=at)
            return surveys.publish_version(actor=mai, version_id=version.id, now=at)

    return publish


@pytest.fixture
def asks(lan, binh, now):
    """A round of one commune that ended: each household answers the province's questions as told, in turn."""

    def ask(version, commune: Unit, *told, cards=None, at=now - timedelta(days=60)) -> None:
        actor = lan if commune.id in lan.commune_ids else binh
        with acting(actor):
            row = surveys.prepare_round(
                actor=actor, commune_id=commune.id, title="Đợt", kind=RoundKind.EVERY, version_id=version.id,
                limit="SURVEY_COLLECT_WEEK", now=at,
            )  # fmt: skip
            surveys.start_round(actor=actor, round_id=row.id, now=at)
            for home, answers in zip(Household.objects.filter(commune=commune).order_by("id"), told, strict=True):
                surveys.submit_sheet(actor=actor, sent=_sent(row.id, home, answers, cards, at), now=at)
            surveys.close_round(actor=actor, round_id=row.id, why="Hết hạn", now=at + timedelta(days=5))

    return ask


def _sent(round_id, home, answers, cards, at) -> surveys.Sent:
    people = HouseholdMembership.objects.filter(household=home).values_list("person_id", flat=True)
    theirs = GROWN | ({"the": cards} if cards else {})
    given = {"household": HOME | answers, "members": {str(person): theirs for person in people}}
    reason = "Gia đình cho biết đúng như vậy"
    return surveys.Sent(
        round_id=round_id, household_id=home.id, client_id=new_id(), base=0, kind=SheetKind.ANSWERED, answers=given,
        reasons={"loai_ho": reason, "nha_o": reason, "so_nguoi_di_lam_xa": reason}, collected_at=at,
    )  # fmt: skip


def test_a_question_of_the_province_is_a_table_by_commune_and_village(
    writes, publishes, asks, reads, mai, commune, elsewhere, village, other_village
):
    writes(commune, 8, *COUPLE, village=village)
    writes(commune, 9, *COUPLE, village=other_village)
    writes(elsewhere, 11, *COUPLE)
    version = publishes()
    asks(version, commune, *[{"duong": "ca_nam"}] * 8, *[{"duong": "total"}] * 9)
    asks(version, elsewhere, *[{"duong": "ca_nam"}] * 6, *[{"duong": "total"}] * 5)

    whole, here = reads(mai, ROAD), reads(mai, ROAD, unit_id=commune.id)

    assert [column.label for column in whole.columns[1:]] == ["Cả năm", "Chỉ mùa khô", "Chưa hỏi, hoặc chưa trả lời"]
    assert whole.whole.figures == [28, 14, 14, 0]
    assert [sum(column) for column in zip(*(line.figures for line in whole.filled), strict=True)] == [28, 14, 14, 0]
    assert here.whole.figures == [17, 8, 9, 0]
    assert {line.name: line.figures for line in here.filled} == {
        village.name: [8, 8, 0, 0],
        other_village.name: [9, 0, 9, 0],
    }


def test_of_each_member_a_question_counts_people(writes, publishes, asks, reads, mai, commune):
    writes(commune, 7, *COUPLE)
    asks(publishes(), commune, *[{}] * 7, cards="co")

    table = reads(mai, CARD)

    assert table.columns[0].label == "Số người đã hỏi"
    assert [figure(table, code) for code in ("total", "answer-co", "answer-khong")] == [14, 14, 0]


def test_where_several_may_be_chosen_each_choice_counts_and_the_total_is_of_households(
    writes, publishes, asks, reads, mai, commune
):
    writes(commune, 18, *COUPLE)
    asks(publishes(), commune, *[{"tin": ["zalo", "loa"]}] * 7, *[{"tin": ["loa"]}] * 6, *[{}] * 5)

    table = reads(mai, NEWS)

    assert [figure(table, code) for code in ("total", "answer-loa", "answer-zalo", "answer-hop", NOT_ASKED)] == [
        18, 13, 7, 0, 5,
    ]  # fmt: skip
    assert "cộng lại có thể hơn" in table.definition.about


def test_few_are_hidden_with_what_would_give_them_away(writes, publishes, asks, reads, mai, commune):
    writes(commune, 20, *COUPLE)
    few, many = {"duong": "total", "tin": ["loa", "hop"]}, {"duong": "ca_nam", "tin": ["loa"]}
    asks(publishes(), commune, *[few] * 2, *[many] * 18)

    roads, news = reads(mai, ROAD), reads(mai, NEWS)

    assert figure(roads, "answer-total") is None
    assert figure(roads, "total") is None or figure(roads, "answer-ca_nam") is None
    assert figure(news, "answer-hop") is None


def test_two_questionnaires_that_ask_under_one_name_are_two_tables(writes, publishes, asks, reads, mai, commune, now):
    writes(commune, 6, *COUPLE)
    asks(publishes(), commune, *[{"duong": "ca_nam"}] * 6)
    later = now - timedelta(days=50)
    other = publishes(
        [["type", "name", "label"], ["select_one duong", "duong", "Đường làng trải gì?"]],
        [["list_name", "name", "label"], ["duong", "nhua", "Nhựa"], ["duong", "ca_nam", "Đất"]],
        code="duong_sa",
        at=later,
    )
    asks(other, commune, *[{"duong": "nhua"}] * 6, at=later)

    roads, surfaces = reads(mai, ROAD), reads(mai, "rieng-duong_sa-duong")

    assert [figure(roads, code) for code in ("answer-ca_nam", "answer-total")] == [6, 0]
    assert [figure(surfaces, code) for code in ("answer-nhua", "answer-ca_nam")] == [6, 0]


def test_a_choice_of_an_older_version_keeps_its_row(writes, publishes, asks, reads, mai, commune, now):
    writes(commune, 6, *COUPLE)
    asks(publishes(), commune, *[{"duong": "total"}] * 6)
    fewer = [row for row in CHOICES if row[1] != "total"]
    publishes(choices=[*fewer, ["duong", "mua_kho", "Mùa khô"]], at=now - timedelta(days=20))

    table = reads(mai, ROAD)

    assert [column.label for column in table.columns[1:4]] == ["Cả năm", "Mùa khô", "Chỉ mùa khô"]
    assert figure(table, "answer-total") == 6


def test_what_was_typed_when_the_question_was_put_as_text_is_kept_in_no_table(
    writes, publishes, asks, reads, mai, commune, now
):
    writes(commune, 6, *COUPLE)
    asks(publishes(), commune, *[{"ghi_them": "Nhà ông Tư hay cãi nhau"}] * 6)
    survey = [["select_one duong", *row[1:]] if row[1:2] == ["ghi_them"] else row for row in SURVEY]
    publishes(survey, at=now - timedelta(days=20))

    table = reads(mai, "rieng-doi_song-ghi_them")

    assert figure(table, NOT_ASKED) == 6
    assert "ông Tư" not in str(list(ClosedTable.objects.values_list("counts", flat=True)))


@pytest.mark.parametrize(
    ("kept", "leaf"),
    [("co", "answer-co"), ('["b", "a"]', "answer-a answer-b"), ('["a"]', "answer-a"), ("", "answer-")],
)
def test_what_is_kept_of_an_answer_is_one_leaf(kept, leaf):
    assert chosen(kept) == leaf


def test_the_list_the_page_the_file_and_the_api_tell_of_it(
    writes, publishes, asks, client_for, client, mai, lan, commune
):
    writes(commune, 6, *COUPLE)
    asks(publishes(), commune, *[{"duong": "ca_nam"}] * 6)
    with acting(lan):
        secret = accounts.make_token(actor=lan, name="Máy", lasts_days=30, now=timezone.now())

    listed, page, file = (
        client_for(mai).get(reverse(f"statistics:{name}", args=asked)).content
        for name, asked in (("index", []), ("table", [ROAD]), ("sheet", [ROAD]))
    )
    told = client.get(f"/api/v1/statistics/tables/{ROAD}", headers={"Authorization": f"Bearer {secret}"}).json()
    listed, page, sheet = listed.decode(), page.decode(), load_workbook(io.BytesIO(file)).active

    assert "Câu hỏi riêng của tỉnh: Đời sống doi_song" in listed
    assert "Gia đình muốn nói thêm gì?" not in listed
    assert "app-chart" in page
    assert "rieng-doi_song-duong, phiên bản 1" in page
    rows = [row for row in sheet.iter_rows(values_only=True) if row[1] is not None]
    assert rows[0][:3] == ("Đơn vị", "Số hộ đã hỏi", "Cả năm")
    assert rows[1][1:4] == (6, 6, 0)
    assert told["whole"]["figures"] == {"total": 6, "answer-ca_nam": 6, "answer-total": 0, NOT_ASKED: 0}


def test_who_may_not_see_statistics_learns_of_no_question(publishes, client_for, village_head):
    publishes()

    assert client_for(village_head).get(reverse("statistics:table", args=[ROAD])).status_code == 403
