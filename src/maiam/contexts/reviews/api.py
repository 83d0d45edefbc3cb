"""Reviews for other systems: what is open, what was learned, what is to be done. What was frozen never leaves.

Opening a review, agreeing and sitting in one are acts of named people, on their own screen.
"""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import AfterValidator

from maiam.contexts.reviews import queries, services
from maiam.contexts.reviews.forms import LONGEST
from maiam.contexts.reviews.rules import Kind, State
from maiam.core.text import clean_lines
from maiam.platform.access import ActorRequest
from maiam.platform.problem import REFUSALS_OF_BODY

router = Router(tags=["reviews"])
Words = Annotated[str, Field(max_length=LONGEST), AfterValidator(clean_lines)]


class ReviewOut(Schema):
    id: UUID
    case_code: str
    kind: Kind
    state: State
    happened_on: date
    asked_at: datetime


class LessonOut(Schema):
    words: str
    recorded_at: datetime


class RecommendationOut(Schema):
    id: UUID
    words: str
    owner: str
    due_at: datetime
    done_at: datetime | None
    done_words: str


class FrozenOut(Schema):
    """That the records were frozen, and whether they are still whole: never what they hold."""

    frozen_at: datetime
    sha256: str
    is_whole: bool
    clocks: int
    late: int


class ReviewDetailOut(ReviewOut):
    frozen: FrozenOut | None
    lessons: list[LessonOut]
    recommendations: list[RecommendationOut]


class AskIn(Schema):
    kind: Kind
    happened_on: date
    reason: Words


class RecommendationDoneIn(Schema):
    words: Words


@router.get("", response={200: list[ReviewOut], **REFUSALS_OF_BODY})
def reviews(request: ActorRequest) -> list[queries.ReviewLine]:
    """The reviews the token's post asked for, may open or sits in, the newest first."""
    return queries.reviews(request.actor)


@router.get("/{uuid:review_id}", response={200: ReviewDetailOut, **REFUSALS_OF_BODY})
def review(request: ActorRequest, review_id: UUID) -> dict[str, object]:
    """One review: for its members with what was learned and recommended; the reading stands in the trail."""
    page = queries.review(request.actor, review_id, timezone.now())
    frozen = page.frozen
    told = {name: getattr(page.line, name) for name in ReviewOut.model_fields}
    return told | {
        "frozen": frozen
        and {
            "frozen_at": frozen.frozen_at,
            "sha256": frozen.sha256,
            "is_whole": frozen.is_whole,
            "clocks": len(frozen.clocks),
            "late": frozen.late,
        },
        "lessons": [{"words": one.words, "recorded_at": one.recorded_at} for one in page.lessons],
        "recommendations": page.recommendations,
    }


@router.post("/cases/{uuid:case_id}", response={201: ReviewOut, **REFUSALS_OF_BODY})
def ask(request: ActorRequest, case_id: UUID, asked: AskIn) -> tuple[int, object]:
    """Ask that a case be reviewed; another person has to agree."""
    about = services.Asked(kind=asked.kind, happened_on=asked.happened_on, reason=asked.reason)
    return 201, services.ask_review(actor=request.actor, case_id=case_id, asked=about, now=timezone.now())


@router.post("/recommendations/{uuid:recommendation_id}/done", response={200: RecommendationOut, **REFUSALS_OF_BODY})
def finish(request: ActorRequest, recommendation_id: UUID, done: RecommendationDoneIn) -> queries.RecommendationLine:
    """Say what was done about a recommendation, as the post that owes it."""
    now = timezone.now()
    services.finish_recommendation(actor=request.actor, recommendation_id=recommendation_id, words=done.words, now=now)
    return queries.recommendation(request.actor, recommendation_id, now).line
