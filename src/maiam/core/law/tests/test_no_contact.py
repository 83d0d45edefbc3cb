"""Each article at its edge and one second past it."""

from datetime import date, datetime, timedelta

import pytest

from maiam.core.law import no_contact
from maiam.core.law.codes import no_contact_by_commune
from maiam.core.law.no_contact import CancelGround, Ground, Requester
from maiam.core.text.dates import VIETNAM

SECOND = timedelta(seconds=1)
EVENING = datetime(2026, 11, 23, 21, 40, tzinfo=VIETNAM)
BEFORE_TET = datetime(2026, 2, 15, 21, 40, tzinfo=VIETNAM)
BEFORE_YEAR_END = datetime(2026, 12, 30, 21, 40, tzinfo=VIETNAM)

any_evening = pytest.mark.parametrize("starts", [EVENING, BEFORE_TET, BEFORE_YEAR_END])


@any_evening
def test_three_days_are_lawful_and_one_second_more_is_not(starts):
    end = starts + timedelta(days=3)

    assert no_contact.is_term_lawful(starts, end)
    assert not no_contact.is_term_lawful(starts, end + SECOND)
    assert no_contact.latest_end(starts) == end


@pytest.mark.parametrize("length", [timedelta(0), -SECOND, -timedelta(days=1)])
def test_a_term_that_ends_before_it_starts_is_not_lawful(length):
    assert not no_contact.is_term_lawful(EVENING, EVENING + length)


def test_the_shortest_term_is_lawful():
    assert no_contact.is_term_lawful(EVENING, EVENING + SECOND)


@any_evening
def test_a_decision_or_a_refusal_is_due_twelve_hours_after_the_request(starts):
    assert no_contact.decision_due_at(starts) == starts + timedelta(hours=12)


def test_a_cancellation_is_due_twelve_hours_after_its_request():
    assert no_contact.cancellation_due_at(EVENING) == EVENING + timedelta(hours=12)


def test_a_permitted_contact_lasts_four_hours_at_most():
    end = EVENING + timedelta(hours=4)

    assert no_contact.is_contact_lawful(EVENING, end)
    assert not no_contact.is_contact_lawful(EVENING, end + SECOND)
    assert not no_contact.is_contact_lawful(EVENING, EVENING)


def test_a_court_may_order_four_months():
    starts = datetime(2026, 10, 31, 8, 0, tzinfo=VIETNAM)
    end = datetime(2027, 2, 28, 8, 0, tzinfo=VIETNAM)

    assert no_contact.is_court_term_lawful(starts, end)
    assert not no_contact.is_court_term_lawful(starts, end + SECOND)
    assert not no_contact.is_court_term_lawful(starts, starts)


def test_the_police_assign_a_supervisor_and_call_the_meeting_within_an_hour_each():
    assert no_contact.ASSIGN_SUPERVISOR.duration == timedelta(hours=1)
    assert no_contact.SUPERVISION_MEETING.duration == timedelta(hours=1)


def test_the_two_lists_agree_on_every_figure():
    measure = no_contact_by_commune()

    assert timedelta(hours=measure.decision_deadline.hours) == no_contact.DECIDE.duration
    assert timedelta(days=measure.max_duration.days) == no_contact.TERM.duration
    assert timedelta(hours=measure.cancellation.deadline_hours) == no_contact.CANCEL.duration
    assert timedelta(hours=measure.allowed_contact.max_hours) == no_contact.CONTACT_MAX.duration
    assert [ground.code for ground in measure.cases] == list(Ground)
    assert len(measure.cancellation.grounds) == len(CancelGround)
    assert len(measure.allowed_contact.reasons) == len(no_contact.ContactReason)


@pytest.mark.parametrize(
    ("requester", "needed"),
    [(Requester.VICTIM, False), (Requester.GUARDIAN, False), (Requester.COMPETENT_BODY, True)],
)
def test_only_a_body_needs_the_consent_of_the_victim(requester, needed):
    assert no_contact.needs_victim_consent(requester) is needed


def test_a_threat_to_life_needs_no_request():
    assert no_contact.needs_request(Ground.REQUESTED)
    assert not no_contact.needs_request(Ground.LIFE_THREAT)


@pytest.mark.parametrize(
    ("ground", "reason", "allowed"),
    [
        (Ground.REQUESTED, CancelGround.REQUESTER_ASKS, True),
        (Ground.LIFE_THREAT, CancelGround.REQUESTER_ASKS, False),
        (Ground.LIFE_THREAT, CancelGround.VICTIM_DISAGREES, True),
        (Ground.REQUESTED, CancelGround.VICTIM_DISAGREES, False),
        (Ground.REQUESTED, CancelGround.NO_LONGER_NEEDED, True),
        (Ground.LIFE_THREAT, CancelGround.NO_LONGER_NEEDED, True),
    ],
)
def test_each_ground_of_cancelling_fits_the_ground_of_the_decision(ground, reason, allowed):
    assert no_contact.may_cancel(ground, reason) is allowed


def test_a_decision_goes_to_four():
    assert [addressee.code for addressee in no_contact.ADDRESSEES] == [
        "perpetrator",
        "victim",
        "commune_police_chief",
        "village_or_group_head_of_victims_residence",
    ]


@pytest.mark.parametrize(
    ("day", "metres"), [(date(2023, 6, 30), 30), (date(2023, 7, 1), 100), (date(2026, 11, 23), 100)]
)
def test_the_distance_is_that_of_the_law_of_the_day(day, metres):
    assert no_contact.distance_m(day) == metres


def test_every_choice_has_its_vietnamese_words():
    for choices, labels in (
        (Ground, no_contact.GROUND_LABELS),
        (Requester, no_contact.REQUESTER_LABELS),
        (CancelGround, no_contact.CANCEL_GROUND_LABELS),
        (no_contact.ContactReason, no_contact.CONTACT_REASON_LABELS),
    ):
        assert set(labels) == set(choices)


def test_no_label_uses_a_word_the_style_book_forbids():
    labels = (*no_contact.GROUND_LABELS.values(), *no_contact.REQUESTER_LABELS.values())

    assert not [label for label in labels if "nạn nhân" in label.lower() or "đối tượng" in label.lower()]
