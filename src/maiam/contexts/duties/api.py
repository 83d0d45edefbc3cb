"""Duties for other systems."""

from datetime import datetime
from uuid import UUID

from ninja import Router, Schema

from maiam.contexts.duties import queries
from maiam.platform.access import ActorRequest
from maiam.platform.problem import Problem

router = Router(tags=["duties"])


class ClockOut(Schema):
    id: UUID
    what: str
    article: str
    owner: str
    started_at: datetime
    due_at: datetime
    late_after: datetime
    state: str
    subject_id: UUID


@router.get("", response={200: list[ClockOut], 401: Problem, 403: Problem})
def due_items(request: ActorRequest) -> list[queries.Clock]:
    """The running duties of the token's post, most urgent first."""
    return queries.due_items(request.actor)


@router.get("/commune", response={200: list[ClockOut], 401: Problem, 403: Problem})
def due_in_place(request: ActorRequest) -> list[queries.Clock]:
    """The running duties of the whole place of the token's post, most urgent first."""
    return queries.due_items(request.actor, commune_wide=True)
