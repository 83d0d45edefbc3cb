"""The review of doubles on the screen."""

import pytest
from django.urls import reverse

from maiam.contexts.families.models import Person
from maiam.contexts.linkage.models import CandidatePair
from maiam.contexts.linkage.rules import State


@pytest.fixture
def page_of(pair):
    return reverse("linkage:pair", args=[pair.id])


def test_both_records_stand_side_by_side_with_a_choice_where_they_differ(client_for, lan, page_of):
    shown = client_for(lan).get(page_of).content.decode()

    assert shown.count('name="full_name"') == 2
    assert 'name="phone"' not in shown
    assert "cùng ngày sinh" in shown


def test_sending_the_choices_merges_the_two(client_for, lan, pair, page_of):
    side = "one" if not pair.one.full_name.isupper() else "other"

    answer = client_for(lan).post(page_of, {"full_name": side}, follow=True)

    pair.refresh_from_db()
    kept = Person.objects.get(merged_into__isnull=True)
    assert (pair.state, kept.full_name) == (State.SAME, "Nguyễn Thị Hoà")
    assert "Tách lại thành hai hồ sơ" in answer.content.decode()


def test_a_choice_left_out_is_asked_for(client_for, lan, page_of):
    answer = client_for(lan).post(page_of, {})

    assert "govuk-error-summary" in answer.content.decode()
    assert not Person.objects.filter(merged_into__isnull=False).exists()


def test_not_one_person_goes_on_to_the_list(client_for, lan, pair):
    answer = client_for(lan).post(reverse("linkage:tell_apart", args=[pair.id]))

    assert answer.url == reverse("linkage:list")
    assert CandidatePair.objects.get().state == State.NOT_SAME


def test_the_page_of_the_folded_person_leads_to_the_kept_one(client_for, lan, pair, page_of):
    client_for(lan).post(page_of, {"full_name": "one"})
    folded = Person.objects.get(merged_into__isnull=False)

    answer = client_for(lan).get(reverse("families:person", args=[folded.id]))

    assert answer.url == reverse("families:person", args=[folded.merged_into_id])


def test_where_something_changed_since_the_page_says_what(client_for, lan, pair, page_of):
    client = client_for(lan)
    client.post(page_of, {"full_name": "one"})
    Person.objects.filter(merged_into__isnull=True).update(phone="+84905000999")

    answer = client.post(reverse("linkage:undo", args=[pair.id]))

    assert "điện thoại" in answer.content.decode()
    assert "không tách lại như cũ được" in answer.content.decode()


def test_the_list_costs_few_queries_however_many_pairs(client_for, lan, pair, django_assert_max_num_queries):
    client = client_for(lan)

    with django_assert_max_num_queries(25):
        client.get(reverse("linkage:list"))
