"""Measures for other systems: asked, decided, served, carried out, ended. No refuge and no story ever leaves.

What a person signs by law, a person signs: a key writes down what others decided and did.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema
from ninja.errors import ValidationError
from pydantic import AfterValidator, AwareDatetime

from maiam.contexts.measures import queries, services
from maiam.contexts.measures.forms import LONGEST_LINE, LONGEST_TEXT, DecisionFacts, FactsForm, OutcomeFacts
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.rules.states import EventKind, ServiceMethod, State
from maiam.core.law.codes import choice_lists, procedures
from maiam.core.law.no_contact import Requester
from maiam.core.text import VIETNAM, clean, clean_lines, write_date
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.problem import REFUSALS_OF_BODY, Problem

router = Router(tags=["measures"])
MOST_FACTS = 20


def _known_kind(code: str) -> str:
    if code not in procedures():
        raise ValueError(f"Không có biện pháp “{code[:40]}”.")
    return code


Kind = Annotated[str, Field(max_length=40), AfterValidator(_known_kind)]
Line = Annotated[str, Field(max_length=LONGEST_LINE), AfterValidator(clean)]
Story = Annotated[str, Field(max_length=LONGEST_TEXT), AfterValidator(clean_lines)]
Fact = Annotated[str, Field(max_length=LONGEST_TEXT)] | bool | int
Facts = Annotated[dict[Annotated[str, Field(max_length=40)], Fact], Field(max_length=MOST_FACTS)]


class AskOut(Schema):
    """One fact a step asks for: a day as 2026-11-28, a moment as 2026-11-28T10:00:00+07:00, a choice by its code."""

    code: str
    label: str
    at: Literal["request", "decision", "outcome"]
    kind: Literal["line", "text", "date", "moment", "money", "yes", "choice"]
    required: bool
    choices: dict[str, str]


class KindOut(Schema):
    """One kind of measure: where it stands in law, who decides, and the facts of each step."""

    code: str
    label: str
    article: str
    is_doubtful: bool
    is_about_perpetrator: bool
    starts_with_request: bool
    decider: str
    needs_consent: bool
    served_on: list[str]
    facts: list[AskOut]


class MeasureOut(Schema):
    id: UUID
    kind: str
    label: str
    person_name: str
    is_about_perpetrator: bool
    state: State
    asked_at: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    stopped_at: datetime | None
    commune: str


class AddresseeOut(Schema):
    label: str
    served_at: datetime | None


class MeasureDetailOut(MeasureOut):
    case: UUID | None
    decider: str
    article: str
    is_doubtful: bool
    served_on: list[AddresseeOut]


class WishIn(Schema):
    """A measure asked for. `person` is the perpetrator it is about; leave it out for the protected person."""

    kind: Kind
    asked_at: AwareDatetime
    person: UUID | None = None
    requester: Requester | None = None
    requester_name: Line = ""
    consent_by: Line = ""
    consent_at: AwareDatetime | None = None
    facts: Facts = {}


class DecisionIn(Schema):
    """What was decided. `starts_at` is for what others did; what is signed here binds from now."""

    reason: Story = ""
    starts_at: AwareDatetime | None = None
    ends_at: AwareDatetime | None = None
    secret_place: Annotated[str, Field(max_length=300), AfterValidator(clean)] = ""
    facts: Facts = {}


class MeasureDoneIn(Schema):
    """Something that was done or decided elsewhere, written down whole."""

    wish: WishIn
    decision: DecisionIn


class ReasonIn(Schema):
    reason: Story


class MeasureServiceIn(Schema):
    addressee: Annotated[str, Field(max_length=40)]
    method: ServiceMethod
    served_at: AwareDatetime
    received_by: Line = ""
    receipt: Annotated[str, Field(max_length=120), AfterValidator(clean)] = ""


class BeginIn(Schema):
    happened_at: AwareDatetime


class EventIn(Schema):
    """A session that took place, or a breach."""

    kind: EventKind
    happened_at: AwareDatetime
    attended: bool | None = None
    told: Story


class EndIn(Schema):
    ended_at: AwareDatetime
    facts: Facts = {}


@router.get("/kinds", response={200: list[KindOut], 401: Problem, 403: Problem})
def all_kinds(request: ActorRequest) -> list[dict[str, object]]:
    """Every kind of measure with the facts each of its steps asks for."""
    request.actor.require(Permission.VIEW_MEASURES)
    return [_kind(code) for code in procedures()]


@router.get("/cases/{uuid:case_id}", response={200: list[MeasureOut], **REFUSALS_OF_BODY})
def of_case(request: ActorRequest, case_id: UUID) -> list[queries.MeasureLine]:
    """Every measure of a case, the newest first."""
    return queries.measures_of_case(request.actor, case_id).lines


@router.post("/cases/{uuid:case_id}/requests", response={201: MeasureOut, **REFUSALS_OF_BODY})
def ask(request: ActorRequest, case_id: UUID, wish: WishIn) -> tuple[int, object]:
    """Ask for a measure somebody here, or another body, has to decide."""
    request.actor.require(Permission.REQUEST_MEASURES)
    asked = _wish(wish)
    row = services.request_measure(actor=request.actor, case_id=case_id, wish=asked, now=timezone.now())
    return 201, queries.measure_line(request.actor, row.id)


@router.post("/cases/{uuid:case_id}/records", response={201: MeasureOut, **REFUSALS_OF_BODY})
def record(request: ActorRequest, case_id: UUID, done: MeasureDoneIn) -> tuple[int, object]:
    """Write down help that was given, or an order of a court."""
    request.actor.require(Permission.REQUEST_MEASURES)
    wish, decision = _wish(done.wish), _decision(done.wish.kind, done.decision)
    row = services.record_measure(
        actor=request.actor, case_id=case_id, wish=wish, decision=decision, now=timezone.now()
    )
    return 201, queries.measure_line(request.actor, row.id)


@router.get("/{uuid:measure_id}", response={200: MeasureDetailOut, **REFUSALS_OF_BODY})
def measure(request: ActorRequest, measure_id: UUID) -> dict[str, object]:
    """One measure as the case's circle, or those who carry it out, may open it."""
    page = queries.measure_detail(request.actor, measure_id, timezone.now())
    told = {name: getattr(page.line, name) for name in MeasureOut.model_fields}
    return told | {
        "case": page.case_id,
        "decider": page.decider,
        "article": page.article,
        "is_doubtful": page.is_doubtful,
        "served_on": [{"label": one.label, "served_at": one.served_at} for one in page.addressees],
    }


@router.post("/{uuid:measure_id}/decision", response={200: MeasureOut, **REFUSALS_OF_BODY})
def decide(request: ActorRequest, measure_id: UUID, decision: DecisionIn) -> queries.MeasureLine:
    """Write down what another body decided. What is signed here, only a person signs, on their own screen."""
    request.actor.require_one(Permission.DECIDE_MEASURES, Permission.CARRY_MEASURES)
    kind = queries.measure_line(request.actor, measure_id).kind
    decided = _decision(kind, decision)
    services.decide_measure(actor=request.actor, measure_id=measure_id, decision=decided, now=timezone.now())
    return queries.measure_line(request.actor, measure_id)


@router.post("/{uuid:measure_id}/refusal", response={200: MeasureOut, **REFUSALS_OF_BODY})
def refuse(request: ActorRequest, measure_id: UUID, refusal: ReasonIn) -> queries.MeasureLine:
    """Write down that the body which decides answered no, with its reasons."""
    services.refuse_measure(actor=request.actor, measure_id=measure_id, reason=refusal.reason, now=timezone.now())
    return queries.measure_line(request.actor, measure_id)


@router.post("/{uuid:measure_id}/services", response={200: MeasureOut, **REFUSALS_OF_BODY})
def serve(request: ActorRequest, measure_id: UUID, service: MeasureServiceIn) -> queries.MeasureLine:
    """Record that it reached one of those it names; a matter handed over needs its receipt."""
    served = services.Served(**service.dict())
    services.serve_measure(actor=request.actor, measure_id=measure_id, served=served, now=timezone.now())
    return queries.measure_line(request.actor, measure_id)


@router.post("/{uuid:measure_id}/beginning", response={200: MeasureOut, **REFUSALS_OF_BODY})
def begin(request: ActorRequest, measure_id: UUID, begun: BeginIn) -> queries.MeasureLine:
    """Put a served measure in force: the person came, the meeting opened, the work began."""
    services.begin_measure(
        actor=request.actor, measure_id=measure_id, happened_at=begun.happened_at, now=timezone.now()
    )
    return queries.measure_line(request.actor, measure_id)


@router.post("/{uuid:measure_id}/events", response={200: MeasureOut, **REFUSALS_OF_BODY})
def record_event(request: ActorRequest, measure_id: UUID, event: EventIn) -> queries.MeasureLine:
    """Record a session, or a breach: those who must act hear of it."""
    services.record_event(
        actor=request.actor, measure_id=measure_id, told=services.Told(**event.dict()), now=timezone.now()
    )
    return queries.measure_line(request.actor, measure_id)


@router.post("/{uuid:measure_id}/end", response={200: MeasureOut, **REFUSALS_OF_BODY})
def end(request: ActorRequest, measure_id: UUID, ended: EndIn) -> queries.MeasureLine:
    """End a running measure with what came of it."""
    request.actor.require(Permission.CARRY_MEASURES)
    kind = queries.measure_line(request.actor, measure_id).kind
    services.end_measure(
        actor=request.actor,
        measure_id=measure_id,
        ended_at=ended.ended_at,
        facts=_facts(OutcomeFacts, kind, ended.facts),
        now=timezone.now(),
    )
    return queries.measure_line(request.actor, measure_id)


@router.post("/{uuid:measure_id}/cancellation", response={200: MeasureOut, **REFUSALS_OF_BODY})
def cancel(request: ActorRequest, measure_id: UUID, cancelled: ReasonIn) -> queries.MeasureLine:
    """Write down that the body which decided it took it back."""
    services.cancel_measure(actor=request.actor, measure_id=measure_id, reason=cancelled.reason, now=timezone.now())
    return queries.measure_line(request.actor, measure_id)


def _kind(code: str) -> dict[str, object]:
    row = procedures()[code]
    return {
        "code": code,
        "label": kinds.label(code),
        "article": kinds.article(code),
        "is_doubtful": kinds.is_doubtful(code),
        "is_about_perpetrator": kinds.is_about_perpetrator(code),
        "starts_with_request": kinds.starts_with_request(code),
        "decider": kinds.decider_in_words(code),
        "needs_consent": row.consent,
        "served_on": list(kinds.addressees(code)),
        "facts": [
            {
                "code": one.code,
                "label": one.vi,
                "at": one.at,
                "kind": one.kind,
                "required": one.required,
                "choices": {choice.code: choice.vi for choice in choice_lists()[one.choices]} if one.choices else {},
            }
            for one in row.asks
        ],
    }


def _wish(told: WishIn) -> services.Wish:
    return services.Wish(
        kind=told.kind,
        asked_at=told.asked_at,
        person_id=told.person,
        requester=told.requester,
        requester_name=told.requester_name,
        facts=_facts(FactsForm, told.kind, told.facts),
        consent_by=told.consent_by,
        consent_at=told.consent_at,
    )


def _decision(kind: str, told: DecisionIn) -> services.Decision:
    form = _read(DecisionFacts, kind, told.facts)
    return services.Decision(
        reason=told.reason,
        starts_at=told.starts_at,
        ends_at=told.ends_at,
        decided_on=form.fact_date("decided_on"),
        facts=form.facts(),
        secret_place=told.secret_place,
    )


def _facts(form: type[FactsForm], kind: str, told: Mapping[str, str | bool | int]) -> dict[str, str]:
    return _read(form, kind, told).facts()


def _read(form: type[FactsForm], kind: str, told: Mapping[str, str | bool | int]) -> FactsForm:
    """The facts as the screens read them, with the screens' words for what is wrong."""
    asked = {ask.code: ask.kind for ask in procedures()[kind].asked_at(form.step)}
    if strange := sorted(set(told) - set(asked)):
        raise ValidationError([{"loc": ("body", "facts", strange[0]), "msg": "Bước này không hỏi điều này."}])
    typed = form({key: value for code, one in told.items() for key, value in _typed(code, asked[code], one)}, kind=kind)
    if not typed.is_valid():
        raise ValidationError(
            [
                {"loc": ("body", "facts", name.removeprefix("fact_")), "msg": str(errors[0])}
                for name, errors in typed.errors.items()
            ]
        )
    return typed


def _typed(code: str, kind: str, value: str | bool | int) -> list[tuple[str, object]]:
    """One fact as the form's boxes hold it."""
    name = f"fact_{code}"
    if kind == "moment":
        moment = _moment(str(value))
        boxes = (write_date(moment.date()), f"{moment:%H:%M}") if moment else (str(value), "")
        return [(f"{name}_date", boxes[0]), (f"{name}_time", boxes[1])]
    if kind == "yes":
        return [(name, "on")] if value is True else []
    return [(name, str(value))]


def _moment(written: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    return moment.astimezone(VIETNAM) if moment.tzinfo else moment.replace(tzinfo=VIETNAM)
