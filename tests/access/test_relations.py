"""Every role in every relation to a matter: what it reaches in Python is what raw SQL gives the application's role."""

import pytest

from maiam.contexts.cases import services as cases
from maiam.contexts.cases.models import Case, CaseStep, Incident, IncidentParty, NoContact, PerpetratorFile
from maiam.contexts.conflicts import services as conflicts
from maiam.contexts.conflicts.rules import Why
from maiam.contexts.duties.models import Notice, Obligation
from maiam.contexts.reports.models import Report
from maiam.platform.access import Permission, Role, acting
from maiam.platform.access.policy import POWERS
from tests.access.test_conflicts import CLOSABLE, seen

pytestmark = pytest.mark.django_db
P = Permission
OF_PROVINCE = {
    Role.HOTLINE_OPERATOR,
    Role.PROVINCE_ANALYST,
    Role.PROVINCE_LEADER,
    Role.TRAINER,
    Role.INSPECTOR,
    Role.ADMINISTRATOR,
}
# What opens each of these to somebody of the same commune, whose post reaches all of it.
OPENED_BY = {
    Case: {P.VIEW_CASES},
    CaseStep: {P.VIEW_CASES},
    Incident: {P.VIEW_CASES},
    IncidentParty: {P.VIEW_CASES},
    PerpetratorFile: {P.VIEW_PERPETRATORS},
    NoContact: {P.VIEW_CASES, P.VIEW_NO_CONTACT},
    Report: {P.VIEW_REPORTS},
    Obligation: {P.VIEW_DUTIES, P.WATCH_DUTIES, P.VIEW_OVERVIEW},
}


@pytest.fixture
def of_role(seat, commune, village):
    """Somebody of a role, in a commune or at the province."""

    def sit(role, where=None):
        if role in OF_PROVINCE:
            return seat(role, "Người Thử")
        place = where or commune
        return seat(role, "Người Thử", commune=place, village=village if role is Role.VILLAGE_HEAD else None)

    return sit


def reached(actor):
    return {model: seen(actor, model) for model in (*CLOSABLE, *OPENED_BY)}


def assert_both_guards_agree(found):
    assert {model.__name__: pair for model, pair in found.items() if pair[0] != pair[1]} == {}


@pytest.mark.parametrize("role", list(Role))
def test_in_the_same_unit_powers_decide(role, of_role, ordered):
    found = reached(of_role(role))

    assert_both_guards_agree(found)
    if role is Role.VILLAGE_HEAD or role in OF_PROVINCE:
        return
    for model, powers in OPENED_BY.items():
        has_rows = model.objects.exists()
        assert (found[model][0] > 0) == (has_rows and bool(powers & POWERS[role])), model


@pytest.mark.parametrize("role", sorted(set(Role) - OF_PROVINCE))
def test_in_another_unit_nothing_is_reached(role, of_role, ordered, elsewhere):
    if role is Role.VILLAGE_HEAD:
        pytest.skip("a village head of another commune needs a village there; the same unit already shows nothing")
    found = reached(of_role(role, elsewhere))

    assert_both_guards_agree(found)
    assert {model.__name__ for model, pair in found.items() if pair != (0, 0)} == set()


@pytest.mark.parametrize("role", list(Role))
def test_not_on_the_list_of_a_sealed_matter_nothing_is_reached(role, of_role, ordered, case, chairwoman, now):
    somebody = of_role(role)
    with acting(chairwoman):
        cases.seal_case(actor=chairwoman, case_id=case.id, people=[], reason="Vụ việc của cán bộ.", now=now)
    found = reached(somebody)

    assert_both_guards_agree(found)
    assert {model.__name__ for model, pair in found.items() if pair != (0, 0)} == set()


@pytest.mark.parametrize("role", list(Role))
def test_in_conflict_nothing_is_reached(role, of_role, ordered, case, inspector, husband, now):
    somebody = of_role(role)
    with acting(inspector):
        conflicts.declare_conflict(
            actor=inspector,
            account_id=somebody.account_id,
            person_id=husband,
            why=Why.RELATED,
            words="anh em họ, đã đối chiếu",
            now=now,
        )
    found = reached(somebody)

    assert_both_guards_agree(found)
    assert {model.__name__ for model, pair in found.items() if pair != (0, 0)} == set()


def test_the_one_who_answers_for_the_case_reaches_it(lan, ordered, case):
    assert case.responsible_post_id == lan.post_id
    assert seen(lan, Case) == (2, 2)
    assert seen(lan, Notice)[0] == seen(lan, Notice)[1] > 0
