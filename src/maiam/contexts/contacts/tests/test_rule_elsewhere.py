"""A rule laid down elsewhere binds here, and whoever may reach the person here is told as much as keeps them safe."""

from dataclasses import replace
from uuid import uuid4

import pytest

from maiam.contexts.contacts import queries, services
from maiam.contexts.contacts.events import Addressed
from maiam.contexts.contacts.rules.safe_rule import Recipient, RecipientKind, SafeRule, Way
from maiam.contexts.contacts.services.laying import NumberNotSafeError
from maiam.contexts.contacts.tests.conftest import PHONE, RULE
from maiam.contexts.duties.rules import Subject
from maiam.platform.access import acting

pytestmark = pytest.mark.django_db
FORBIDDEN = "+84905000999"
TOLD_ELSEWHERE = replace(
    RULE,
    ways=frozenset({Way.CALL, Way.LETTER}),
    must_not_pick_up="Người đàn ông trong nhà",
    letter_to="Nhà bà Ka Duyên, bon Đăk R'Moan",
    through_whom="Ka Duyên",
    never_phones=(FORBIDDEN,),
)


@pytest.fixture
def person():
    return Recipient(RecipientKind.PERSON, uuid4())


@pytest.fixture
def reached(person):
    """The same person, through a record of whichever commune."""

    def through(actor) -> Addressed:
        return Addressed(
            recipient=person,
            record=Subject("cases.case", uuid4()),
            label="người bị bạo lực",
            code="Vụ việc",
            commune_id=actor.commune_ids[0] if isinstance(actor.commune_ids, (list, tuple)) else min(actor.commune_ids),
            village_id=None,
            owner_post_id=actor.post_id,
        )

    return through


@pytest.fixture
def lay_as(reached, now):
    def laid(actor, rule):
        with acting(actor):
            return services.lay_down_rule(actor=actor, to=reached(actor), rule=rule, now=now)

    return laid


@pytest.fixture
def read_as(reached, now):
    def read(actor):
        to = reached(actor)
        with acting(actor):
            return queries.guidance(actor, to.recipient, to.record, now)

    return read


def test_it_is_told_that_it_binds_and_what_keeps_from_harm(lay_as, read_as, lan, binh):
    lay_as(binh, TOLD_ELSEWHERE)

    known = read_as(lan)

    assert known.is_from_elsewhere
    assert (known.rule.starts, known.rule.ends) == (RULE.starts, RULE.ends)
    assert known.rule.cover_words == RULE.cover_words
    assert known.rule.must_not_pick_up == "Người đàn ông trong nhà"


def test_nobody_is_told_who_helps_where_letters_go_when_it_was_asked_or_by_whom(lay_as, read_as, lan, binh):
    lay_as(binh, TOLD_ELSEWHERE)

    known = read_as(lan)

    assert (known.rule.letter_to, known.rule.through_whom, known.rule.never_phones) == ("", "", ())
    assert (known.row_id, known.ask_again_on, known.versions) == (None, None, [])
    letter = next(door for door in known.doors if door.way is Way.LETTER)
    assert not letter.verdict.is_allowed


def test_the_newest_binds_over_an_older_one_of_our_own(lay_as, read_as, lan, binh):
    lay_as(lan, replace(RULE, cover_words="Hội nông dân mời"))
    lay_as(binh, TOLD_ELSEWHERE)

    known = read_as(lan)

    assert known.rule.cover_words == RULE.cover_words
    assert [one.by_name for one in known.versions] == [lan.name]


def test_our_own_newest_is_shown_whole(lay_as, read_as, lan, binh):
    lay_as(binh, TOLD_ELSEWHERE)
    lay_as(lan, replace(RULE, through_whom="Ka Mai"))

    known = read_as(lan)

    assert not known.is_from_elsewhere
    assert known.rule.through_whom == "Ka Mai"


def test_a_number_forbidden_elsewhere_stays_forbidden(lay_as, read_as, lan, binh):
    lay_as(binh, TOLD_ELSEWHERE)

    with pytest.raises(NumberNotSafeError):
        lay_as(lan, replace(RULE, phone=FORBIDDEN))
    assert lay_as(lan, RULE).rule.never_phones == (FORBIDDEN,)


def test_whoever_is_too_near_to_the_matter_elsewhere_hears_the_doors_alone(lay_as, read_as, lan, binh, monkeypatch):
    lay_as(binh, TOLD_ELSEWHERE)
    monkeypatch.setattr(queries.rules.conflicts, "is_closed_to", lambda *_: True)

    known = read_as(lan)

    assert not known.tells_words
    assert known.rule == SafeRule(ways=TOLD_ELSEWHERE.ways, phone=PHONE)
    assert len(known.doors) == len(Way)
