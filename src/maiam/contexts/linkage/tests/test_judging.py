"""A person decides; each commune sees its own people only."""

import pytest

from maiam.contexts.families import queries as families
from maiam.contexts.families.models import Person
from maiam.contexts.families.rules import Side
from maiam.contexts.linkage import queries, services
from maiam.contexts.linkage.models import CandidatePair
from maiam.contexts.linkage.rules import State
from maiam.platform.access import acting
from maiam.platform.errors import ForbiddenError, NotFoundError


@pytest.fixture
def across(write, search, binh) -> CandidatePair:
    """A woman in the registers of two communes."""
    write(phone="+84905000111")
    write(by=binh, phone="+84905000111")
    search()
    return CandidatePair.objects.get()


def test_merging_takes_the_chosen_facts_and_closes_the_pair(pair, lan, now):
    kept, folded = sorted((pair.one, pair.other), key=lambda person: person.full_name.isupper())

    with acting(lan):
        services.merge_pair(actor=lan, pair_id=pair.id, kept_id=folded.id, choices={"full_name": Side.FOLDED}, now=now)
        page = queries.pair(lan, pair.id, now)

    assert Person.objects.get(id=folded.id).full_name == kept.full_name
    assert page.pair.state == State.SAME


def test_undoing_gives_both_back_and_does_not_ask_again(pair, search, lan, now):
    with acting(lan):
        services.merge_pair(actor=lan, pair_id=pair.id, kept_id=pair.one_id, choices={}, now=now)
        services.undo_pair(actor=lan, pair_id=pair.id, now=now)
        assert families.current_person_id(lan, pair.other_id) == pair.other_id

    assert search().again == 0
    pair.refresh_from_db()
    assert pair.state == State.UNDONE


def test_what_was_told_apart_can_be_looked_at_again(pair, lan, now):
    with acting(lan):
        services.tell_pair_apart(actor=lan, pair_id=pair.id, now=now)
        services.undo_pair(actor=lan, pair_id=pair.id, now=now)

        assert queries.queue(lan, page="1").lines


def test_a_pair_is_decided_once(pair, lan, now):
    with acting(lan):
        services.tell_pair_apart(actor=lan, pair_id=pair.id, now=now)

        with pytest.raises(services.AlreadyJudgedError):
            services.merge_pair(actor=lan, pair_id=pair.id, kept_id=pair.one_id, choices={}, now=now)


def test_what_is_put_off_comes_last(pair, write, search, lan, now):
    write("Lê Thị Mai")
    write("Lê Thị Mai")
    search()
    with acting(lan):
        first = queries.queue(lan, page="1").lines[0].id
        services.put_pair_off(actor=lan, pair_id=first, now=now)

        assert [line.id for line in queries.queue(lan, page="1").lines][-1] == first


def test_across_communes_each_sees_that_there_is_someone_and_not_who(across, lan, binh, now, elsewhere):
    with acting(lan):
        page = queries.pair(lan, across.id, now)
        line = queries.queue(lan, page="1").lines[0]

    assert not page.can_merge
    assert page.facts == []
    assert page.elsewhere == elsewhere.name
    assert f"một người ở {elsewhere.name}" in line.names


def test_across_communes_nobody_merges(across, lan, now):
    with acting(lan), pytest.raises(services.OtherCommuneError):
        services.merge_pair(actor=lan, pair_id=across.id, kept_id=across.one_id, choices={}, now=now)


def test_nobody_else_sees_the_pair(pair, binh, chairwoman, village_head, now):
    with acting(binh), pytest.raises(NotFoundError):
        queries.pair(binh, pair.id, now)
    for actor in (chairwoman, village_head):
        with acting(actor), pytest.raises(ForbiddenError):
            queries.pair(actor, pair.id, now)


def test_someone_of_another_pair_cannot_be_kept(pair, write, lan, now):
    stranger = write("Lê Thị Mai")

    with acting(lan), pytest.raises(NotFoundError):
        services.merge_pair(actor=lan, pair_id=pair.id, kept_id=stranger.id, choices={}, now=now)
