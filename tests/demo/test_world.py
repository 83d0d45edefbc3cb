"""The demonstration is whole, shows what goes wrong too, and is the same for the same seed."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import settings as house_settings
from django.db import transaction
from django.test import Client
from django.urls import reverse

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Account
from maiam.contexts.cases.models import Breach, Cancellation, Case, IncidentReport, NoContact
from maiam.contexts.cases.rules import cases, no_contact
from maiam.contexts.cases.rules.incidents import ReportRelation
from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.models import Obligation
from maiam.contexts.duties.rules import State
from maiam.contexts.families import queries as families
from maiam.contexts.families.models import Household, Person
from maiam.contexts.reports import queries as reports
from maiam.contexts.reports.models import Report
from maiam.contexts.reports.rules.states import Outcome
from maiam.core.law import no_contact as law
from maiam.core.law.reporting import CHAIR_ACT
from maiam.platform.access import Actor, Permission, Role, acting
from maiam.platform.audit import chain
from maiam.platform.errors import NotFoundError
from maiam.web.demo import lives, oddities, put_right, told_again, world
from maiam.web.demo.seats import COMMUNE_SEATS, PROVINCE_SEATS, VILLAGE_SEAT
from tests.cast import NOW

SMALL = 40
# Homes that are there for what happens in them.
WITH_A_STORY = (told_again.HOME, *lives.HOMES, *put_right.HOMES)
A_YEAR = timedelta(days=366)
HOUSE = Actor.system("test")


@pytest.fixture(scope="module")
def twice(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[Any]]:
    """Make the small world twice; the second stays until this file is done."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(house_settings, "DEMO", True)
        with transaction.atomic():
            build()
            first = what_is_seen()
            transaction.set_rollback(True)
        with transaction.atomic():
            build()
            yield [first, what_is_seen()]
            transaction.set_rollback(True)


@pytest.fixture
def small_world(twice: list[Any]) -> Iterator[None]:
    """See every row of the small world."""
    with transaction.atomic(), acting(HOUSE):
        yield
        transaction.set_rollback(True)


def build() -> list[str]:
    said: list[str] = []
    world.build(households=SMALL, say=said.append, now=NOW)
    return said


def what_is_seen() -> dict[str, Any]:
    """Everything a visitor can tell one world from another by; not the identifiers, which nobody may guess."""
    with acting(HOUSE):
        return {
            "people": sorted(Person.objects.values_list("full_name", "birth_year", "phone")),
            "reports": sorted(Report.objects.values_list("received_at", "channel", "state", "mode")),
            "cases": sorted(Case.objects.values_list("commune_id", "number", "status", "person_name")),
            "orders": sorted(NoContact.objects.values_list("requested_at", "state").filter(requested_at__isnull=False)),
            "duties": Counter(Obligation.objects.values_list("rule", "state")),
        }


def actor(username: str) -> Actor:
    account = Account.objects.get(username=username)
    (holding,) = account.holdings.select_related("post")
    return accounts.actor_in_post(account, holding.post, NOW)


def test_the_same_seed_makes_the_same_world(twice: list[Any]) -> None:
    first, second = twice

    assert first == second


def test_a_second_start_has_nothing_to_do(small_world: None) -> None:
    assert build() == []


def test_a_world_that_older_code_told_to_its_end_stays_as_it_is(small_world: None) -> None:
    with_more_steps = world.SMALL_WORLD

    assert world.build(households=with_more_steps, say=print, now=NOW) == 0


@pytest.mark.django_db
def test_a_real_house_is_never_filled_with_made_up_people(settings: Any) -> None:
    settings.DEMO = False

    with pytest.raises(world.NotADemonstrationError):
        build()


@pytest.mark.django_db
def test_a_house_where_somebody_works_already_is_not_filled(lan: Actor, settings: Any) -> None:
    settings.DEMO = True

    with pytest.raises(world.NotADemonstrationError):
        build()


def test_the_sign_in_page_offers_the_people_of_one_commune(small_world: None) -> None:
    offered = {line.account.username for line in accounts.demo_lines()}

    assert offered == {seat.username for seat in (*COMMUNE_SEATS, VILLAGE_SEAT, *PROVINCE_SEATS)}


def test_the_main_commune_is_seated_first_of_all_twenty_eight(small_world: None) -> None:
    communes = world.communes(is_small=False)

    assert [communes[0].name, len(communes)] == [world.MAIN, 28]


def test_nothing_was_lost_on_the_way(small_world: None) -> None:
    with acting(lan := actor("lan")):
        ledger = reports.ledger(lan, since=NOW - A_YEAR, until=NOW)

    assert ledger.received > 40
    assert ledger.adds_up


def test_cases_stand_at_every_stage_and_reports_came_to_every_end(small_world: None) -> None:
    assert set(Case.objects.values_list("status", flat=True)) == set(cases.Status)
    assert set(Report.objects.exclude(outcome=None).values_list("outcome", flat=True)) >= set(Outcome)


def test_orders_were_made_refused_cancelled_broken_and_run_now(small_world: None) -> None:
    states = Counter(NoContact.objects.values_list("state", flat=True))

    # What went up to the province waits there still (`tests/demo/test_too_near.py`).
    assert set(states) >= set(no_contact.State) - {no_contact.State.SUPERSEDED, no_contact.State.ABOVE}
    assert Breach.objects.exists()
    assert Cancellation.objects.filter(answer=no_contact.Answer.WAITING).exists()


def test_some_decisions_came_late(small_world: None) -> None:
    late = Obligation.objects.filter(state=State.MET_LATE)

    assert late.filter(rule=law.DECIDE.code).exists()
    assert late.filter(rule=CHAIR_ACT.code).exists()


def test_the_chairwoman_has_hours_left_for_one_request(small_world: None) -> None:
    waiting = Obligation.objects.get(
        rule=law.DECIDE.code, state=State.RUNNING, owner_post__holdings__account__username="hoa"
    )

    assert timedelta(hours=3) < waiting.due_at - NOW < timedelta(hours=5)
    assert waiting.owner_post.role == Role.COMMUNE_CHAIRMAN


def test_two_offices_told_of_one_night_and_did_not_agree(small_world: None) -> None:
    contradicting = IncidentReport.objects.filter(relation=ReportRelation.CONTRADICTS).select_related("incident")

    assert contradicting.exists()
    assert all(link.incident.report_links.count() > 1 for link in contradicting)


@pytest.mark.parametrize("username", [seat.username for seat in (*COMMUNE_SEATS, VILLAGE_SEAT, *PROVINCE_SEATS)])
def test_whoever_is_told_of_a_duty_opens_it_by_its_link(
    username: str, small_world: None, client_for: Callable[[Actor], Client]
) -> None:
    somebody = actor(username)
    may_watch = somebody.can(Permission.WATCH_DUTIES)
    shown = duties.due_items(somebody, commune_wide=may_watch) if somebody.can(Permission.VIEW_DUTIES) else []
    one_of_each_kind = {clock.page: clock for clock in shown if clock.page}

    with acting(HOUSE):
        browser = client_for(somebody)
        answers = {
            page: browser.get(reverse(page, args=[one_of_each_kind[page].subject_id])).status_code
            for page in one_of_each_kind
        }

    assert answers == dict.fromkeys(one_of_each_kind, HTTPStatus.OK)


def test_a_woman_written_twice_is_found_twice(small_world: None) -> None:
    again = Person.objects.filter(registered_at=NOW - oddities.WRITTEN_AGAIN).order_by("sort_key")

    with acting(lan := actor("lan")):
        hits = [families.search_persons(lan, person.full_name, now=NOW) for person in again]

    assert len(again) == oddities.WRITTEN_TWICE
    assert all(len(found) > 1 for found in hits)


def test_the_officer_of_the_next_commune_sees_none_of_it(small_world: None) -> None:
    case = Case.objects.filter(commune__name=world.MAIN).first()
    assert case is not None

    with acting(binh := actor("binh")), pytest.raises(NotFoundError):
        Case.objects.find(binh, case.id)


def test_nobody_can_be_called_by_a_number_of_the_demonstration(small_world: None) -> None:
    assert Household.objects.exclude(code__in=WITH_A_STORY).count() == SMALL
    assert not Person.objects.exclude(phone="").exclude(phone__startswith="+84900000").exists()


def test_the_trail_of_it_all_is_sealed(small_world: None) -> None:
    assert chain.verify() is None
