"""A child hurt, or made to see it: clocks run from when we were told; who did it never speaks for the child."""

from datetime import datetime, timedelta

import pytest

from maiam.contexts.cases import services as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.cases.rules.incidents import PartyRole, needs_child_protection
from maiam.contexts.duties.models import Obligation
from maiam.contexts.measures import queries, services
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.rules.states import State
from maiam.core.law import children
from maiam.core.law.limits import due_at
from maiam.core.law.no_contact import Requester
from maiam.core.text import VIETNAM
from maiam.platform.access import acting

pytestmark = pytest.mark.django_db
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def clock(case: Case, rule: str) -> Obligation:
    return Obligation.objects.get(subject_id=case.id, rule=rule)


@pytest.fixture
def protector(lan, childs_case, now):
    with acting(lan):
        return services.name_protector(
            actor=lan, case_id=childs_case.id, name="Nguyễn Thị Mận", standing="Bảo vệ trẻ em xã", now=now
        )


@pytest.fixture
def plan(lan, childs_case, facts, now):
    """Ask for a plan, or for another measure, for the child."""

    def ask(kind=kinds.CHILD_PLAN, **changes):
        told = {"kind": kind, "asked_at": now, "facts": facts(kind, "request")} | changes
        with acting(lan):
            return services.request_measure(actor=lan, case_id=childs_case.id, wish=services.Wish(**told), now=now)

    return ask


def test_both_clocks_start_when_we_were_told_and_not_when_the_case_was_opened(childs_case, chairwoman, lan, now):
    emergency, drafted = clock(childs_case, "CHILD_EMERGENCY"), clock(childs_case, "CHILD_PLAN")

    assert emergency.started_at == drafted.started_at == now - HOUR
    assert emergency.due_at == now - HOUR + timedelta(hours=12)
    assert (emergency.owner_post_id, drafted.owner_post_id) == (chairwoman.post_id, lan.post_id)


def test_an_adult_victim_starts_neither(case, opened):
    assert not Obligation.objects.filter(subject_id=case.id, rule__startswith="CHILD_").exists()


@pytest.mark.parametrize(
    ("role", "birth_known", "was_child", "runs"),
    [
        (PartyRole.VICTIM, True, True, True),
        (PartyRole.VICTIM, True, None, True),  # born in the year in which the sixteenth birthday lay
        (PartyRole.VICTIM, False, None, False),
        (PartyRole.EXPOSED_CHILD, False, None, True),
        (PartyRole.VICTIM, True, False, False),
        (PartyRole.AGGRESSOR, True, True, False),
    ],
)
def test_where_anything_points_to_a_child_unknown_is_not_no(role, birth_known, was_child, runs):
    assert needs_child_protection(role, birth_known=birth_known, was_child=was_child) is runs


@pytest.mark.parametrize(
    ("told_at", "due"),
    [
        (datetime(2026, 11, 20, 23, 59, 59, tzinfo=VIETNAM), datetime(2026, 11, 27, 23, 59, 59, tzinfo=VIETNAM)),
        (datetime(2026, 11, 21, tzinfo=VIETNAM), datetime(2026, 11, 27, 23, 59, 59, tzinfo=VIETNAM)),
        (datetime(2026, 2, 13, 9, tzinfo=VIETNAM), datetime(2026, 2, 27, 23, 59, 59, tzinfo=VIETNAM)),  # Tết between
    ],
)
def test_five_working_days_wait_for_offices_and_twelve_hours_do_not(told_at, due):
    assert due_at(children.PLAN, told_at) == due
    assert due_at(children.EMERGENCY, told_at) == told_at + timedelta(hours=12)


def test_what_protects_the_child_meets_the_first_clock_and_the_plan_the_second(
    childs_case, husband, lan, chairwoman, plan, protector, decided, facts, now
):
    wish = services.Wish(kind="M_A_STOP", asked_at=now, person_id=husband)
    with acting(lan):
        services.record_measure(
            actor=lan,
            case_id=childs_case.id,
            wish=wish,
            decision=services.Decision(facts=facts("M_A_STOP", "decision")),
            now=now,
        )
    drafted = plan()

    assert clock(childs_case, "CHILD_EMERGENCY").state == clock(childs_case, "CHILD_PLAN").state == "met"
    approve = Obligation.objects.get(subject_id=drafted.id, rule="CHILD_PLAN_APPROVE")
    assert approve.started_at == now
    assert decided(chairwoman, drafted).state == State.IN_FORCE
    approve.refresh_from_db()
    assert approve.state == "met"


def test_no_plan_is_approved_without_the_one_who_must_take_part(plan, chairwoman, decided):
    with pytest.raises(services.ConditionUnmetError, match="bảo vệ trẻ em"):
        decided(chairwoman, plan())


def test_a_separation_lasts_fifteen_days_and_not_a_second_more(plan, protector, chairwoman, decided, now):
    measure = plan(kinds.CHILD_SEPARATION)
    with pytest.raises(services.TermNotLawfulError):
        decided(chairwoman, measure, ends_at=now + timedelta(days=15) + SECOND)

    assert decided(chairwoman, measure, ends_at=now + timedelta(days=15)).state == State.IN_FORCE


def test_a_father_who_hits_does_not_speak_for_the_child(lan, childs_case, plan, husband, request_, now):
    father = {"requester": Requester.GUARDIAN, "requester_name": "y blô  êban"}
    with pytest.raises(cases.GuardianIsPerpetratorError):
        plan(kinds.CHILD_SEPARATION, **father)
    with pytest.raises(cases.GuardianIsPerpetratorError):
        plan(kinds.CHILD_SEPARATION, consent_by="Y Blô Êban", consent_at=now)
    with pytest.raises(cases.GuardianIsPerpetratorError), acting(lan):
        cases.request_no_contact(actor=lan, case_id=childs_case.id, request=request_(**father), now=now)
    with pytest.raises(cases.GuardianIsPerpetratorError), acting(lan):
        services.name_protector(actor=lan, case_id=childs_case.id, name="Y Blô Êban", standing="cha", now=now)


def test_a_mother_who_was_hurt_too_may_speak_for_her(lan, childs_case, request_, now):
    mother = {"requester": Requester.GUARDIAN, "requester_name": "H'Lan Niê"}

    with acting(lan):
        assert cases.request_no_contact(actor=lan, case_id=childs_case.id, request=request_(**mother), now=now)


def test_no_protector_is_named_for_an_adult(lan, case, now):
    with pytest.raises(services.NotAChildError), acting(lan):
        services.name_protector(actor=lan, case_id=case.id, name="Ai đó", standing="xã", now=now)


def test_measures_for_children_are_offered_for_children_only(lan, case, childs_case):
    with acting(lan):
        adult, child = (queries.measures_of_case(lan, one.id) for one in (case, childs_case))

    offered = [{choice.code for choice in page.kinds} & kinds.FOR_CHILDREN for page in (adult, child)]
    assert offered == [set(), kinds.FOR_CHILDREN]
