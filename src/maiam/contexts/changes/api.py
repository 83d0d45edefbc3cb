"""Requests for changes of the register, for other systems: ask, and see how each was answered."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from ninja import Header, Query, Router, Schema
from pydantic import Field, StringConstraints

from maiam.contexts.changes import queries, services
from maiam.contexts.changes.queries import ChangeLine
from maiam.contexts.changes.rules import Asker, Kind, Shown
from maiam.contexts.families.rules import Sex
from maiam.core.text import NotReadError, PartialDate, clean, read_date, read_identity_number, read_phone
from maiam.platform.access import ActorRequest
from maiam.platform.errors import DomainError
from maiam.platform.problem import REFUSALS

router = Router(tags=["changes"])
Text = Annotated[str, StringConstraints(max_length=300)]


class NotReadableError(DomainError):
    code = "changes.not_readable"


class FactsIn(Schema):
    """What the register should say; a field left out stays as it is. A date as people write it, "1984" too."""

    full_name: Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"\S")] | None = None
    other_names: Text | None = None
    sex: Sex | None = None
    birth: Annotated[str, StringConstraints(max_length=40)] | None = None
    ethnicity: Annotated[str, StringConstraints(max_length=40)] | None = None
    phone: Annotated[str, StringConstraints(max_length=40)] | None = None
    identity_number: Annotated[str, StringConstraints(max_length=30)] | None = None


class ChangeIn(Schema):
    """A correction asked for by a person, or by somebody for them."""

    person_id: UUID
    facts: FactsIn
    asker: Asker = Asker.PERSON
    asker_name: Text = ""
    shown: Shown
    why: Annotated[str, StringConstraints(max_length=500)] = ""
    version: Annotated[str, StringConstraints(max_length=64)] = Field(
        default="", description="The person's `version` as you read it; refused when it has changed since"
    )


class ChangeOut(Schema):
    id: UUID
    kind: str
    state: str
    asked_at: datetime
    decided_at: datetime | None
    accepted: list[str]
    words: str


class ChangeLineOut(Schema):
    id: UUID
    kind: str = Field(description="In Vietnamese, as the screens say it")
    state: str
    asked_at: datetime


@router.get("", response={200: list[ChangeLineOut], **REFUSALS})
def changes(
    request: ActorRequest,
    is_open: bool = True,
    before: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[ChangeLineOut]:
    """Requests within the token's reach, the newest first; the next page begins `before` the last id."""
    lines = queries.changes_list(request.actor, is_open=is_open, limit=limit, before=before)
    return [_line(line) for line in lines]


@router.get("/{uuid:request_id}", response={200: ChangeOut, **REFUSALS})
def change(request: ActorRequest, request_id: UUID) -> ChangeOut:
    """One request and how it was answered. Its values stay on the officer's screen."""
    return _out(request, request_id)


@router.post("", response={201: ChangeOut, **REFUSALS})
def ask_change(
    request: ActorRequest, told: ChangeIn, if_match: Annotated[str, Header(alias="If-Match", max_length=80)] = ""
) -> tuple[int, ChangeOut]:
    """Ask for a correction. Sent twice while it waits, it stays one request. `If-Match` is the person's `ETag`."""
    values, number = _read(told.facts)
    asked = services.Asked(
        kind=Kind.FACTS,
        values=values,
        person_id=told.person_id,
        number=number,
        why=clean(told.why),
        asker=told.asker,
        asker_name=clean(told.asker_name),
        shown=told.shown,
        version=told.version or if_match.strip('"'),
    )
    kept = services.ask_change(actor=request.actor, asked=asked, now=timezone.now())
    return 201, _out(request, kept.id)


def _read(facts: FactsIn) -> tuple[dict[str, Any], str]:
    """Read each value as the forms read it."""
    told: dict[str, Any] = {name: clean(value) for name, value in facts.model_dump(exclude_none=True).items()}
    try:
        if told.get("birth"):
            birth: PartialDate = read_date(told["birth"], today=timezone.localdate())
            told["birth"] = queries.birth_value(birth)
        if told.get("phone"):
            told["phone"] = read_phone(told["phone"])
        number = read_identity_number(told.pop("identity_number")).digits if told.get("identity_number") else ""
    except NotReadError as refusal:
        raise NotReadableError(refusal.message) from refusal
    return told | ({"identity_number": queries.number_value(number)} if number else {}), number


def _out(request: ActorRequest, request_id: UUID) -> ChangeOut:
    page = queries.change(request.actor, request_id, timezone.now())
    row = page.request
    return ChangeOut(
        id=row.id,
        kind=row.kind,
        state=row.state,
        asked_at=row.asked_at,
        decided_at=row.decided_at,
        accepted=row.accepted,
        words=page.steps[-1].words if row.decided_at else "",
    )


def _line(line: ChangeLine) -> ChangeLineOut:
    return ChangeLineOut(id=line.id, kind=line.kind_label, state=line.state_label, asked_at=line.asked_at)
