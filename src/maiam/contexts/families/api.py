"""The register for other systems: find, open, add."""

from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from maiam.contexts.families import queries, services
from maiam.contexts.families.rules import Sex
from maiam.core.text import PartialDate, clean
from maiam.platform.access import ActorRequest
from maiam.platform.problem import Problem

router = Router(tags=["families"])
REFUSALS = {401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem}


class PersonOut(Schema):
    id: UUID
    full_name: str
    other_names: str
    sex: str
    birth_year: int | None
    village: str | None
    commune: str


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


@router.get("/persons/{uuid:person_id}", response={200: PersonOut, **REFUSALS})
def person(request: ActorRequest, person_id: UUID) -> PersonOut:
    """One person."""
    row = queries.person(request.actor, person_id, timezone.now()).person
    return PersonOut(
        id=row.id,
        full_name=row.full_name,
        other_names=row.other_names,
        sex=row.sex,
        birth_year=row.birth_year,
        village=row.village.name if row.village else None,
        commune=row.commune.name,
    )


@router.post("/persons", response={201: PersonOut, **REFUSALS})
def register_person(request: ActorRequest, told: PersonIn) -> tuple[int, PersonOut]:
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
    return 201, person(request, added.id)
