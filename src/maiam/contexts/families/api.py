"""The register for other systems: list by key, find, open, add."""

import base64
import binascii
from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from maiam.contexts.families import queries, services
from maiam.contexts.families.models import Household, HouseholdMembership, Person
from maiam.contexts.families.rules import Sex
from maiam.core.text import PartialDate, clean
from maiam.platform.access import ActorRequest
from maiam.platform.errors import DomainError
from maiam.platform.problem import REFUSALS

router = Router(tags=["families"])


Cursor = Annotated[str | None, Query(max_length=60, description="`next` of the page before")]
Limit = Annotated[int, Query(ge=1, le=200)]
VillageId = Annotated[int | None, Query(ge=1, le=2**31)]


class CursorNotReadError(DomainError):
    code = "families.cursor_not_read"
    message = "Con trỏ trang không đúng. Hãy dùng `next` của trang trước."
    field = "after"


class PersonOut(Schema):
    id: UUID
    full_name: str
    other_names: str
    sex: str
    birth_year: int | None
    village: str | None
    commune: str


class PersonVersionOut(PersonOut):
    version: str = Field(description="Changes with any fact; send it back with a change request")
    is_merged_into: UUID | None
    is_restricted: bool
    is_erased: bool


class PeoplePageOut(Schema):
    items: list[PersonVersionOut]
    next: str | None


class MemberOut(Schema):
    person: UUID
    full_name: str
    role: str
    residence: str
    since: date


class HouseholdOut(Schema):
    id: UUID
    code: str
    address: str
    village: str | None
    commune: str
    dissolved_on: date | None


class HouseholdWithMembersOut(HouseholdOut):
    members: list[MemberOut]
    version: str = Field(description="Changes with any fact of the household and with who lives in it")


class HouseholdsPageOut(Schema):
    items: list[HouseholdOut]
    next: str | None


class PersonIn(Schema):
    full_name: str = Field(min_length=1, max_length=300, pattern=r"\S")
    commune_id: int = Field(ge=1, le=2**31)
    village_id: int | None = Field(default=None, ge=1, le=2**31)
    other_names: str = Field(default="", max_length=300)
    sex: Sex = Sex.UNKNOWN
    birth_year: int | None = Field(default=None, ge=1900, le=2100)
    ethnicity: str = Field(default="", max_length=40)


@router.get("/persons", response={200: list[PersonOut], **REFUSALS})
def search_persons(
    request: ActorRequest,
    name: Annotated[str, Query(min_length=2, max_length=120)],
    limit: Annotated[int, Query(ge=1, le=50)] = 20,
) -> list[PersonOut]:
    """People like `name` within the token's reach, the likeliest first."""
    hits = queries.search_persons(request.actor, name, now=timezone.now(), limit=limit)
    return [
        PersonOut(
            id=hit.id,
            full_name=hit.full_name,
            other_names=hit.other_names,
            sex=hit.sex_label,
            birth_year=hit.birth.year if hit.birth else None,
            village=hit.village,
            commune=hit.commune,
        )
        for hit in hits
    ]


@router.get("/persons/page", response={200: PeoplePageOut, **REFUSALS})
def people(
    request: ActorRequest, after: Cursor = None, village_id: VillageId = None, limit: Limit = 50
) -> PeoplePageOut:
    """Everyone within the token's reach, by name, page by page; who rests, was merged or erased is left out."""
    page = queries.people_by_key(
        request.actor, now=timezone.now(), village_id=village_id, after=_read(after), limit=limit
    )
    return PeoplePageOut(items=[_versioned(row) for row in page.rows], next=_cursor(page.next_id))


@router.get("/persons/{uuid:person_id}", response={200: PersonVersionOut, **REFUSALS})
def person(request: ActorRequest, person_id: UUID, response: HttpResponse) -> PersonVersionOut:
    """One person, also one who was merged or erased: it says so. `ETag` is the version."""
    shown = _versioned(queries.person(request.actor, person_id, timezone.now()).person)
    response["ETag"] = f'"{shown.version}"'
    return shown


@router.get("/households", response={200: HouseholdsPageOut, **REFUSALS})
def households(
    request: ActorRequest, after: Cursor = None, village_id: VillageId = None, limit: Limit = 50
) -> HouseholdsPageOut:
    """Every household within the token's reach, by code, page by page; dissolved ones say when."""
    page = queries.households_by_key(
        request.actor, now=timezone.now(), village_id=village_id, after=_read(after), limit=limit
    )
    return HouseholdsPageOut(items=[_household(row) for row in page.rows], next=_cursor(page.next_id))


@router.get("/households/{uuid:household_id}", response={200: HouseholdWithMembersOut, **REFUSALS})
def household(request: ActorRequest, household_id: UUID, response: HttpResponse) -> HouseholdWithMembersOut:
    """One household and who lives in it today. `ETag` is the version."""
    row, stays = queries.household_with_members(request.actor, household_id, timezone.now())
    version = queries.household_version(row, stays)
    response["ETag"] = f'"{version}"'
    return HouseholdWithMembersOut(**dict(_household(row)), members=[_member(stay) for stay in stays], version=version)


@router.post("/persons", response={201: PersonVersionOut, **REFUSALS})
def register_person(request: ActorRequest, told: PersonIn, response: HttpResponse) -> tuple[int, PersonVersionOut]:
    """Add a person to the register."""
    facts = services.PersonFacts(
        full_name=clean(told.full_name),
        commune_id=told.commune_id,
        village_id=told.village_id,
        other_names=clean(told.other_names),
        sex=told.sex,
        birth=PartialDate(told.birth_year) if told.birth_year else None,
        ethnicity=clean(told.ethnicity),
    )
    added = services.register_person(actor=request.actor, facts=facts, now=timezone.now())
    return 201, person(request, added.id, response)


def _versioned(row: Person) -> PersonVersionOut:
    return PersonVersionOut(
        id=row.id,
        full_name=row.full_name,
        other_names=row.other_names,
        sex=row.sex,
        birth_year=row.birth_year,
        village=row.village.name if row.village else None,
        commune=row.commune.name,
        version=queries.person_version(row),
        is_merged_into=row.merged_into_id,
        is_restricted=row.restricted_at is not None,
        is_erased=row.erased_at is not None,
    )


def _household(row: Household) -> HouseholdOut:
    return HouseholdOut(
        id=row.id,
        code=row.code,
        address=row.address,
        village=row.village.name if row.village else None,
        commune=row.commune.name,
        dissolved_on=row.dissolved_on,
    )


def _member(stay: HouseholdMembership) -> MemberOut:
    return MemberOut(
        person=stay.person_id,
        full_name=stay.person.full_name,
        role=stay.role,
        residence=stay.residence,
        since=stay.starts_on,
    )


def _cursor(last_id: UUID | None) -> str | None:
    """A place in the list that says nothing of who stands there."""
    return base64.urlsafe_b64encode(last_id.bytes).decode().rstrip("=") if last_id else None


def _read(cursor: str | None) -> UUID | None:
    if not cursor:
        return None
    try:
        return UUID(bytes=base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as error:
        raise CursorNotReadError from error
