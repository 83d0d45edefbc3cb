"""Whatever is told of two households, in whatever order: the register stays sound, and what was known stays known."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from maiam.contexts.families import services
from maiam.contexts.families.models import FamilyEvent, HistoryRow, Household, HouseholdMembership, Kinship, Person
from maiam.contexts.families.rules import PARENTS, MemberRole, Residence, Sex, inverse_relation
from maiam.contexts.families.services import NewHome
from maiam.contexts.families.tests.test_merging import dump
from maiam.core.law import codes
from maiam.core.text import PartialDate
from maiam.platform.errors import DomainError, NotFoundError

FIRST_DAY = date(2024, 1, 1)
DAYS = st.integers(0, 600).map(lambda days: FIRST_DAY + timedelta(days=days))
ANYONE = ANY_HOME = st.integers(0, 20)
ROLES, RESIDENCES = st.sampled_from(list(MemberRole)), st.sampled_from(list(Residence))
RELATIONS = st.sampled_from(sorted(codes.relations()))
MOMENTS_LOOKED_BACK_AT = 6


class Register(RuleBasedStateMachine):
    """An officer who tells the register whatever comes to mind. What its rules refuse must leave no trace."""

    book: Any

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = self.book.now
        self.seen: list[tuple[Any, date, set[Any]]] = []
        self.events = 0

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize()
    def two_households(self) -> None:
        man, woman = Sex.MALE, Sex.FEMALE
        head, spouse, child, parent = MemberRole.HEAD, MemberRole.SPOUSE, MemberRole.CHILD, MemberRole.PARENT
        first = (
            ("A", man, 1970, head),
            ("B", woman, 1972, spouse),
            ("C", man, 1996, child),
            ("D", woman, 1945, parent),
        )
        self.book.writes("S-1", *first)
        self.book.writes("S-2", ("E", woman, 1980, head), ("F", woman, 2000, child), ("G", man, 2015, child))

    # --- what can be told

    @rule(home=ANY_HOME, mother=ANYONE, father=ANYONE, on=DAYS)
    def birth(self, home: int, mother: int, father: int, on: date) -> None:
        child = self.book.facts(f"Bé {self.events}", birth=PartialDate(on.year, on.month, on.day))
        parents = {"mother_id": self.person(mother), "father_id": self.person(father)}
        self.tells(services.record_birth, household_id=self.home(home), child=child, **parents)

    @rule(who=ANYONE, heir=ANYONE, on=DAYS)
    def death(self, who: int, heir: int, on: date) -> None:
        heirs = {"next_head_id": self.person(heir)}
        self.tells(services.record_death, person_id=self.person(who), died_on=on, **heirs)

    @rule(one=ANYONE, other=ANYONE, home=ANY_HOME, heir=ANYONE, on=DAYS)
    def marriage(self, one: int, other: int, home: int, heir: int, on: date) -> None:
        couple = {"one_id": self.person(one), "other_id": self.person(other), "next_head_id": self.person(heir)}
        self.tells(services.record_marriage, household_id=self.home(home), married_on=on, **couple)

    @rule(one=ANYONE, other=ANYONE, on=DAYS)
    def divorce(self, one: int, other: int, on: date) -> None:
        couple = {"one_id": self.person(one), "other_id": self.person(other), "leaver_id": self.person(other)}
        self.tells(services.record_divorce, divorced_on=on, **couple)

    @rule(who=ANYONE, home=ANY_HOME, role=ROLES, residence=RESIDENCES, heir=ANYONE, on=DAYS)
    def coming(self, who: int, home: int, role: MemberRole, residence: Residence, heir: int, on: date) -> None:
        how = {"role": role, "residence": residence, "next_head_id": self.person(heir)}
        self.tells(services.move_in, household_id=self.home(home), who=self.person(who), on=on, **how)

    @rule(who=st.sets(ANYONE, min_size=1, max_size=3), home=ANY_HOME, heir=ANYONE, on=DAYS)
    def leaving(self, who: set[int], home: int, heir: int, on: date) -> None:
        people = {self.person(one) for one in who}
        heirs = {"next_head_id": self.person(heir)}
        self.tells(services.move_out, household_id=self.home(home), person_ids=people, on=on, **heirs)

    @rule(home=ANY_HOME, who=st.sets(ANYONE, min_size=1, max_size=3), heir=ANYONE, on=DAYS)
    def split(self, home: int, who: set[int], heir: int, on: date) -> None:
        people = [self.person(one) for one in sorted(who)]
        new = NewHome(code=f"S-{self.events + 10}", person_ids=people, head_id=people[0])
        heirs = {"next_head_id": self.person(heir)}
        self.tells(services.split_household, household_id=self.home(home), new=new, on=on, **heirs)

    @rule(home=ANY_HOME, into=ANY_HOME, on=DAYS)
    def households_merge(self, home: int, into: int, on: date) -> None:
        self.tells(services.merge_households, household_id=self.home(home), into_id=self.home(into), on=on)

    @rule(home=ANY_HOME, on=DAYS)
    def household_moves(self, home: int, on: date) -> None:
        self.tells(services.move_household, household_id=self.home(home), on=on, address=f"số {self.events}")

    @rule(home=ANY_HOME, who=ANYONE, on=DAYS)
    def other_head(self, home: int, who: int, on: date) -> None:
        self.tells(services.change_head, household_id=self.home(home), person_id=self.person(who), on=on)

    @rule(one=ANYONE, other=ANYONE, relation=RELATIONS)
    def kinship(self, one: int, other: int, relation: str) -> None:
        pair = {"person_id": self.person(one), "relative_id": self.person(other)}
        self.tells(services.record_kinship, relation=relation, **pair)

    @rule(which=st.integers(0, 50))
    def revocation(self, which: int) -> None:
        """Mostly one of the last things told."""
        events = FamilyEvent.objects.order_by("-recorded_at", "-id")
        if events:
            event = events[which % min(len(events), 5)]
            self.tells(services.revoke_event, event_id=event.id, reason="ghi nhầm")

    @rule(one=ANYONE, other=ANYONE)
    def merge_and_unmerge(self, one: int, other: int) -> None:
        """Two rows made one and two again are as if nothing had been done."""
        before = dump()
        with suppress(DomainError, NotFoundError), transaction.atomic():
            pair = {"kept_id": self.person(one), "folded_id": self.person(other)}
            merge = self.book.does(services.merge_persons, choices={}, **pair)
            self.book.does(services.unmerge_persons, merge_id=merge.id)
        assert dump() == before

    # --- what holds always

    @invariant()
    def one_head_at_a_time(self) -> None:
        heads = [stay for stay in self.stays() if stay.role == MemberRole.HEAD]
        assert not _overlapping(heads, by="household_id")

    @invariant()
    def nobody_in_two_permanent_residences(self) -> None:
        assert not _overlapping([stay for stay in self.stays() if stay.is_permanent], by="person_id")

    @invariant()
    def the_dead_live_nowhere(self) -> None:
        assert not [stay for stay in self.stays() if stay.ends_on is None and stay.person.died_on]

    @invariant()
    def nobody_lives_in_a_household_that_is_no_more(self) -> None:
        assert not [stay for stay in self.stays() if stay.ends_on is None and stay.household.dissolved_on]

    @invariant()
    def nobody_is_their_own_ancestor(self) -> None:
        parents = defaultdict(set)
        for link in self.kin():
            if link.relation in PARENTS:
                parents[link.person_id].add(link.relative_id)
        assert not any(person in _all_above(parents, person) for person in parents)

    @invariant()
    def kinship_is_told_from_both_sides_alike(self) -> None:
        told = Counter(_link(link) for link in self.kin())
        mirrored = Counter(_link(link, is_mirror=True) for link in self.kin())
        assert told == mirrored

    @invariant()
    def what_was_known_is_known_for_ever(self) -> None:
        """The past as it was known at an earlier moment never changes, whatever is told later."""
        for moment, day, known in self.seen[-MOMENTS_LOOKED_BACK_AT:]:
            assert self.known(day, moment) == known
        for day in (FIRST_DAY + timedelta(days=days) for days in (-1, 100, 300, 599)):
            assert self.known(day, self.now) == _held(HouseholdMembership.objects.on(day), day)

    # --- how it is told

    def tells(self, service: Any, **arguments: Any) -> None:
        """Tell one thing. A refusal leaves every row as it was; anything but a refusal is a fault of ours."""
        self.seen += [
            (self.now, day, self.known(day, self.now)) for day in (FIRST_DAY, FIRST_DAY + timedelta(days=300))
        ]
        self.now += timedelta(minutes=1)
        self.events += 1
        before = dump()
        try:
            with transaction.atomic():
                service(actor=self.book.officer, now=self.now, **arguments)
        except (DomainError, NotFoundError):
            assert dump() == before

    def known(self, day: date, moment: Any) -> set[Any]:
        return _held(HouseholdMembership.objects.on_as_known(day, moment), day)

    def person(self, number: int) -> Any:
        people = list(Person.objects.order_by("registered_at", "full_name", "id").values_list("id", flat=True))
        return people[number % len(people)]

    def home(self, number: int) -> Any:
        homes = list(Household.objects.order_by("registered_at", "code").values_list("id", flat=True))
        return homes[number % len(homes)]

    @staticmethod
    def stays() -> list[HouseholdMembership]:
        rows = HouseholdMembership.objects.filter(withdrawn_at__isnull=True)
        return list(rows.select_related("person", "household"))

    @staticmethod
    def kin() -> list[Kinship]:
        return list(Kinship.objects.filter(withdrawn_at__isnull=True))


def _held(stays: Any, day: date) -> set[Any]:
    return set(stays.values_list("household_id", "person_id", "role", "residence"))


def _overlapping(rows: Iterable[Any], *, by: str) -> list[tuple[Any, Any]]:
    return [
        (one, other)
        for one, other in combinations(rows, 2)
        if getattr(one, by) == getattr(other, by) and _share_a_day(one, other)
    ]


def _share_a_day(one: HistoryRow, other: HistoryRow) -> bool:
    first, last = max(one.starts_on, other.starts_on), min(one.ends_on or date.max, other.ends_on or date.max)
    return first < last


def _all_above(parents: dict[Any, set[Any]], person: Any) -> set[Any]:
    above, line = set(), set(parents.get(person, ()))
    while line:
        above |= line
        line = {parent for one in line for parent in parents.get(one, ())} - above
    return above


def _link(link: Kinship, *, is_mirror: bool = False) -> tuple[Any, ...]:
    days = (link.starts_on, link.ends_on)
    if is_mirror:
        return (link.relative_id, link.person_id, inverse_relation(link.relation), *days)
    return (link.person_id, link.relative_id, link.relation, *days)


@pytest.mark.django_db
def test_no_sequence_of_events_breaks_the_register(book):
    Register.book = book
    played = settings(
        max_examples=12,
        stateful_step_count=14,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )

    run_state_machine_as_test(Register, settings=played)
