"""Erasure: by two people, wholly, with a proof, and again after a backup comes back."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from maiam.contexts.changes import services as changes
from maiam.contexts.changes.rules import Asker
from maiam.contexts.changes.rules import Kind as ChangeKind
from maiam.contexts.families import services as families
from maiam.contexts.families.events import person_erased
from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.contexts.families.services import PersonFacts
from maiam.contexts.rights import queries, services
from maiam.contexts.rights.models import ErasureProof, RightsRequest
from maiam.contexts.rights.rules import Hold, Right, State
from maiam.core.text import fold
from maiam.platform.access import Actor, acting
from maiam.platform.errors import ForbiddenError

from .conftest import HOUSE, WOMAN

pytestmark = pytest.mark.django_db

SPELLINGS = (WOMAN, "H'Zebra", "Zebra Niê", fold(WOMAN), "Mí Nhỏ", "905000111", "068184000123", "Zêbra")


@pytest.fixture
def long_life(home, lan, now):
    """She was corrected, merged with a double of hers, asked for a change, and took part in events."""
    with acting(lan):
        facts = PersonFacts(full_name="H'Zêbra Niê", commune_id=home.woman.commune_id, village_id=home.woman.village_id)
        double = families.register_person(actor=lan, facts=facts, now=now)
        corrected = PersonFacts(full_name="H'Zebra Niê Cũ", commune_id=home.woman.commune_id)
        families.correct_person(actor=lan, person_id=double.id, facts=corrected, now=now)
        families.merge_persons(actor=lan, kept_id=home.woman.id, folded_id=double.id, choices={}, now=now)
        asked = changes.Asked(
            kind=ChangeKind.FACTS,
            values={"full_name": "H'Zebra Niê Kđăm Mới"},
            person_id=home.woman.id,
            asker=Asker.PERSON,
            why="H'Zebra nói giấy ghi khác.",
        )
        row = changes.ask_change(actor=lan, asked=asked, now=now)
        changes.decide_change(
            actor=lan, request_id=row.id, accepted=[], words="H'Zebra chưa có giấy.", seen="", now=now
        )
    return home


def test_no_name_is_left_in_any_table(long_life, erase, everything):
    before = everything()
    assert all(spelling in before for spelling in SPELLINGS[:5])
    assert "H'Zêbra" in before

    request = erase(words="H'Zebra muốn xóa hết.")

    after = everything()
    assert request.state == State.DONE
    assert {spelling: after.count(spelling) for spelling in SPELLINGS} == dict.fromkeys(SPELLINGS, 0)


def test_counts_stay_and_nothing_is_orphaned(long_life, erase):
    people, stays = Person.objects.count(), HouseholdMembership.objects.count()

    erase()

    assert (Person.objects.count(), HouseholdMembership.objects.count()) == (people, stays)
    assert not HouseholdMembership.objects.exclude(person__in=Person.objects.all()).exists()


def test_the_proof_says_what_and_who_but_no_name_of_hers(erase, lan, chairwoman, now):
    request = erase()

    proof = ErasureProof.objects.get(request=request)
    assert (proof.proposed_by_name, proof.approved_by_name) == (lan.name, chairwoman.name)
    assert proof.emptied["Thông tin trong sổ hộ gia đình"] == 1
    assert queries.is_genuine(proof)
    proof.emptied = {"Thông tin trong sổ hộ gia đình": 2}
    assert not queries.is_genuine(proof)


def test_nobody_erases_alone(ask, lan, chairwoman, now):
    request = ask(Right.ERASE)

    with acting(lan):
        with pytest.raises(services.NotNowError):
            services.finish(actor=lan, request_id=request.id, words="", now=now)
        services.propose_erasure(actor=lan, request_id=request.id, words="", now=now)
        with pytest.raises(ForbiddenError):
            services.decide_erasure(actor=lan, request_id=request.id, agrees=True, reason="", now=now)
    RightsRequest.objects.update(proposed_by_account_id=chairwoman.account_id)
    with acting(chairwoman), pytest.raises(services.SamePersonError):
        services.decide_erasure(actor=chairwoman, request_id=request.id, agrees=True, reason="", now=now)


def test_the_chairwoman_sends_it_back_with_a_reason(ask, lan, chairwoman, now):
    request = ask(Right.ERASE)
    with acting(lan):
        services.propose_erasure(actor=lan, request_id=request.id, words="", now=now)

    with acting(chairwoman):
        services.decide_erasure(
            actor=chairwoman, request_id=request.id, agrees=False, reason="Hỏi lại chị ấy.", now=now
        )

    request.refresh_from_db()
    assert request.state == State.IN_WORK


def test_an_open_change_holds_it_even_after_the_yes(ask, home, lan, chairwoman, now):
    request = ask(Right.ERASE)
    with acting(lan):
        services.propose_erasure(actor=lan, request_id=request.id, words="", now=now)
    with acting(chairwoman):
        services.decide_erasure(actor=chairwoman, request_id=request.id, agrees=True, reason="", now=now)
    with acting(lan):
        asked = changes.Asked(kind=ChangeKind.FACTS, values={"phone": "+84905000999"}, person_id=home.woman.id)
        changes.ask_change(actor=lan, asked=asked, now=now)

    with acting(HOUSE):
        assert services.carry_next_erasure(actor=HOUSE, now=now) is None

    request.refresh_from_db()
    home.woman.refresh_from_db()
    assert (request.state, home.woman.erased_at) == (State.IN_WORK, None)
    with acting(lan):
        assert queries.holds_on(lan, home.woman.id, but=request.id) == [Hold.OPEN_CHANGE]
        with pytest.raises(services.HeldError):
            services.propose_erasure(actor=lan, request_id=request.id, words="", now=now)


@pytest.fixture
def at_work(home):
    """A worker has something that names her, so that it cannot be let go of yet; call to end its work."""

    def refuse(*, person_id, **_):
        if person_id == home.woman.id:
            raise families.ErasureWaitsError

    person_erased.connect(refuse)
    yield lambda: person_erased.disconnect(refuse)
    person_erased.disconnect(refuse)


def test_what_has_to_wait_for_a_worker_stops_nobody_elses_erasure(at_work, erase, ask, home, now):
    hers, his = erase(), erase(person_id=home.husband.id)

    home.woman.refresh_from_db()
    assert (hers.state, home.woman.full_name, his.state) == (State.APPROVED, WOMAN, State.DONE)

    at_work()
    with acting(HOUSE):
        services.carry_next_erasure(actor=HOUSE, now=now)

    hers.refresh_from_db()
    assert hers.state == State.DONE


def test_killed_in_the_middle_it_is_done_once(erase, home, now):
    erase()

    with acting(HOUSE):
        assert services.carry_next_erasure(actor=HOUSE, now=now) is None
    assert ErasureProof.objects.count() == 1


def test_a_restored_backup_forgets_her_again(
    erase, home, lan, now, list_of_the_erased, django_capture_on_commit_callbacks, capsys
):
    with django_capture_on_commit_callbacks(execute=True):
        erase()
    assert str(home.woman.id) in list_of_the_erased.read_text()
    Person.objects.filter(id=home.woman.id).update(full_name=WOMAN, erased_at=None)

    call_command("rights_reapply_erasures")

    home.woman.refresh_from_db()
    assert home.woman.full_name != WOMAN
    assert "1 erased again" in capsys.readouterr().out


def test_a_line_written_by_hand_erases_nobody(home, list_of_the_erased, now):
    list_of_the_erased.parent.mkdir()
    line = queries.erased.line_of(str(home.woman.id), now).replace('"mark":"', '"mark":"0')
    list_of_the_erased.write_text(line + "\n")

    with pytest.raises(CommandError, match="line 1"):
        call_command("rights_reapply_erasures")

    home.woman.refresh_from_db()
    assert home.woman.full_name == WOMAN


def test_the_commune_next_door_reaches_no_request(ask, binh, now):
    request = ask(Right.SEE)

    with acting(binh):
        assert queries.requests(binh, is_open=True) == []
        assert not RightsRequest.objects.filter(id=request.id).exists()


def test_an_officer_may_not_play_the_house(lan, now):
    with acting(lan), pytest.raises(ForbiddenError):
        services.carry_next_erasure(actor=lan, now=now)


def test_old_copies_are_emptied(ask, lan, now):
    request = ask(Right.SEE)
    with acting(lan):
        copy = services.make_copy(actor=lan, request_id=request.id, now=now)
    house = Actor.system("rights")

    with acting(house):
        assert services.forget_copies(actor=house, now=now + timedelta(hours=23)) == 0
        assert services.forget_copies(actor=house, now=now + timedelta(hours=24)) == 1

    copy.refresh_from_db()
    assert bytes(copy.sealed) == b""
