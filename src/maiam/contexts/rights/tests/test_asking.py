"""Who may ask, what they are given, and what is done for them."""

import io
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from maiam.contexts.cases.models import Incident, IncidentParty
from maiam.contexts.changes import services as changes
from maiam.contexts.changes.queries import current_values, token
from maiam.contexts.changes.rules import Asker as ChangeAsker
from maiam.contexts.changes.rules import Kind as ChangeKind
from maiam.contexts.changes.services import AlreadyDecidedError
from maiam.contexts.rights import queries, services
from maiam.contexts.rights.rules import Asker, Ground, Hold, Right, State
from maiam.platform.access import Actor, acting
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import ForbiddenError

from .conftest import CHILD, HUSBAND, WOMAN

pytestmark = pytest.mark.django_db


@pytest.fixture
def harmed(home, commune, now) -> Incident:
    """An incident in the files: the husband hurt the woman, the child saw it."""
    incident = Incident.objects.create(
        commune=commune, occurred_at=now, precision="day", regime="now", kinds=["physical"],
        story_sealed=b"x", recorded_at=now,
    )  # fmt: skip
    for person, role in ((home.woman, "victim"), (home.husband, "aggressor"), (home.child, "exposed_child")):
        IncidentParty.objects.create(incident=incident, person=person, name=person.full_name, role=role)
    return incident


def test_a_person_asks_once_at_a_time(ask):
    ask(Right.SEE)

    with pytest.raises(services.AlreadyAskedError):
        ask(Right.SEE)


def test_a_father_asks_for_his_child(ask, home):
    request = ask(
        Right.SEE,
        person_id=home.child.id,
        asker=Asker.REPRESENTATIVE,
        representative_id=home.husband.id,
        representative_name=HUSBAND,
    )

    assert request.representative_name == HUSBAND


@pytest.mark.parametrize("by_name_only", [False, True])
def test_who_harmed_her_never_asks_for_her_or_the_child(harmed, ask, home, by_name_only):
    for person in (home.woman, home.child):
        with pytest.raises(services.NotForThisPersonError):
            ask(
                Right.SEE,
                person_id=person.id,
                asker=Asker.REPRESENTATIVE,
                representative_id=None if by_name_only else home.husband.id,
                representative_name="y markus eban",
            )


def test_nobody_represents_themselves_and_a_representative_has_a_name(ask, home):
    with pytest.raises(services.NotForThisPersonError):
        ask(Right.SEE, asker=Asker.REPRESENTATIVE, representative_id=home.woman.id, representative_name=WOMAN)
    with pytest.raises(services.RepresentativeMissingError):
        ask(Right.SEE, asker=Asker.REPRESENTATIVE, representative_id=home.husband.id)


def test_what_a_case_names_is_kept_by_law_and_not_said_why(harmed, ask, lan, now):
    request = ask(Right.ERASE)

    with acting(lan), pytest.raises(services.HeldError) as refusal:
        services.propose_erasure(actor=lan, request_id=request.id, words="", now=now)

    assert "pháp luật buộc giữ" in str(refusal.value)
    assert "vụ việc" not in str(refusal.value)
    with acting(lan):
        assert queries.holds_on(lan, request.person_id, but=request.id) == [Hold.KEPT_BY_LAW]


def test_the_copy_holds_all_of_hers_and_nothing_of_others(harmed, ask, home, lan, now):
    """Markers of everyone else are planted all around her: none of them comes out."""
    request = ask(Right.SEE, words="Lời của H'Zebra")
    with acting(lan):
        copy = services.make_copy(actor=lan, request_id=request.id, now=now)
        services.fetch_copy(actor=lan, copy_id=copy.id, now=now)
        file = queries.copy_bytes(lan, copy.id)

    page = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    told = "\n".join(str(cell) for row in page for cell in row)
    assert WOMAN in told
    assert "03/02/1984" in told
    assert "068184000123" in told
    assert "BD-007" in told
    assert copy.serial in told
    for marker in (HUSBAND, CHILD, "905000222", "Markus", "physical", "aggressor", "nạn nhân"):
        assert marker not in told


def test_the_same_sentence_stands_in_every_copy_whether_there_is_a_case_or_not(ask, home, lan, now):
    request = ask(Right.SEE)
    with acting(lan):
        copy = services.make_copy(actor=lan, request_id=request.id, now=now)
        services.fetch_copy(actor=lan, copy_id=copy.id, now=now)
        file = queries.copy_bytes(lan, copy.id)

    page = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    assert any(queries.NOT_HERE in row for row in page)


def test_a_copy_is_fetched_by_who_made_it_within_minutes(ask, lan, now):
    request = ask(Right.SEE)
    with acting(lan):
        copy = services.make_copy(actor=lan, request_id=request.id, now=now)
        services.fetch_copy(actor=lan, copy_id=copy.id, now=now)
        services.fetch_copy(actor=lan, copy_id=copy.id, now=now + timedelta(minutes=9))
        with pytest.raises(services.CopyGoneError):
            services.fetch_copy(actor=lan, copy_id=copy.id, now=now + timedelta(minutes=10))


def test_her_number_is_read_on_the_record(ask, lan, now):
    request = ask(Right.SEE)

    with acting(lan):
        services.make_copy(actor=lan, request_id=request.id, now=now)

    assert AuditEntry.objects.filter(action="families.identity_number.opened").count() == 1


def test_seeing_is_done_once_a_copy_was_made(ask, lan, now):
    request = ask(Right.SEE)
    with acting(lan):
        with pytest.raises(services.NoCopyYetError):
            services.finish(actor=lan, request_id=request.id, words="", now=now)
        services.make_copy(actor=lan, request_id=request.id, now=now)
        assert services.finish(actor=lan, request_id=request.id, words="", now=now).state == State.DONE


def test_a_correction_is_a_change_of_the_register_and_ends_with_it(ask, home, lan, now):
    request = ask(Right.CORRECT)
    with acting(lan):
        with pytest.raises(services.NoChangeYetError):
            services.finish(actor=lan, request_id=request.id, words="", now=now)
        asked = changes.Asked(
            kind=ChangeKind.FACTS, values={"phone": "+84905000999"}, person_id=home.woman.id, asker=ChangeAsker.PERSON
        )
        change = changes.ask_change(actor=lan, asked=asked, now=now)
        seen = token(current_values(lan, home.woman.id), change.proposed)
        changes.decide_change(actor=lan, request_id=change.id, accepted=["phone"], words="", seen=seen, now=now)

    request.refresh_from_db()
    home.woman.refresh_from_db()
    assert (request.state, request.change_id, home.woman.phone) == (State.DONE, change.id, "+84905000999")


def test_a_change_refused_leaves_the_ground_to_be_said(ask, home, lan, now):
    request = ask(Right.CORRECT)
    with acting(lan):
        asked = changes.Asked(kind=ChangeKind.FACTS, values={"phone": "+84905000999"}, person_id=home.woman.id)
        change = changes.ask_change(actor=lan, asked=asked, now=now)
        changes.decide_change(actor=lan, request_id=change.id, accepted=[], words="Không đúng.", seen="", now=now)
        with pytest.raises(AlreadyDecidedError):
            changes.decide_change(actor=lan, request_id=change.id, accepted=[], words="Không.", seen="", now=now)

    request.refresh_from_db()
    assert (request.state, request.change_id) == (State.RECEIVED, None)


def test_restricting_and_lifting_do_what_they_say(ask, home, lan, now):
    for right, rests in ((Right.RESTRICT, True), (Right.LIFT, False)):
        request = ask(right)
        with acting(lan):
            services.finish(actor=lan, request_id=request.id, words="", now=now)
        home.woman.refresh_from_db()
        assert bool(home.woman.restricted_at) is rests


def test_a_consent_that_was_never_given_cannot_be_withdrawn(ask, lan, now):
    request = ask(Right.WITHDRAW)

    with acting(lan), pytest.raises(services.NoConsentError):
        services.finish(actor=lan, request_id=request.id, words="", now=now)


def test_a_refusal_has_a_ground_and_words(ask, lan, now):
    request = ask(Right.ERASE)
    with acting(lan):
        with pytest.raises(services.WordsMissingError):
            services.refuse(actor=lan, request_id=request.id, ground=Ground.KEPT_BY_LAW, words="", now=now)
        services.refuse(actor=lan, request_id=request.id, ground=Ground.KEPT_BY_LAW, words="Luật buộc giữ.", now=now)

    request.refresh_from_db()
    assert (request.state, request.ground) == (State.REFUSED, Ground.KEPT_BY_LAW)


def test_only_the_commune_officer_takes_requests_down(ask, chairwoman, village_head, police_chief):
    for actor in (chairwoman, village_head, police_chief, Actor.public()):
        with pytest.raises(ForbiddenError):
            ask(Right.SEE, by=actor)
