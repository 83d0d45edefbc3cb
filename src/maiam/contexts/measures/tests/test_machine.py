"""No sequence of permitted acts breaks a measure or a case: hypothesis plays everybody, and the clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from maiam.contexts.cases import services as case_services
from maiam.contexts.cases.models import Case, CaseStep
from maiam.contexts.cases.rules.cases import Status, next_statuses
from maiam.contexts.duties.models import Obligation
from maiam.contexts.measures import services
from maiam.contexts.measures.models import Measure, MeasureService
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.rules.states import DECIDED, LIVE, STOPPED, EventKind, ServiceMethod, State
from maiam.contexts.measures.services import Decision, Served, Told, Wish
from maiam.contexts.risk import services as risk
from maiam.contexts.risk.models import CaseRisk
from maiam.contexts.support import services as support
from maiam.contexts.support.rules.contacts import How, Reached, Safe
from maiam.contexts.support.services import ContactMade
from maiam.core.law.codes import procedures
from maiam.core.law.limits import due_at, time_limit
from maiam.core.risk import NO, YES, Level, latest
from maiam.platform.access import Actor, acting
from maiam.platform.errors import DomainError, ForbiddenError, NotFoundError

KINDS = st.sampled_from(sorted(procedures()))
PAUSES = st.sampled_from([timedelta(seconds=1), timedelta(hours=12), timedelta(days=4), timedelta(days=91)])
CLOSING_RISK = Level.MEDIUM


@dataclass
class World:
    lan: Actor
    chairwoman: Actor
    police_chief: Actor
    case: Case
    husband: Any
    facts: Any
    now: datetime


class MeasureMachine(RuleBasedStateMachine):
    """Anyone may try anything at any moment; refusals are fine, broken promises are not."""

    world: World

    @initialize()
    def begin(self) -> None:
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()
        self.now = self.world.now
        self.seen: dict[Any, State] = {}

    def teardown(self) -> None:
        if hasattr(self, "savepoint"):
            transaction.set_rollback(True)
            self.savepoint.__exit__(None, None, None)

    def attempt(self, actor: Actor, service: Any, **arguments: Any) -> Any:
        try:
            with acting(actor):
                return service(actor=actor, now=self.now, **arguments)
        except (DomainError, NotFoundError, ForbiddenError):
            return None

    def everyone(self) -> list[Actor]:
        return [self.world.lan, self.world.chairwoman, self.world.police_chief]

    def any_measure(self, place: int) -> Measure | None:
        rows = list(Measure.objects.order_by("recorded_at", "id"))
        return rows[place % len(rows)] if rows else None

    def decision(self, kind: str, *, days: float | None) -> Decision:
        ends_at = self.now + timedelta(days=days) if days is not None else None
        return Decision(reason="Vì vậy.", ends_at=ends_at, facts=self.world.facts(kind, "decision"))

    def wish(self, kind: str, *, has_yes: bool) -> Wish:
        consent = {"consent_by": "H'Lan Niê", "consent_at": self.now} if has_yes else {}
        about = self.world.husband if kinds.is_about_perpetrator(kind) else None
        return Wish(kind=kind, asked_at=self.now, person_id=about, facts=self.world.facts(kind, "request"), **consent)

    @rule(pause=PAUSES)
    def time_passes(self, pause):
        self.now += pause
        house = Actor.system("end_measures")
        self.attempt(house, services.end_measures)

    @rule(kind=KINDS, has_yes=st.booleans())
    def somebody_asks(self, kind, has_yes):
        wish = self.wish(kind, has_yes=has_yes)
        self.attempt(self.world.lan, services.request_measure, case_id=self.world.case.id, wish=wish)

    @rule(kind=KINDS, has_yes=st.booleans(), days=st.sampled_from([None, 1.0, 1.01, 15.0, 400.0]))
    def something_is_written_down(self, kind, has_yes, days):
        arguments = {"wish": self.wish(kind, has_yes=has_yes), "decision": self.decision(kind, days=days)}
        self.attempt(self.world.lan, services.record_measure, case_id=self.world.case.id, **arguments)

    @rule(who=st.integers(0, 2), place=st.integers(0, 9), days=st.sampled_from([None, 15.0, 15.01]))
    def somebody_decides(self, who, place, days):
        if (measure := self.any_measure(place)) is None:
            return
        decision = self.decision(measure.kind, days=days)
        self.attempt(self.everyone()[who], services.decide_measure, measure_id=measure.id, decision=decision)

    @rule(who=st.integers(0, 2), place=st.integers(0, 9), reason=st.sampled_from(["Không đủ căn cứ.", " "]))
    def somebody_refuses_or_cancels(self, who, place, reason):
        if (measure := self.any_measure(place)) is None:
            return
        service = services.refuse_measure if measure.state == State.REQUESTED else services.cancel_measure
        self.attempt(self.everyone()[who], service, measure_id=measure.id, reason=reason)

    @rule(place=st.integers(0, 9), receipt=st.sampled_from(["", "12/GN"]))
    def it_is_served(self, place, receipt):
        if (measure := self.any_measure(place)) is None:
            return
        for addressee in kinds.addressees(measure.kind):
            served = Served(
                addressee=addressee,
                method=ServiceMethod.IN_PERSON,
                served_at=self.now,
                received_by="Ai đó" * bool(receipt),
                receipt=receipt,
            )
            self.attempt(self.world.lan, services.serve_measure, measure_id=measure.id, served=served)

    @rule(place=st.integers(0, 9))
    def it_begins(self, place):
        if measure := self.any_measure(place):
            self.attempt(self.world.lan, services.begin_measure, measure_id=measure.id, happened_at=self.now)

    @rule(place=st.integers(0, 9), kind=st.sampled_from(EventKind))
    def something_happens(self, place, kind):
        if measure := self.any_measure(place):
            told = Told(kind=kind, happened_at=self.now, told="Vắng.")
            self.attempt(self.world.police_chief, services.record_event, measure_id=measure.id, told=told)
            assert Measure.objects.get(id=measure.id).state == measure.state

    @rule(place=st.integers(0, 9))
    def it_ends(self, place):
        if measure := self.any_measure(place):
            facts = self.world.facts(measure.kind, "outcome")
            self.attempt(self.world.lan, services.end_measure, measure_id=measure.id, ended_at=self.now, facts=facts)

    @rule(answer=st.sampled_from([YES, NO]))
    def the_danger_is_looked_at(self, answer):
        answers = {
            question.code: question.choices[0].code if question.choices else answer for question in latest().questions
        }
        signed = self.attempt(
            self.world.lan, risk.sign_assessment, case_id=self.world.case.id, answers=answers, note="Đã nghe."
        )
        if signed and signed.state == "waiting":
            self.attempt(self.world.chairwoman, risk.decide_lowering, assessment_id=signed.id, agrees=True)

    @rule(reached=st.sampled_from(Reached))
    def somebody_calls_on_her(self, reached):
        made = ContactMade(tried_at=self.now, how=How.VISIT, reached=reached, is_safe=Safe.YES)
        self.attempt(self.world.lan, support.record_contact, case_id=self.world.case.id, contact=made)

    @rule(who=st.integers(0, 1), to=st.sampled_from(Status), reason=st.sampled_from(["Đã yên.", ""]))
    def somebody_moves_the_case(self, who, to, reason):
        before = Status(Case.objects.get(id=self.world.case.id).status)
        moved = self.attempt(
            self.everyone()[who], case_services.move_case, case_id=self.world.case.id, to=to, reason=reason
        )
        if moved is None:
            return
        assert to in next_statuses(before)
        if to in {Status.CLOSE_PROPOSED, Status.CLOSED}:
            self.nothing_was_left_open(reason)

    def nothing_was_left_open(self, reason: str) -> None:
        case = self.world.case
        watch = CaseStep.objects.filter(case=case, status=Status.WATCH).latest("at")
        assert reason.strip()
        assert due_at(time_limit("WATCH_LEAST"), watch.at) <= self.now
        assert not Measure.objects.filter(case=case, state__in=list(LIVE)).exists()
        assert Level(CaseRisk.objects.get(case=case).level).rank <= CLOSING_RISK.rank
        owed = Obligation.objects.filter(subject_id=case.id, state="running").values_list("rule", flat=True)
        assert all(code.startswith("RISK_AGAIN") for code in owed)

    @invariant()
    def a_case_is_ended_by_two_people(self):
        if not hasattr(self, "savepoint"):
            return
        for step in CaseStep.objects.filter(case=self.world.case, status=Status.CLOSED):
            proposed = CaseStep.objects.filter(case=step.case, status=Status.CLOSE_PROPOSED, at__lte=step.at).latest(
                "at"
            )
            assert proposed.by_account_id != step.by_account_id

    def measures(self, *states: State) -> list[Measure]:
        """Those in these states, or all; none before the play begins."""
        if not hasattr(self, "savepoint"):
            return []
        rows = Measure.objects.select_related("decided_by_post").order_by("id")
        return [row for row in rows if not states or row.state in states]

    @invariant()
    def what_was_decided_was_decided_by_whom_the_law_says(self):
        for row in self.measures(*DECIDED, *STOPPED, State.REFUSED):
            assert row.decided_by_id
            role = kinds.decider(row.kind)
            assert role is None or row.decided_by_post.role == role

    @invariant()
    def a_refusal_has_its_reasons_and_help_has_her_yes(self):
        for row in self.measures(State.REFUSED):
            assert row.decision_facts["reason"].strip()
        for row in self.measures(*DECIDED, *STOPPED):
            assert not kinds.procedure(row.kind).consent or (row.consent_at and row.consent_by)

    @invariant()
    def no_measure_is_longer_than_the_law_allows_or_stops_after_its_end(self):
        for row in self.measures(*DECIDED, *STOPPED):
            limit = kinds.term_limit(row.kind, row.decision_facts)
            assert not (row.ends_at and limit) or row.ends_at <= due_at(limit, row.starts_at)
            assert not (row.ends_at and row.stopped_at) or row.stopped_at <= max(row.ends_at, row.starts_at)

    @invariant()
    def what_binds_by_service_was_served_and_what_was_handed_over_has_its_receipt(self):
        for row in self.measures(State.SERVED, State.IN_FORCE):
            way, reached = kinds.procedure(row.kind), set(row.services.values_list("addressee", flat=True))
            assert way.effective == "signing" or set(way.served_on) <= reached
        for row in self.measures(*DECIDED, *STOPPED):
            receipts = MeasureService.objects.filter(measure=row, addressee="authority").exclude(receipt="")
            assert not kinds.procedure(row.kind).handed_over or receipts.exists()

    @invariant()
    def one_of_a_kind_lives_and_an_end_is_an_end(self):
        live = [(row.kind, row.person_id) for row in self.measures(*DECIDED) if kinds.procedure(row.kind).exclusive]
        assert len(live) == len(set(live))
        for row in self.measures():
            before = self.seen.get(row.id)
            assert before not in STOPPED | {State.REFUSED} or row.state == before
            self.seen[row.id] = State(row.state)

    @invariant()
    def the_clock_of_a_request_stops_with_its_answer_and_never_moves(self):
        for row in self.measures():
            limit = kinds.decide_limit(row.kind)
            for clock in Obligation.objects.filter(subject_id=row.id, rule=limit.code if limit else ""):
                assert clock.started_at == row.requested_at
                assert (clock.state == "running") == (row.state == State.REQUESTED)


@pytest.mark.django_db
def test_no_sequence_of_permitted_acts_breaks_a_promise(
    lan, chairwoman, police_chief, case, twice, husband, facts, now
):
    world = World(lan, chairwoman, police_chief, case, husband, facts, now)
    machine = type("Played", (MeasureMachine,), {"world": world})

    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
