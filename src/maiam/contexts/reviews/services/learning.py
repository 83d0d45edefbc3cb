"""What was learned, what is recommended to whom by when, and the end of a review."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.duties import services as duties
from maiam.contexts.reviews import queries
from maiam.contexts.reviews.models import Lesson, Recommendation, Review
from maiam.contexts.reviews.rules import State
from maiam.core.law.limits import due_at, time_limit
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class WordsMissingError(DomainError):
    code = "reviews.words_missing"
    message = "Hãy viết ít nhất một câu."
    field = "words"


class OwnerUnknownError(DomainError):
    code = "reviews.owner_unknown"
    message = "Chọn chức vụ sẽ làm việc này."
    field = "owner_post_id"


class RecommendationEndedError(DomainError):
    code = "reviews.recommendation_ended"
    message = "Việc này đã xong."


class NothingLearnedError(DomainError):
    code = "reviews.nothing_learned"
    message = "Chưa ghi bài học nào. Rà soát chỉ kết thúc khi đã rút ra ít nhất một bài học."


@transaction.atomic
def record_lesson(*, actor: Actor, review_id: UUID, words: str, now: datetime) -> Lesson:
    """Keep one thing learned. Raises `WordsMissingError`; `NotFoundError`."""
    row = queries.open_review(actor, review_id)
    if not words.strip():
        raise WordsMissingError
    lesson = Lesson(review=row, case_id=row.case_id, recorded_at=now, by_name=actor.name)
    lesson.tell(words)
    lesson.save(force_insert=True)
    audit.record(actor, "reviews.lesson.recorded", lesson, at=now)
    return lesson


@transaction.atomic
def recommend(
    *, actor: Actor, review_id: UUID, words: str, owner_post_id: int, term: str, now: datetime
) -> Recommendation:
    """Give a post something to do by a day: its duty runs from now.

    Raises `WordsMissingError`, `OwnerUnknownError`; `NotFoundError`.
    """
    row = queries.open_review(actor, review_id)
    if not words.strip():
        raise WordsMissingError
    if owner_post_id not in {post.id for post in queries.owners_near(actor, row)}:
        raise OwnerUnknownError
    made = Recommendation(
        review=row,
        case_id=row.case_id,
        commune_id=row.commune_id,
        owner_post_id=owner_post_id,
        term=term,
        due_at=due_at(time_limit(term), now),
        made_at=now,
        by_name=actor.name,
    )
    made.tell(words)
    made.save(force_insert=True)
    duties.start_obligation(
        actor=actor,
        rule=term,
        subject=made.subject,
        commune_id=row.commune_id,
        owner_post_id=owner_post_id,
        what="Làm theo kiến nghị của một cuộc rà soát",
        started_at=now,
        now=now,
    )
    audit.record(actor, "reviews.recommendation.made", made, at=now)
    return made


@transaction.atomic
def finish_recommendation(*, actor: Actor, recommendation_id: UUID, words: str, now: datetime) -> Recommendation:
    """Say what was done, as the post that owes it. Raises `WordsMissingError`, `RecommendationEndedError`."""
    actor.require(Permission.CARRY_DUTIES)
    row = Recommendation.objects.select_for_update(of=("self",)).find(actor, recommendation_id)
    if row.done_at is not None or row.owner_post_id != actor.post_id:
        raise RecommendationEndedError
    if not words.strip():
        raise WordsMissingError
    row.done_at, row.done_by_name = now, actor.name
    row.finish(words)
    row.save(update_fields=["done_at", "done_by_name", "done_sealed"])
    duties.meet_obligation(
        actor=actor, rule=row.term, subject=row.subject, met_at=now, now=now, proof="reviews.recommendation.done"
    )
    audit.record(actor, "reviews.recommendation.done", row, at=now)
    return row


@transaction.atomic
def close_review(*, actor: Actor, review_id: UUID, words: str, now: datetime) -> Review:
    """End a review with a summary; recommendations run on. Raises `NothingLearnedError`, `WordsMissingError`."""
    row = queries.open_review(actor, review_id)
    if not words.strip():
        raise WordsMissingError
    if not row.lessons.exists():
        raise NothingLearnedError
    row.state, row.closed_at, row.closed_by_name = State.CLOSED, now, actor.name
    row.conclude(words)
    row.save(update_fields=["state", "closed_at", "closed_by_name", "summary_sealed"])
    audit.record(actor, "reviews.review.closed", row, at=now)
    return row
