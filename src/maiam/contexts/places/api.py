"""Places for other systems: communes found by name, old names leading to today's."""

from typing import Annotated

from ninja import Query, Router, Schema

from maiam.contexts.places import queries
from maiam.platform.access import ActorRequest
from maiam.platform.problem import Problem

router = Router(tags=["places"])


class CommuneOut(Schema):
    id: int
    code: str
    name: str
    province: str
    old_name: str


@router.get("/communes", response={200: list[CommuneOut], 401: Problem, 403: Problem, 422: Problem})
def communes(request: ActorRequest, name: Annotated[str, Query(min_length=2, max_length=60)]) -> list[CommuneOut]:
    """Communes of today whose name, or an old name, is like `name`."""
    return [
        CommuneOut(
            id=found.unit.id,
            code=found.unit.code,
            name=found.unit.name,
            province=found.unit.province.name if found.unit.province else "",
            old_name=found.old_name,
        )
        for found in queries.search_communes(name)
    ]
