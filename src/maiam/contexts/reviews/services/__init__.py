"""Open a review by two people, freeze, learn, recommend, close."""

from maiam.contexts.reviews.services.learning import (
    NothingLearnedError,
    OwnerUnknownError,
    RecommendationEndedError,
    WordsMissingError,
    close_review,
    finish_recommendation,
    recommend,
    record_lesson,
)
from maiam.contexts.reviews.services.opening import (
    AlreadyAskedError,
    AnsweredAlreadyError,
    Asked,
    HappenedInFutureError,
    LastMemberError,
    MemberInConflictError,
    MemberUnknownError,
    SamePersonOpensError,
    add_member,
    answer_review,
    ask_review,
    end_member,
)

__all__ = [
    "AlreadyAskedError",
    "AnsweredAlreadyError",
    "Asked",
    "HappenedInFutureError",
    "LastMemberError",
    "MemberInConflictError",
    "MemberUnknownError",
    "NothingLearnedError",
    "OwnerUnknownError",
    "RecommendationEndedError",
    "SamePersonOpensError",
    "WordsMissingError",
    "add_member",
    "answer_review",
    "ask_review",
    "close_review",
    "end_member",
    "finish_recommendation",
    "recommend",
    "record_lesson",
]
