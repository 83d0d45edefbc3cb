"""Nothing goes before its time, nor while something holds it, nor without two people; then all of it goes."""

from datetime import timedelta

import pytest

from maiam.contexts.changes import services as changes
from maiam.contexts.changes.models import ChangeRequest, ChangeStep
from maiam.contexts.changes.rules import Kind as ChangeKind
from maiam.contexts.families.events import person_erased
from maiam.contexts.families.models import Person
from maiam.contexts.families.services import ErasureWaitsError
from maiam.contexts.retention import queries, services
from maiam.contexts.retention.models import Preview, PreviewLine
from maiam.contexts.retention.rules import Fate, Hold, Kind, State
from maiam.contexts.rights import services as rights
from maiam.contexts.rights.models import RightsRequest
from maiam.contexts.rights.rules import Right, Shown
from maiam.core.law.retention import kept_until
from maiam.platform.access import acting
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import ForbiddenError, NotFoundError

from .conftest import ALIVE, DEAD, GONE, HOUSE, YEAR

pytestmark = pytest.mark.django_db


def test_after_thirty_years_only_what_may_stay_is_left(people, answered, preview, agree, now):
    later = now + 30 * YEAR
    for _ in range(2):
        for row in preview(later).values():
            agree(row, later)

    names = set(Person.objects.values_list("full_name", flat=True))
    change, request = ChangeRequest.objects.get(), RightsRequest.objects.get()
    assert ALIVE in names
    assert not {DEAD, GONE} & names
    assert Person.objects.filter(erased_at__isnull=False).count() == 2
    assert (change.why, set(change.proposed.values())) == ("", {""})
    assert not ChangeStep.objects.exclude(words="").exists()
    assert (request.words_sealed, request.forgotten_at) == (None, later)
    assert not request.steps.exclude(words_sealed=None).exists()
    assert preview(later) == {}


def test_nothing_is_previewed_before_its_time(people, answered, preview, now):
    assert preview(kept_until(now, 60) - timedelta(days=2)) == {}
    assert set(preview(kept_until(now, 60) + timedelta(days=1))) == {Kind.CHANGE_ENDED, Kind.RIGHTS_ENDED}


def test_first_the_data_rest_and_then_they_go(people, preview, agree, now):
    ten = kept_until(now, 120) + timedelta(days=2)
    agree(preview(ten)[Kind.PERSON_REST], ten)

    rested = Person.objects.get(id=people.dead.id)
    assert (rested.full_name, rested.restricted_at) == (DEAD, ten)
    assert Kind.PERSON_REST not in preview(ten)

    twenty = kept_until(now, 240) + timedelta(days=2)
    agree(preview(twenty)[Kind.PERSON_ERASE], twenty)
    assert Person.objects.get(id=people.dead.id).erased_at == twenty


def test_a_preview_changes_nothing(people, answered, preview, now):
    before = list(Person.objects.order_by("id").values())

    preview(now + 30 * YEAR)

    assert list(Person.objects.order_by("id").values()) == before


def test_an_open_request_of_the_person_holds_them(people, preview, lan, now):
    later = now + 30 * YEAR
    with acting(lan):
        wish = rights.Asked(person_id=people.dead.id, right=Right.SEE, shown=Shown.IDENTITY_CARD)
        rights.ask(actor=lan, asked=wish, now=later)

    row = preview(later)[Kind.PERSON_ERASE]

    line = PreviewLine.objects.get(preview=row, subject_id=people.dead.id)
    assert (line.fate, line.hold) == (Fate.HELD, Hold.OPEN_REQUEST)


def test_what_comes_up_after_the_yes_still_holds(people, preview, lan, inspector, administrator, now):
    later = now + 30 * YEAR
    row = preview(later)[Kind.PERSON_ERASE]
    with acting(administrator):
        services.propose_preview(actor=administrator, preview_id=row.id, now=later)
    with acting(inspector):
        services.decide_preview(actor=inspector, preview_id=row.id, agrees=True, reason="", now=later)
    with acting(lan):
        asked = changes.Asked(kind=ChangeKind.FACTS, values={"phone": "+84905000999"}, person_id=people.gone.id)
        changes.ask_change(actor=lan, asked=asked, now=later)

    with acting(HOUSE):
        list(services.carry_previews(actor=HOUSE, now=later))

    fates = dict(PreviewLine.objects.filter(preview=row).values_list("subject_id", "fate"))
    assert fates == {people.dead.id: Fate.DONE, people.gone.id: Fate.HELD}
    assert Person.objects.get(id=people.gone.id).full_name == GONE


def test_those_held_hide_none_of_the_others(people, preview, lan, now, monkeypatch):
    monkeypatch.setattr("maiam.contexts.retention.services.previewing.LINES_AT_ONCE", 1)
    later = now + 30 * YEAR
    with acting(lan):
        for person in (people.dead, people.gone):
            wish = rights.Asked(person_id=person.id, right=Right.SEE, shown=Shown.IDENTITY_CARD)
            rights.ask(actor=lan, asked=wish, now=later)
    Person.objects.filter(id=people.alive.id).update(died_on=now.date())
    people.alive.memberships.update(ends_on=now.date())

    row = preview(later)[Kind.PERSON_ERASE]

    fates = dict(PreviewLine.objects.filter(preview=row).values_list("subject_id", "fate"))
    assert fates == {people.dead.id: Fate.HELD, people.gone.id: Fate.HELD, people.alive.id: Fate.WAITING}


def test_what_a_worker_has_in_hand_is_held_until_the_next_preview(people, preview, agree, now):
    def refuse(*, person_id, **_):
        if person_id == people.dead.id:
            raise ErasureWaitsError

    later = now + 30 * YEAR
    row = preview(later)[Kind.PERSON_ERASE]
    person_erased.connect(refuse)
    try:
        agree(row, later)
    finally:
        person_erased.disconnect(refuse)

    row.refresh_from_db()
    lines = {line.subject_id: (line.fate, line.hold) for line in row.lines.all()}
    assert row.state == State.DONE
    assert lines == {people.dead.id: (Fate.HELD, Hold.LIST_AT_WORK), people.gone.id: (Fate.DONE, "")}
    assert set(preview(later + timedelta(days=1))) >= {Kind.PERSON_ERASE}


def test_who_came_back_is_not_due_any_more(people, preview, agree, now):
    later = now + 30 * YEAR
    row = preview(later)[Kind.PERSON_ERASE]
    people.gone.memberships.update(ends_on=None)

    agree(row, later)

    assert PreviewLine.objects.get(preview=row, subject_id=people.gone.id).fate == Fate.NOT_DUE
    assert Person.objects.get(id=people.gone.id).full_name == GONE


def test_nobody_agrees_to_their_own_proposal(people, preview, inspector, province_leader, now):
    later = now + 30 * YEAR
    row = preview(later)[Kind.PERSON_ERASE]
    with acting(inspector):
        services.propose_preview(actor=inspector, preview_id=row.id, now=later)
        with pytest.raises(services.SamePersonError):
            services.decide_preview(actor=inspector, preview_id=row.id, agrees=True, reason="", now=later)

    with acting(province_leader):
        with pytest.raises(services.ReasonMissingError):
            services.decide_preview(actor=province_leader, preview_id=row.id, agrees=False, reason="", now=later)
        services.decide_preview(actor=province_leader, preview_id=row.id, agrees=False, reason="Hỏi lại.", now=later)

    row.refresh_from_db()
    assert row.state == State.SENT_BACK
    with acting(HOUSE):
        assert list(services.carry_previews(actor=HOUSE, now=later)) == []


def test_a_changed_period_outdates_what_was_previewed(people, preview, inspector, now):
    later = now + 30 * YEAR
    row = preview(later)[Kind.PERSON_ERASE]
    with acting(inspector):
        services.set_period(actor=inspector, code=Kind.PERSON_ERASE, months=600, why="Tỉnh quyết định.", now=later)

        with pytest.raises(services.OutdatedError):
            services.propose_preview(actor=inspector, preview_id=row.id, now=later)

        assert queries.months_in_force(inspector, Kind.PERSON_ERASE) == 600
    assert Kind.PERSON_ERASE not in preview(later)


def test_nobody_sets_a_period_that_ends_by_its_own_clock(inspector, lan, now):
    with acting(inspector):
        for code in ("IMPORTED_LIST", "VIOLENCE_FILES", "NO_SUCH"):
            with pytest.raises(NotFoundError):
                services.set_period(actor=inspector, code=code, months=1, why="x", now=now)
    with acting(lan), pytest.raises(ForbiddenError):
        services.set_period(actor=lan, code=Kind.CHANGE_ENDED, months=1, why="x", now=now)


def test_killed_between_two_steps_the_next_run_goes_on(people, preview, inspector, administrator, now, monkeypatch):
    monkeypatch.setattr("maiam.contexts.retention.services.carrying.LINES_A_STEP", 1)
    later = now + 30 * YEAR
    row = preview(later)[Kind.PERSON_ERASE]
    with acting(administrator):
        services.propose_preview(actor=administrator, preview_id=row.id, now=later)
    with acting(inspector):
        services.decide_preview(actor=inspector, preview_id=row.id, agrees=True, reason="", now=later)

    with acting(HOUSE):
        next(services.carry_previews(actor=HOUSE, now=later))
        assert row.lines.filter(fate=Fate.DONE).count() == 1
        list(services.carry_previews(actor=HOUSE, now=later))

    row.refresh_from_db()
    assert (row.state, row.lines.filter(fate=Fate.DONE).count()) == (State.DONE, 2)
    assert AuditEntry.objects.filter(action="families.person.erased").count() == 2


def test_who_goes_by_time_goes_again_after_a_restored_backup(
    people, preview, agree, now, list_of_the_erased, django_capture_on_commit_callbacks
):
    later = now + 30 * YEAR
    with django_capture_on_commit_callbacks(execute=True):
        agree(preview(later)[Kind.PERSON_ERASE], later)

    assert str(people.dead.id) in list_of_the_erased.read_text()


def test_a_newer_preview_replaces_one_nobody_proposed(people, preview, administrator, now):
    later = now + 30 * YEAR
    first = preview(later)[Kind.PERSON_ERASE]
    second = preview(later + timedelta(days=1))[Kind.PERSON_ERASE]
    with acting(administrator):
        services.propose_preview(actor=administrator, preview_id=second.id, now=later)

    assert Kind.PERSON_ERASE not in preview(later + timedelta(days=2))
    first.refresh_from_db()
    assert first.state == State.REPLACED
    assert Preview.objects.filter(code=Kind.PERSON_ERASE).count() == 2
