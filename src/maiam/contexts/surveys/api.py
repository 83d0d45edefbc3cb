"""Collection for phones that come and go: take the work along, bring the sheets back, each once.

A phone signs in as its holder does (the session of the site) or by a machine's token. What it sends carries its own
id and the number it had seen; the same sent twice is one sheet, and nothing is overwritten.
"""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field, StringConstraints

from maiam.contexts.surveys import queries, services
from maiam.contexts.surveys.queries import HouseholdToDo
from maiam.contexts.surveys.rules.definition import HOUSEHOLD, MEMBERS, to_json
from maiam.contexts.surveys.rules.rounds import SheetKind, WhyNotMet
from maiam.core.text import clean
from maiam.platform.access import ActorRequest
from maiam.platform.problem import REFUSALS

router = Router(tags=["surveys"])
MOST_MEMBERS, MOST_ANSWERS = 60, 250
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Key = Annotated[str, StringConstraints(pattern=r"^([0-9a-f-]{36}\.)?[a-z][a-z0-9_]{0,39}$")]
Text = Annotated[str, StringConstraints(max_length=1000)]
Choice = Annotated[str, StringConstraints(max_length=40)]
Number = Annotated[int, Field(ge=-(10**9), le=10**9)] | Annotated[float, Field(ge=-(10**9), le=10**9)]
Answer = Number | Text | Annotated[list[Choice], Field(max_length=100)]
Answers = Annotated[dict[Name, Answer], Field(max_length=MOST_ANSWERS)]


class VillageOut(Schema):
    """One village of a running round that this post is to collect."""

    assignment_id: UUID
    round_id: UUID
    title: str
    kind: str = Field(description="every: every household; changes: only households where something changed")
    version_id: UUID
    village_id: int | None
    village: str
    due_at: datetime | None
    households: int
    done: int
    is_handed_in: bool
    given_back_why: str = Field(description="Why the commune gave it back; empty while nothing is to be mended")


class ChoiceOut(Schema):
    name: str
    label: str


class QuestionOut(Schema):
    name: str
    type: str
    label: str
    hint: str
    choices: list[ChoiceOut]
    relevant: str
    required: str
    required_message: str
    constraint: str
    constraint_message: str
    soft: str = Field(description="Like a constraint, but gives way to a reason")
    soft_message: str


class GroupOut(Schema):
    name: str
    label: str
    relevant: str
    is_of_members: bool
    questions: list[QuestionOut]


class QuestionnaireOut(Schema):
    """A questionnaire version. Expressions are those of XLSForm; names like so_nguoi, tuoi are the register's."""

    id: UUID
    code: str
    title: str
    number: int
    groups: list[GroupOut]


class AskedMemberOut(Schema):
    id: UUID
    full_name: str
    role: str
    age: int | None
    sex: str


class AskedHouseholdOut(Schema):
    """One household to ask, with what the register tells (`told`) and the sheet that counts so far."""

    id: UUID
    code: str
    address: str
    village: str | None
    members: list[AskedMemberOut]
    told: dict[str, str | int]
    base: int = Field(description="Send it back with the sheet")
    kind: str | None
    answers: dict[str, Any]
    reasons: dict[str, str]


class SheetIn(Schema):
    """One household's sheet. `client_id` is the client's own, made once for each sheet it fills."""

    client_id: UUID
    household_id: UUID
    base: int = Field(ge=0, le=10_000)
    kind: SheetKind = SheetKind.ANSWERED
    household: Answers = {}
    members: Annotated[dict[UUID, Answers], Field(max_length=MOST_MEMBERS)] = {}
    reasons: Annotated[
        dict[Key, Annotated[str, StringConstraints(max_length=300)]], Field(max_length=MOST_ANSWERS)
    ] = {}
    why_not_met: WhyNotMet | None = None
    words: Annotated[str, StringConstraints(max_length=300)] = ""
    collected_at: AwareDatetime


class ReceiptOut(Schema):
    """`taken`: it counts. `replayed`: it was here already. `kept_for_decision`: kept beside, a person chooses."""

    sheet_id: UUID
    outcome: str
    number: int | None
    why: str


@router.get("/villages", response={200: list[VillageOut], **REFUSALS})
def my_villages(request: ActorRequest) -> list[VillageOut]:
    """What this post is to collect now."""
    return [
        VillageOut(
            assignment_id=one.assignment.id,
            round_id=one.assignment.round_id,
            title=one.assignment.round.title,
            kind=one.assignment.round.kind,
            version_id=one.assignment.round.version_id,
            village_id=one.assignment.village_id,
            village=one.assignment.place,
            due_at=one.assignment.round.due_at,
            households=one.progress.households,
            done=one.progress.done,
            is_handed_in=one.assignment.is_handed_in,
            given_back_why=one.assignment.given_back_why if one.assignment.is_given_back else "",
        )
        for one in queries.my_villages(request.actor)
    ]


@router.get("/questionnaires/{uuid:version_id}", response={200: QuestionnaireOut, **REFUSALS})
def questionnaire(request: ActorRequest, version_id: UUID) -> dict[str, Any]:
    """One version of a questionnaire, whole; it never changes once published."""
    row = queries.version_to_ask(request.actor, version_id)
    return {**to_json(row.asked), "id": row.id, "number": row.number}


@router.get("/rounds/{uuid:round_id}/households", response={200: list[AskedHouseholdOut], **REFUSALS})
def households(
    request: ActorRequest, round_id: UUID, after: UUID | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 100
) -> list[AskedHouseholdOut]:
    """Households of this post's own villages, by id; the next page begins `after` the last one's."""
    found = queries.households_to_do(request.actor, round_id, timezone.now(), after=after, limit=limit)
    return [_household(one) for one in found]


@router.post("/rounds/{uuid:round_id}/sheets", response={200: ReceiptOut, **REFUSALS})
def submit_sheet(request: ActorRequest, round_id: UUID, told: SheetIn) -> ReceiptOut:
    """Bring a sheet back. Safe to send again: the same answers under the same `client_id` stay one sheet."""
    sent = services.Sent(
        round_id=round_id,
        household_id=told.household_id,
        client_id=told.client_id,
        base=told.base,
        kind=told.kind,
        answers={
            HOUSEHOLD: _cleaned(told.household),
            MEMBERS: {str(member): _cleaned(answers) for member, answers in told.members.items()},
        },
        reasons={key: clean(why) for key, why in told.reasons.items()},
        why_not_met=told.why_not_met or "",
        words=clean(told.words),
        collected_at=told.collected_at,
    )
    receipt = services.submit_sheet(actor=request.actor, sent=sent, now=timezone.now())
    sheet = receipt.sheet
    return ReceiptOut(sheet_id=sheet.id, outcome=receipt.outcome, number=sheet.number, why=sheet.why_waiting_label)


def _cleaned(answers: dict[str, Any]) -> dict[str, Any]:
    return {name: clean(value) if isinstance(value, str) else value for name, value in answers.items()}


def _household(one: HouseholdToDo) -> AskedHouseholdOut:
    sheet = one.sheet
    return AskedHouseholdOut(
        id=one.household.id,
        code=one.household.code,
        address=one.household.address,
        village=one.household.village.name if one.household.village else None,
        members=[
            AskedMemberOut(
                id=line.person.id,
                full_name=line.person.full_name,
                role=line.role_label,
                age=line.age,
                sex=line.person.sex,
            )
            for line in one.members
        ],
        told=dict(one.setting.told),
        base=(sheet.number or 0) if sheet else 0,
        kind=sheet.kind if sheet else None,
        answers=sheet.answers if sheet else {},
        reasons=sheet.reasons if sheet else {},
    )
