"""Safe contact for other systems: ask that somebody be told, say what was done, say what became of a message.

A person's rule, their number and their cover words never leave here: the door answers with where the message stands.
"""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import AfterValidator, AwareDatetime

from maiam.contexts.contacts import events, queries, services
from maiam.contexts.contacts.models import Message
from maiam.contexts.contacts.rules.messages import Fate, State
from maiam.contexts.contacts.rules.safe_rule import Way
from maiam.contexts.contacts.rules.verdicts import Refusal
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.duties.rules import Subject
from maiam.core.text import clean, clean_lines
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.problem import REFUSALS_OF_BODY

router = Router(tags=["contacts"])
Line = Annotated[str, Field(max_length=120), AfterValidator(clean)]
Words = Annotated[str, Field(max_length=1_000), AfterValidator(clean_lines)]
Key = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[A-Za-z0-9._:-]+$")]


class TellIn(Schema):
    """What somebody is to be told and how. One `key` is told once: send it again and the same message answers."""

    purpose: Purpose
    way: Way
    key: Key


class ToldIn(Schema):
    at: AwareDatetime
    way: Way
    is_told: bool
    words: Words = ""


class DropIn(Schema):
    words: Words


class DeliveryIn(Schema):
    """A gateway's word: `delivered` or `failed`, since when, its own reason in a word. Never a number, never a text."""

    status: Fate
    at: AwareDatetime | None = None
    reason: Line = ""


class MessageOut(Schema):
    """Where a message stands. `by_person` is a colleague's task, with the reason of the door."""

    id: UUID
    purpose: Purpose
    way: Way
    state: State
    reason: Refusal | None
    asked_at: datetime
    leaves_at: datetime | None
    ended_at: datetime | None


class DeliveryOut(Schema):
    id: UUID
    state: State


@router.get("/messages", response={200: list[MessageOut], **REFUSALS_OF_BODY})
def waiting(request: ActorRequest) -> list[dict[str, object]]:
    """What waits for its hour or for a colleague, within the token's reach, the oldest on top."""
    return [_told(row) for row in queries.rows_waiting(request.actor)]


@router.get("/messages/{uuid:message_id}", response={200: MessageOut, **REFUSALS_OF_BODY})
def message(request: ActorRequest, message_id: UUID) -> dict[str, object]:
    """One message; the reading stands in the trail."""
    return _told(queries.message(request.actor, message_id, timezone.now()).row)


@router.post("/cases/{uuid:case_id}/messages", response={201: MessageOut, **REFUSALS_OF_BODY})
def tell_of_case(request: ActorRequest, case_id: UUID, telling: TellIn) -> tuple[int, dict[str, object]]:
    """Ask that the person a case protects be told; what may not be sent becomes a colleague's task."""
    return _tell(request, Subject("cases.case", case_id), telling)


@router.post("/reports/{uuid:report_id}/messages", response={201: MessageOut, **REFUSALS_OF_BODY})
def tell_of_report(request: ActorRequest, report_id: UUID, telling: TellIn) -> tuple[int, dict[str, object]]:
    """Ask that whoever told a report be told."""
    return _tell(request, Subject("reports.report", report_id), telling)


@router.post("/messages/{uuid:message_id}/told", response={200: MessageOut, **REFUSALS_OF_BODY})
def record_told(request: ActorRequest, message_id: UUID, told: ToldIn) -> dict[str, object]:
    """Keep that a colleague told the person, or did not reach them."""
    done = services.ToldByPerson(at=told.at, way=told.way, is_told=told.is_told, words=told.words)
    now = timezone.now()
    return _told(services.record_told(actor=request.actor, message_id=message_id, told=done, now=now))


@router.post("/messages/{uuid:message_id}/drop", response={200: MessageOut, **REFUSALS_OF_BODY})
def drop(request: ActorRequest, message_id: UUID, drop: DropIn) -> dict[str, object]:
    """Say why a person need not be told any more."""
    now = timezone.now()
    return _told(services.drop_message(actor=request.actor, message_id=message_id, words=drop.words, now=now))


@router.post("/messages/{uuid:message_id}/delivery", response={200: DeliveryOut, **REFUSALS_OF_BODY})
def take_delivery_report(request: ActorRequest, message_id: UUID, delivery: DeliveryIn) -> Message:
    """For the gateway alone: what became of a message. Signed like our own calls; saying it twice changes nothing."""
    now = timezone.now()
    said = services.DeliveryReport(fate=delivery.status, at=delivery.at or now, reason=delivery.reason)
    return services.take_delivery_report(actor=request.actor, message_id=message_id, report=said, now=now)


def _tell(request: ActorRequest, record: Subject, telling: TellIn) -> tuple[int, dict[str, object]]:
    request.actor.require(Permission.KEEP_CONTACT_RULES)
    now = timezone.now()
    to = events.addressed(request.actor, record, now)
    wish = services.Telling(purpose=telling.purpose, way=telling.way, key=f"api:{telling.key}")
    return 201, _told(services.tell_person(actor=request.actor, to=to, telling=wish, now=now))


def _told(row: Message) -> dict[str, object]:
    told = {name: getattr(row, name) for name in ("id", "purpose", "way", "state", "asked_at", "ended_at")}
    return told | {"reason": row.refusal or None, "leaves_at": row.next_try_at}
