"""A person too near to a matter does not see, find, count or decide it, and is not told; somebody free does."""

from dataclasses import replace
from datetime import timedelta
from html import unescape

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from maiam.contexts.accounts.models import PostHolding
from maiam.contexts.cases import services as cases
from maiam.contexts.cases.models import Case, Incident, NoContact, PerpetratorFile
from maiam.contexts.conflicts import services
from maiam.contexts.conflicts.models import Alarm
from maiam.contexts.conflicts.rules import Why
from maiam.contexts.duties import services as duties
from maiam.contexts.duties.models import Notice, Obligation
from maiam.contexts.families import services as families
from maiam.contexts.families.models import Person
from maiam.contexts.families.queries.search import NUMBER_FIELD
from maiam.contexts.families.rules import Sex
from maiam.contexts.reports.models import Report
from maiam.platform import vault
from maiam.platform.access import Actor, ActorKind, Role, ScopedModel, acting
from maiam.platform.access.models import Block, Tie
from maiam.platform.errors import NotFoundError

pytestmark = pytest.mark.django_db
HOUSE = Actor.system("test")
CLOSABLE = [model for model in apps.get_models() if issubclass(model, ScopedModel) and model.access.matter]


@pytest.fixture
def brother(someone):
    """The accused's brother, a row of the register like any other."""
    return someone("Y Nam Êban", born=1984, sex=Sex.MALE)


@pytest.fixture
def is_brother(lan, husband, brother, now):
    def record():
        with acting(lan):
            families.record_kinship(actor=lan, person_id=husband, relative_id=brother, relation="sibling", now=now)

    return record


@pytest.fixture
def is_person(administrator, now):
    """Note that an official is this person of the register."""

    def record(official, person_id):
        with acting(HOUSE):
            services.record_official(
                actor=HOUSE, account_id=official.account_id, person_id=person_id, consent="cam kết 01/11", now=now
            )

    return record


@pytest.fixture
def deputy(seat, commune):
    return seat(Role.COMMUNE_CHAIRMAN, "Phó Chủ tịch K' Brơi", commune=commune)


def seen(actor, model):
    """How many rows the actor reaches: through Python alone, and by raw SQL under the policies alone."""
    by_python = model.objects.visible_to(actor).count()
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
        (by_database,) = cursor.fetchone()
    return by_python, by_database


def sees_nothing(actor):
    return {model.__name__: seen(actor, model) for model in CLOSABLE if seen(actor, model) != (0, 0)}


def test_the_chairwoman_saw_the_matter_before_the_conflict(chairwoman, requested):
    assert seen(chairwoman, Case) == (2, 2)
    assert seen(chairwoman, NoContact) == (1, 1)


def test_the_brother_of_the_accused_sees_nothing_of_the_matter(chairwoman, requested, brother, is_brother, is_person):
    is_brother()
    is_person(chairwoman, brother)

    assert sees_nothing(chairwoman) == {}


def test_a_conflict_that_comes_with_a_marriage_later_closes_at_once(
    chairwoman, requested, someone, husband, lan, now, is_person
):
    sister = someone("H'Ni Êban", born=1988)
    is_person(chairwoman, sister)
    assert seen(chairwoman, Case) == (2, 2)

    with acting(lan):
        families.record_kinship(actor=lan, person_id=sister, relative_id=husband, relation="sibling", now=now)

    assert sees_nothing(chairwoman) == {}
    assert not Notice.objects.filter(what__contains="xung đột").exists()


def test_the_accused_and_the_victim_themselves_are_shut_out(lan, chairwoman, requested, husband, wife, is_person):
    is_person(chairwoman, husband)
    is_person(lan, wife)

    assert sees_nothing(chairwoman) == {}
    assert seen(lan, Case) == (0, 0)


def test_a_relative_of_the_victim_alone_still_helps(lan, chairwoman, requested, wife, someone, now, is_person):
    aunt = someone("H'Mai Niê", born=1960)
    with acting(lan):
        families.record_kinship(actor=lan, person_id=wife, relative_id=aunt, relation="cohabitant_relative", now=now)
    is_person(chairwoman, aunt)

    assert seen(chairwoman, Case) == (2, 2)


def test_a_declared_conflict_closes_all_that_hangs_together(chairwoman, requested, case, now):
    with acting(chairwoman):
        services.declare_conflict(actor=chairwoman, record_id=case.id, why=Why.DEBT, words="vay tiền nhà này", now=now)

    assert sees_nothing(chairwoman) == {}


def test_only_the_inspector_takes_a_declaration_back(chairwoman, inspector, requested, case, now):
    with acting(chairwoman):
        declared = services.declare_conflict(
            actor=chairwoman, record_id=case.id, why=Why.FRIEND, words="bạn học", now=now
        )
    with acting(inspector):
        services.lift_conflict(actor=inspector, declared_id=declared.id, now=now)

    assert seen(chairwoman, Case) == (2, 2)
    assert Block.objects.filter(account_id=chairwoman.account_id, ended_at__isnull=False).exists()


def test_nothing_can_be_written_on_a_closed_matter(chairwoman, requested, order, brother, is_brother, is_person, now):
    is_brother()
    is_person(chairwoman, brother)

    with acting(chairwoman), pytest.raises(NotFoundError):
        cases.decide_no_contact(actor=chairwoman, measure_id=requested.id, order=order(), now=now)
    with acting(chairwoman), connection.cursor() as cursor:
        cursor.execute("UPDATE cases_nocontact SET state = 'refused'")
        assert cursor.rowcount == 0


def test_the_duty_moves_to_the_deputy_and_keeps_its_clock(
    chairwoman, deputy, requested, brother, is_brother, is_person, order, now
):
    due = Obligation.objects.get(rule="BAN_DECIDE").due_at
    is_brother()
    is_person(chairwoman, brother)
    before = set(Notice.objects.filter(to_post_id=chairwoman.post_id).values_list("id", flat=True))

    with acting(HOUSE):
        duties.hand_on_from_conflicted(actor=HOUSE, now=now)
    moved = Obligation.objects.get(rule="BAN_DECIDE", state="running")
    with acting(deputy):
        cases.decide_no_contact(actor=deputy, measure_id=requested.id, order=order(), now=now)

    assert (moved.owner_post_id, moved.due_at) == (deputy.post_id, due)
    assert set(Notice.objects.filter(to_post_id=chairwoman.post_id).values_list("id", flat=True)) == before
    assert Obligation.objects.get(id=moved.id).state == "met"


def test_handing_on_twice_changes_nothing_more(chairwoman, deputy, requested, brother, is_brother, is_person, now):
    is_brother()
    is_person(chairwoman, brother)

    with acting(HOUSE):
        handed_on = duties.hand_on_from_conflicted(actor=HOUSE, now=now)
        again = duties.hand_on_from_conflicted(actor=HOUSE, now=now)

    moved = set(Obligation.objects.filter(state="transferred").values_list("rule", flat=True))
    assert moved == {"BAN_DECIDE", "CHILD_EMERGENCY"}
    assert (handed_on, again) == (2, 0)


def test_without_a_deputy_the_matter_goes_up_to_the_province(
    chairwoman, province_leader, requested, brother, is_brother, is_person, now
):
    is_brother()
    is_person(chairwoman, brother)

    with acting(HOUSE):
        duties.hand_on_from_conflicted(actor=HOUSE, now=now)

    assert Obligation.objects.get(rule="BAN_DECIDE", state="running").owner_post_id == province_leader.post_id


def test_the_ladder_passes_over_whoever_is_in_conflict(
    chairwoman, deputy, lan, requested, brother, is_brother, is_person, now
):
    is_brother()
    is_person(chairwoman, brother)
    with acting(HOUSE):
        duties.hand_on_from_conflicted(actor=HOUSE, now=now)
        before = Notice.objects.filter(to_post_id=chairwoman.post_id).count()
        duties.escalate(actor=HOUSE, now=now + timedelta(hours=20))

    assert Notice.objects.filter(to_post_id=chairwoman.post_id).count() == before
    assert Notice.objects.filter(to_post_id=deputy.post_id).exists()


def test_an_officer_on_leave_whose_stand_in_is_the_accused(
    lan, chairwoman, province_leader, requested, seat, commune, husband, is_person, now
):
    """S13: while the stand-in acts and is the accused, nobody of that seat gets the matter."""
    stand_in = seat(Role.TEAM_MEMBER, "Y Blô Êban", commune=commune)
    PostHolding.objects.create(
        account_id=stand_in.account_id, post_id=chairwoman.post_id, starts_at=now - timedelta(days=1), is_stand_in=True
    )
    is_person(stand_in, husband)

    with acting(HOUSE):
        duties.hand_on_from_conflicted(actor=HOUSE, now=now)

    assert Obligation.objects.get(rule="BAN_DECIDE", state="running").owner_post_id == province_leader.post_id


def test_new_duties_never_begin_at_a_seat_in_conflict(
    lan, chairwoman, deputy, case, request_, brother, is_brother, is_person, now
):
    is_brother()
    is_person(chairwoman, brother)

    with acting(lan):
        cases.request_no_contact(actor=lan, case_id=case.id, request=request_(), now=now)

    assert Obligation.objects.get(rule="BAN_DECIDE").owner_post_id == deputy.post_id
    assert not Notice.objects.filter(to_post_id=chairwoman.post_id, subject_kind="cases.no_contact").exists()


def test_opening_its_address_says_there_is_nothing_and_raises_a_silent_alarm(
    chairwoman, inspector, case, brother, is_brother, is_person, client_for
):
    is_brother()
    is_person(chairwoman, brother)
    client = client_for(chairwoman)

    hidden = client.get(f"/vu-viec/{case.id}/")
    absent = client.get("/vu-viec/0190c0de-0000-7000-8000-000000000000/")

    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert _without_number(hidden) == _without_number(absent)
    assert Alarm.objects.filter(account_id=chairwoman.account_id, probe="address").count() == 1
    assert chairwoman.name in unescape(client_for(inspector).get("/xung-dot/").content.decode())


def _without_number(response):
    lines = response.content.decode().splitlines()
    changing = ("csrf", "data-now", response["X-Request-Id"])
    return [line for line in lines if not any(word in line.lower() for word in changing)]


def test_nobody_asks_what_is_closed_to_another(lan, chairwoman, requested):
    with acting(lan), pytest.raises(ProgrammingError, match="closed to another"), transaction.atomic():
        connection.cursor().execute("SELECT access.closed_to(%s)", [[chairwoman.account_id]])


def test_a_machine_is_bound_by_the_conflicts_of_those_it_stands_for(
    chairwoman, requested, brother, is_brother, is_person
):
    is_brother()
    is_person(chairwoman, brother)
    machine = replace(chairwoman, kind=ActorKind.MACHINE, account_id=None, judged_as=(chairwoman.account_id,))

    assert sees_nothing(machine) == {}


def test_a_declared_number_finds_the_person_whenever_the_register_learns_it(
    lan, chairwoman, requested, husband, administrator, now
):
    with acting(administrator):
        services.record_official(
            actor=administrator,
            account_id=chairwoman.account_id,
            identity_number="068086000123",
            consent="cam kết",
            now=now,
        )
    assert seen(chairwoman, Case) == (2, 2)

    Person.objects.filter(id=husband).update(identity_number_index=vault.index("068086000123", field=NUMBER_FIELD))

    assert sees_nothing(chairwoman) == {}


def test_reports_incidents_cases_and_measures_are_one_matter(requested, opened, case):
    ids = [opened.incident_id, case.id, requested.id, Report.objects.get().id]

    assert Tie.objects.filter(row_id__in=ids).values("matter_id").distinct().count() == 1


def test_the_file_on_the_accused_is_closed_too(chairwoman, requested, brother, is_brother, is_person):
    assert seen(chairwoman, PerpetratorFile) == (1, 1)
    is_brother()
    is_person(chairwoman, brother)

    assert seen(chairwoman, PerpetratorFile) == (0, 0)
    assert seen(chairwoman, Incident) == (0, 0)
