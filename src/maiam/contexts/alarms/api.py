"""The alarms of a report for other systems: the same reach, the same trail as the page."""

from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from maiam.contexts.alarms import queries
from maiam.contexts.alarms.rules.found import Kind
from maiam.contexts.cases.rules.incidents import PartyRole
from maiam.platform.access import ActorRequest
from maiam.platform.problem import REFUSALS

router = Router(tags=["alarms"])
MOST = 30


class ChosenIn(Schema):
    """Who is known to be in it; without anybody, names in the words of the report are matched with the register."""

    victim: list[UUID] = Field(default=[], max_length=MOST)
    perpetrator: list[UUID] = Field(default=[], max_length=MOST)
    person: list[UUID] = Field(default=[], max_length=MOST)


class LinkOut(Schema):
    label: str
    page: str
    id: UUID


class AlarmOut(Schema):
    key: str
    kind: Kind
    says: str
    is_certain: bool
    links: list[LinkOut]


@router.get("/reports/{report_id}", response={200: list[AlarmOut], **REFUSALS})
def of_report(request: ActorRequest, report_id: UUID, chosen: Annotated[ChosenIn, Query()]) -> list[queries.Alarm]:
    """What the house knows of before that this report may be a part of, what to look at first on top."""
    named: dict[UUID, PartyRole | None] = dict.fromkeys(chosen.person)
    named |= dict.fromkeys(chosen.victim, PartyRole.VICTIM) | dict.fromkeys(chosen.perpetrator, PartyRole.AGGRESSOR)
    return queries.alarms_of(request.actor, report_id, named, timezone.now()).alarms
