"""No sequence of permitted acts breaks a no-contact measure: hypothesis plays officer, chairwoman, police and clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from maiam.contexts.cases import services
from maiam.contexts.cases.models import Case, NoContact, OfficialDocument
from maiam.contexts.cases.rules.no_contact import (
    STOPPED,
    Addressee,
    BreachKind,
    DeliveryMethod,
    RequestChannel,
    State,
    cancel_grounds,
)
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.contexts.duties.models import Obligation
from maiam.core.law.no_contact import TERM, CancelGround, Ground, Requester
from maiam.platform.access import Actor, acting
from maiam.platform.errors import DomainError, NotFoundError

LAWFUL_TERMS = st.sampled_from([timedelta(days=3), timedelta(hours=1), timedelta(days=2)])
WHY, SILENCES = "Đã đe dọa", ["", "  ", "\n"]
UNLAWFUL = st.sampled_from(
    [
        *((timedelta(days=3) + over, WHY) for over in (timedelta(seconds=1), timedelta(days=27))),
        *((none, WHY) for none in (timedelta(0), timedelta(days=-1))),
        *((timedelta(days=1), silence) for silence in SILENCES),
    ]
)
PAUSES = st.sampled_from([timedelta(minutes=59), timedelta(seconds=1), timedelta(hours=12), timedelta(days=3)])
REQUESTERS = st.sampled_from([Requester.VICTIM, Requester.VICTIM, Requester.GUARDIAN, Requester.COMPETENT_BODY])


@dataclass
class World:
    """What the machine plays with; the fixtures made it."""

    lan: Actor
    chairwoman: Actor
    police_chief: Actor
    case: Case
    perpetrator_id: Any
    now: datetime


class NoContactMachine(RuleBasedStateMachine):
    """Anyone may try anything at any moment; refusals are fine, broken promises are not."""

    world: World

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = self.world.now
        self.asked: dict[Any, datetime] = {}
        self.somebody_asks(0, Requester.VICTIM)

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def attempt(self, actor: Actor, service: Any, **arguments: Any) -> Any:
        """Do it if the house lets it be done."""
        self.__dict__.pop("measures", None)
        try:
            with acting(actor):
                return service(actor=actor, now=self.now, **arguments)
        except (DomainError, NotFoundError):
            return None

    def newest(self, *states: State) -> NoContact | None:
        """The newest measure in one of these states."""
        return next((one for one in self.measures if one.state in states), None)

    def order(self, term: timedelta, reason: str) -> services.Order:
        return services.Order(self.now + term, reason, "Xã Đắk Mil")

    @rule(pause=PAUSES)
    def time_passes(self, pause):
        self.now += pause

    @rule()
    def the_clockwork_runs(self):
        house = Actor.system("end_measures")
        self.attempt(house, services.end_measures)

        assert not NoContact.objects.filter(state=State.IN_FORCE, ends_at__lte=self.now).exists()

    @rule(hours_ago=st.sampled_from([0, 0, 5, 13, -1]), requester=REQUESTERS)
    def somebody_asks(self, hours_ago, requester):
        asked_at = self.now - timedelta(hours=hours_ago)
        request = services.Request(
            perpetrator_id=self.world.perpetrator_id,
            requester=requester,
            requester_name="Người đề nghị",
            channel=RequestChannel.PHONE,
            asked_at=asked_at,
            told="Sợ bị đánh.",
        )
        measure = self.attempt(self.world.lan, services.request_no_contact, case_id=self.world.case.id, request=request)
        if measure:
            assert requester is not Requester.COMPETENT_BODY
            assert asked_at <= self.now
            self.asked[measure.id] = asked_at

    def orders(self, term: timedelta, reason: str) -> NoContact | None:
        measure = self.newest(State.REQUESTED)
        order = self.order(term, reason)
        return self.attempt(self.world.chairwoman, services.decide_no_contact, measure_id=measure.id, order=order)

    @precondition(lambda self: self.newest(State.REQUESTED))
    @rule(term=LAWFUL_TERMS)
    def the_chairwoman_orders(self, term):
        self.orders(term, WHY)

    @precondition(lambda self: self.newest(State.REQUESTED))
    @rule(wrong=UNLAWFUL)
    def the_chairwoman_orders_too_long_or_without_saying_why(self, wrong):
        assert self.orders(*wrong) is None

    @rule(term=LAWFUL_TERMS)
    def the_chairwoman_orders_unasked(self, term):
        self.attempt(
            self.world.chairwoman,
            services.order_on_life_threat,
            case_id=self.world.case.id,
            perpetrator_id=self.world.perpetrator_id,
            order=self.order(term, WHY),
        )

    def refuses(self, reason: str) -> NoContact | None:
        measure = self.newest(State.REQUESTED)
        return self.attempt(self.world.chairwoman, services.refuse_no_contact, measure_id=measure.id, reason=reason)

    @precondition(lambda self: self.newest(State.REQUESTED))
    @rule()
    def the_chairwoman_refuses(self):
        self.refuses("Không phải người trong gia đình.")

    @precondition(lambda self: self.newest(State.REQUESTED))
    @rule(silence=st.sampled_from(SILENCES))
    def the_chairwoman_refuses_without_reasons(self, silence):
        assert self.refuses(silence) is None

    @precondition(lambda self: self.newest(State.IN_FORCE))
    @rule(ground=st.sampled_from(CancelGround))
    def somebody_asks_to_cancel(self, ground):
        measure = self.newest(State.IN_FORCE)
        request = services.CancellationRequest(
            ground=ground,
            requester=Requester.VICTIM,
            requester_name="H'Lan Niê",
            asked_at=self.now,
            told="Không cần nữa.",
        )
        self.attempt(self.world.lan, services.request_cancellation, measure_id=measure.id, request=request)

    @precondition(lambda self: self.newest(State.IN_FORCE))
    @rule(ground=st.sampled_from(CancelGround))
    def the_chairwoman_cancels(self, ground):
        measure = self.newest(State.IN_FORCE)
        cancelled = self.attempt(
            self.world.chairwoman,
            services.cancel_no_contact,
            measure_id=measure.id,
            ground=ground,
            reason=WHY,
        )
        assert not cancelled or ground in cancel_grounds(Ground(cancelled.ground))

    @precondition(lambda self: self.newest(State.IN_FORCE))
    @rule()
    def the_chairwoman_keeps_the_order(self):
        measure = self.newest(State.IN_FORCE)
        self.attempt(self.world.chairwoman, services.decline_cancellation, measure_id=measure.id, reason=WHY)

    @precondition(lambda self: self.newest(State.IN_FORCE))
    @rule(addressee=st.sampled_from(Addressee))
    def the_order_is_served(self, addressee):
        measure = self.newest(State.IN_FORCE)
        handover = services.Handover(addressee=addressee, method=DeliveryMethod.IN_PERSON, delivered_at=self.now)
        self.attempt(self.world.lan, services.record_delivery, measure_id=measure.id, handover=handover)

    @precondition(lambda self: self.newest(State.IN_FORCE))
    @rule()
    def the_police_assign_and_meet(self):
        measure = self.newest(State.IN_FORCE)
        chief, people = self.world.police_chief, [services.Assigned("Điểu K'Rang", "Trưởng bon")]
        self.attempt(chief, services.assign_supervisors, measure_id=measure.id, supervisors=people)
        self.attempt(
            chief, services.record_supervision_meeting, measure_id=measure.id, met_at=self.now, plan="Thăm hỏi."
        )

    @precondition(lambda self: self.newest(State.IN_FORCE))
    @rule(ago=PAUSES)
    def the_order_is_breached(self, ago):
        measure = self.newest(State.IN_FORCE)
        state = measure.state
        breach = services.BreachFacts(kind=BreachKind.REMOTE, occurred_at=self.now - ago, told="Nhắn tin.")
        self.attempt(self.world.police_chief, services.record_breach, measure_id=measure.id, breach=breach)
        assert NoContact.objects.get(id=measure.id).state == state

    @precondition(lambda self: self.newest(State.REFUSED, *STOPPED))
    @rule(ground=st.sampled_from(CancelGround))
    def nothing_more_happens_to_what_has_stopped(self, ground):
        measure_id = self.newest(State.REFUSED, *STOPPED).id
        chairwoman, order = self.world.chairwoman, self.order(timedelta(days=1), WHY)

        assert not self.attempt(chairwoman, services.decide_no_contact, measure_id=measure_id, order=order)
        assert not self.attempt(chairwoman, services.refuse_no_contact, measure_id=measure_id, reason=WHY)
        assert not self.attempt(
            chairwoman, services.cancel_no_contact, measure_id=measure_id, ground=ground, reason=WHY
        )

    @invariant()
    def orders_for_these_two_never_overlap(self):
        orders = [one for one in self.measures if one.is_ordered]
        spans = sorted((one.starts_at, one.stopped_at or one.ends_at) for one in orders)

        assert all(earlier[1] <= later[0] for earlier, later in pairwise(spans))
        assert sum(one.state == State.IN_FORCE for one in orders) <= 1
        assert sum(one.state == State.REQUESTED for one in self.measures) <= 1

    @invariant()
    def no_order_is_longer_than_the_law_allows(self):
        for one in self.measures:
            if one.is_ordered:
                assert timedelta(0) < one.ends_at - one.starts_at <= TERM.duration

    @invariant()
    def what_was_decided_says_why_and_who(self):
        for one in self.measures:
            if one.state != State.REQUESTED:
                assert one.reason.strip()
                assert one.decided_by_id == self.world.chairwoman.account_id
                assert one.ground == Ground.LIFE_THREAT or one.requested_at

    @invariant()
    def orders_stop_within_their_term_and_end_exactly(self):
        for one in self.measures:
            if one.state in STOPPED:
                assert one.starts_at <= one.stopped_at <= one.ends_at
            if one.state == State.ENDED:
                assert one.stopped_at == one.ends_at

    @invariant()
    def the_clock_of_a_request_never_moves_and_stops_with_the_decision(self):
        clocks = {clock.subject_id: clock for clock in Obligation.objects.filter(rule="BAN_DECIDE")}
        for one in self.measures:
            if one.id in self.asked:
                clock = clocks[one.id]
                assert clock.started_at == one.requested_at == self.asked[one.id]
                assert (clock.state == "running") == (one.state == State.REQUESTED)

    @invariant()
    def each_decision_has_its_paper_and_numbers_have_no_gap(self):
        decided = [one for one in self.measures if one.state != State.REQUESTED]
        papers = list(OfficialDocument.objects.values_list("kind", "symbol", "number"))
        answers = [kind for kind, _, _ in papers if kind in {DocumentKind.ORDER, DocumentKind.REFUSAL}]
        assert len(answers) == len(decided)
        for symbol in ("QĐ-UBND", "TB-UBND"):
            numbers = sorted(number for _, other, number in papers if other == symbol)
            assert numbers == list(range(1, len(numbers) + 1))

    @cached_property
    def measures(self) -> list[NoContact]:
        """Every measure as it stands since the last attempt."""
        return list(NoContact.objects.order_by("-recorded_at", "-id"))


@pytest.mark.django_db
def test_no_sequence_of_permitted_acts_breaks_a_promise(lan, chairwoman, police_chief, case, husband, now):
    world = World(lan, chairwoman, police_chief, case, husband, now)
    machine = type("Played", (NoContactMachine,), {"world": world})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
