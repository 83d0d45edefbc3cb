"""What statistics may know: how many gave each answer, never who."""

import pytest

from maiam.contexts.surveys import queries, services
from maiam.contexts.surveys.rules.rounds import SheetKind
from maiam.platform.access import acting
from maiam.platform.errors import ForbiddenError

pytestmark = pytest.mark.django_db


def test_answers_are_counted_by_household_and_by_member(send, homes, full_answers, counts):
    send(homes[0], answers=full_answers(homes[0], ung_xu="co", ung_xu_dieu=["binh_dang", "chia_se"]))
    send(homes[1], answers=full_answers(homes[1], nha_o="kien_co"))

    counted = counts(only_closed=False)

    assert (counted["nha_o", "kien_co"], counted["nha_o", "ban_kien_co"]) == (1, 1)
    assert (counted["ung_xu_dieu", "binh_dang"], counted["ung_xu_dieu", "chia_se"]) == (1, 1)
    assert (counted["khuyet_tat", "khong"], counted["so_nguoi_di_lam_xa", "0"]) == (4, 2)


def test_only_closed_rounds_count_unless_asked_otherwise(send, running, lan, counts, now):
    send()
    assert counts() == {}
    with acting(lan):
        services.close_round(actor=lan, round_id=running.id, why="Xong", now=now)

    assert counts(questions=["nha_o"]) == {("nha_o", "ban_kien_co"): 1}
    assert counts(closed_from=now.date(), closed_until=now.date()) == {}


def test_a_household_counts_once_however_often_it_was_asked(send, homes, full_answers, lan, counts):
    send()
    send(by=lan, base=1, answers=full_answers(homes[0], nha_o="kien_co"))
    send(base=1, answers=full_answers(homes[0], nha_o="don_so"))

    assert counts(only_closed=False, questions=["nha_o"]) == {("nha_o", "kien_co"): 1}


def test_who_was_not_met_is_in_no_count(send, counts):
    send(kind=SheetKind.NOT_MET, why_not_met="away")

    assert counts(only_closed=False) == {}


def test_the_province_counts_all_and_a_neighbour_nothing(send, mai, binh, counts):
    send()

    assert counts(mai, only_closed=False)["nha_o", "ban_kien_co"] == 1
    assert counts(binh, only_closed=False) == {}


def test_a_village_head_does_no_statistics(village_head, counts):
    with pytest.raises(ForbiddenError):
        counts(village_head)


def test_counting_is_one_query_beside_the_questions(send, homes, lan, django_assert_max_num_queries):
    for household in homes:
        send(household)
    with acting(lan), django_assert_max_num_queries(2):
        queries.answer_counts(lan, only_closed=False)
