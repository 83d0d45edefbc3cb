"""What statistics may know: how many gave each answer, never who; and the house alone counts."""

from datetime import date, timedelta

import pytest

from maiam.contexts.families.models import Person
from maiam.contexts.surveys import queries, services
from maiam.contexts.surveys.models import Sheet
from maiam.contexts.surveys.rules.rounds import SheetKind
from maiam.platform.access import Actor, acting
from maiam.platform.errors import ForbiddenError

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("test")
OF_HOUSEHOLDS, OF_MEMBERS = ("nha_o", "so_nguoi_di_lam_xa"), ("khuyet_tat", "viec_lam")


@pytest.fixture
def close(lan, running, now):
    def close_round():
        with acting(lan):
            services.close_round(actor=lan, round_id=running.id, why="Xong", now=now)

    return close_round


@pytest.fixture
def counts(province, now):
    def counted(day: date | None = None, by: Actor = HOUSE):
        with acting(by):
            rows = queries.latest_answer_counts(
                by, day or now.date(), province_id=province.id, of_households=OF_HOUSEHOLDS, of_members=OF_MEMBERS
            )
        return {(row.question, row.value): row.how_many for row in rows}

    return counted


def test_answers_are_counted_by_household_and_by_member(send, homes, full_answers, close, counts):
    send(homes[0])
    send(homes[1], answers=full_answers(homes[1], nha_o="kien_co"))
    close()

    counted = counts()

    assert (counted["nha_o", "kien_co"], counted["nha_o", "ban_kien_co"]) == (1, 1)
    assert (counted["khuyet_tat", "khong"], counted["so_nguoi_di_lam_xa", "0"]) == (4, 2)


def test_only_rounds_that_had_ended_by_the_day_count(send, close, counts, now):
    send()
    assert counts() == {}
    close()

    assert counts()["nha_o", "ban_kien_co"] == 1
    assert counts(now.date() - timedelta(days=1)) == {}


def test_a_household_counts_once_however_often_it_was_asked(send, homes, full_answers, lan, close, counts):
    send()
    send(by=lan, base=1, answers=full_answers(homes[0], nha_o="kien_co"))
    send(base=1, answers=full_answers(homes[0], nha_o="don_so"))
    for sheet in Sheet.objects.filter(standing="waiting"):
        with acting(lan):
            services.settle_sheet(actor=lan, sheet_id=sheet.id, is_taken=False, now=sheet.received_at)
    close()

    assert {key: value for key, value in counts().items() if key[0] == "nha_o"} == {("nha_o", "kien_co"): 1}


def test_who_was_not_met_is_in_no_count(send, close, counts):
    send(kind=SheetKind.NOT_MET, why_not_met="away")
    close()

    assert counts() == {}


def test_what_was_not_asked_is_counted_as_no_answer(send, close, province, now):
    send()
    close()
    with acting(HOUSE):
        rows = queries.latest_answer_counts(
            HOUSE, now.date(), province_id=province.id, of_households=["khong_co_cau_nay"], of_members=OF_MEMBERS
        )

    assert [(row.value, row.how_many) for row in rows if not row.of_members] == [("", 1)]
    for question in OF_MEMBERS:
        assert sum(row.how_many for row in rows if row.question == question) == 2


def test_who_rests_or_has_died_is_not_counted(send, homes, close, counts, now):
    send()
    close()
    head, child = (stay.person_id for stay in homes[0].memberships.order_by("-role"))
    Person.objects.filter(id=head).update(restricted_at=now)
    assert counts()["khuyet_tat", "khong"] == 1
    Person.objects.filter(id=child).update(died_on=now.date())

    assert ("khuyet_tat", "khong") not in counts()


@pytest.mark.parametrize("who", ["lan", "mai", "village_head", "binh"])
def test_nobody_but_the_house_counts_answers(who, counts, request):
    with pytest.raises(ForbiddenError):
        counts(by=request.getfixturevalue(who))


def test_who_reads_statistics_reads_no_sheet(send, mai):
    send()

    with acting(mai):
        assert not Sheet.objects.visible_to(mai).exists()
        assert not Sheet.objects.exists()


def test_counting_is_one_query(send, homes, close, counts, province, now, django_assert_num_queries):
    for household in homes:
        send(household)
    close()
    with acting(HOUSE), django_assert_num_queries(1):
        queries.latest_answer_counts(HOUSE, now.date(), province_id=province.id, of_households=["nha_o"], of_members=[])
