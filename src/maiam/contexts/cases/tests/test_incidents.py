"""A report becomes an incident and cases, or joins one, in one stroke with its outcome."""

from dataclasses import replace
from datetime import timedelta

import pytest

from maiam.contexts.cases import queries, services
from maiam.contexts.cases.models import Case, Incident, IncidentParty, IncidentReport, PerpetratorFile
from maiam.contexts.cases.rules.incidents import PartyRole, ReportRelation, Verification
from maiam.contexts.cases.services import (
    ActNotInLawError,
    HappenedInFutureError,
    NoVictimError,
    People,
    PersonUnknownError,
    RelationMissingError,
    VerificationNotOpenError,
)
from maiam.contexts.reports.models import Report
from maiam.contexts.reports.rules.states import Outcome
from maiam.core.text import PartialDate
from maiam.platform.access import acting
from maiam.platform.errors import ForbiddenError, NotFoundError
from maiam.platform.ids import new_id


@pytest.fixture
def open_it(lan, reported, account, people, now):
    """Open an incident from a report, with what a test changes."""

    def do(*, actor=None, **changes):
        told = {"account": account, "people": people, "report_id": None} | changes
        told["report_id"] = told["report_id"] or reported()
        with acting(actor or lan):
            return services.open_from_report(actor=actor or lan, reason="Sự việc mới.", now=now, **told)

    return do


def test_each_protected_person_gets_a_case_of_their_own(opened, wife, daughter):
    assert set(Case.objects.values_list("person_id", flat=True)) == {wife, daughter}


def test_the_report_has_its_outcome_and_stays_as_it_was_told(opened):
    link = IncidentReport.objects.get(incident_id=opened.incident_id)

    assert link.relation == ReportRelation.FIRST
    assert Report.objects.get(id=link.report_id).outcome == Outcome.NEW_INCIDENT


def test_the_perpetrator_has_a_file_apart_and_no_case(opened, husband):
    assert PerpetratorFile.objects.get().person_id == husband
    assert not Case.objects.filter(person_id=husband).exists()


def test_a_code_tells_nothing_but_the_year_and_a_number(opened):
    assert sorted(case.code for case in Case.objects.all()) == ["VV-2026-0001", "VV-2026-0002"]


def test_the_story_is_unreadable_in_the_database(opened, account):
    incident = Incident.objects.get()

    assert account.story.encode() not in bytes(incident.story_sealed)
    assert incident.story == account.story


def test_we_know_who_was_a_child_that_day_and_who_may_have_been(open_it, account, someone, husband):
    nobody_knows = someone("H'Yar", born=None)
    of_sixteen_this_year = someone("H'Linh", born=2010)
    roles = {
        nobody_knows: PartyRole.VICTIM,
        of_sixteen_this_year: PartyRole.VICTIM,
        husband: PartyRole.AGGRESSOR,
    }
    relations = {(husband, nobody_knows): "other", (husband, of_sixteen_this_year): "birth_parent"}

    open_it(people=People(roles, relations))

    known = dict(IncidentParty.objects.values_list("person_id", "was_child"))
    assert known == {nobody_knows: None, of_sixteen_this_year: None, husband: False}


def test_an_act_before_the_law_of_2022_is_judged_by_the_law_of_its_day(open_it, account):
    old = replace(account, occurred_on=PartialDate(2023, 6, 30), acts=("ACT_A",))

    opened = open_it(account=old)

    assert Incident.objects.get(id=opened.incident_id).regime == "law_2007"


def test_an_act_the_old_law_did_not_know_is_refused_by_its_field(open_it, account):
    with pytest.raises(ActNotInLawError, match="ACT_C"):
        open_it(account=replace(account, occurred_on=PartialDate(2023, 6, 30)))
    open_it(account=replace(account, occurred_on=PartialDate(2023, 7, 1)))


def test_nothing_happens_in_the_future(open_it, account, now):
    with pytest.raises(HappenedInFutureError):
        open_it(account=replace(account, occurred_on=PartialDate.exact(now.date() + timedelta(days=1))))


def test_a_year_alone_is_kept_as_a_year(open_it, account):
    opened = open_it(account=replace(account, occurred_on=PartialDate(2024)))

    assert Incident.objects.get(id=opened.incident_id).precision == "year"


def test_without_a_victim_there_is_no_incident_and_the_report_stays_open(open_it, reported, husband):
    report_id = reported()

    with pytest.raises(NoVictimError):
        open_it(report_id=report_id, people=People({husband: PartyRole.AGGRESSOR}, {}))

    assert Report.objects.get(id=report_id).is_open


def test_what_the_perpetrator_is_to_each_victim_must_be_said(open_it, people, husband, daughter):
    with pytest.raises(RelationMissingError):
        open_it(people=People(people.roles, {(husband, daughter): "birth_parent"}))


def test_a_person_who_is_not_in_the_register_is_refused(open_it, people, husband):
    stranger = new_id()

    with pytest.raises(PersonUnknownError):
        open_it(people=People({stranger: PartyRole.VICTIM}, {}))


def test_a_second_incident_joins_the_open_case(open_it, opened, reported, wife):
    second = open_it(report_id=reported("một tin khác"))

    assert Case.objects.get(person_id=wife).incident_links.count() == 2
    assert set(second.case_ids) == set(opened.case_ids)


def test_a_second_report_of_the_same_incident_is_linked_and_ended(lan, opened, reported, now):
    report_id = reported("tin thứ hai")

    with acting(lan):
        services.join_incident(
            actor=lan,
            report_id=report_id,
            incident_id=opened.incident_id,
            relation=ReportRelation.CONTRADICTS,
            reason="Cùng đêm, cùng nhà; người này kể khác.",
            now=now,
        )

    assert Report.objects.get(id=report_id).outcome == Outcome.SAME_INCIDENT
    assert IncidentReport.objects.filter(incident_id=opened.incident_id).count() == 2


def test_a_report_is_not_joined_to_an_incident_elsewhere(binh, opened, reported, now):
    with pytest.raises(NotFoundError), acting(binh):
        services.join_incident(
            actor=binh,
            report_id=reported("tin thứ ba"),
            incident_id=opened.incident_id,
            relation=ReportRelation.SAME,
            reason="Nhầm.",
            now=now,
        )


def test_the_police_open_no_case(open_it, police_chief):
    with pytest.raises(ForbiddenError):
        open_it(actor=police_chief)


def test_an_incident_is_checked_before_it_is_confirmed(lan, opened, now):
    def verify(to):
        with acting(lan):
            services.verify_incident(actor=lan, incident_id=opened.incident_id, to=to, now=now)

    with pytest.raises(VerificationNotOpenError):
        verify(Verification.CONFIRMED)
    verify(Verification.BEING_CHECKED)
    verify(Verification.CONFIRMED)

    assert Incident.objects.get().verification == Verification.CONFIRMED


def test_the_cases_of_one_home_are_tied_and_a_later_one_joins_them(lan, opened, reported, account, people, now):
    with acting(lan):
        first = {case.person_id: case for case in Case.objects.all()}
        again = services.open_from_report(
            actor=lan, report_id=reported("trang 13"), account=account, people=people, reason="Lần nữa.", now=now
        )
        pages = [queries.case_detail(lan, case.id, now) for case in first.values()]

    assert len({case.matter_id for case in first.values()} | set(Case.objects.values_list("matter_id", flat=True))) == 1
    assert set(again.case_ids) == {case.id for case in first.values()}
    assert [[tied.id for tied in page.tied] for page in pages] == [[page.id] for page in reversed(pages)]
