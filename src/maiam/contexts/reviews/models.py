"""A review, who sits in it, what was frozen when it opened, what it learned and recommends."""

import json
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Account, Post
from maiam.contexts.cases.models import Case
from maiam.contexts.duties.rules import Subject
from maiam.contexts.places.models import Unit
from maiam.contexts.reviews.rules import TERMS, Kind, State
from maiam.platform import vault
from maiam.platform.access import (
    Access,
    Grant,
    InPlace,
    Listed,
    OfAccount,
    OfPost,
    Permission,
    Protection,
    ScopedModel,
)

_HERE = InPlace("commune")
_AGREES = Grant(Permission.AGREE_REVIEW, _HERE)
_ASKS = Grant(Permission.ASK_REVIEW, _HERE)


def _sits(by: str) -> Grant:
    return Grant(Permission.VIEW_REVIEWS, Listed("reviews.Member", key="review", by=by))


_OF_REVIEW = Access(read=(_sits("review"),), add=(_sits("review"),), matter="case")


class Review(ScopedModel):
    """Two people open it: one asks, another agrees. What it holds is seen by its members alone."""

    protection = Protection.P4
    access = Access(
        read=(_sits("id"), _AGREES, Grant(Permission.ASK_REVIEW, OfAccount("asked_by"))),
        add=(_ASKS,),
        change=(_AGREES, _sits("id")),
        matter="case",
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    case_code = models.CharField(max_length=20)
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12)
    happened_on = models.DateField()
    reason_sealed = models.BinaryField()
    state = models.CharField(max_length=10, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=120)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, blank=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=120, blank=True)
    summary_sealed = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_kind_known", condition=Q(kind__in=list(Kind))),
            models.CheckConstraint(name="review_state_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(
                name="review_opened_by_two",
                condition=Q(state=State.ASKED, answered_by__isnull=True)
                | Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answered_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="review_closed_with_words",
                condition=~Q(state=State.CLOSED) | Q(closed_at__isnull=False, summary_sealed__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=[State.ASKED, State.OPEN]), name="review_open_once_for_case"
            ),
        ]
        indexes = [models.Index(fields=["commune", "-asked_at"], name="review_of_commune")]

    def __str__(self) -> str:
        return f"review of {self.case_code}"

    @property
    def subject(self) -> Subject:
        return Subject("reviews.review", self.id)

    def explain(self, reason: str) -> None:
        self.reason_sealed = vault.seal(reason, place=f"reviews_review.reason:{self.id}")

    def conclude(self, summary: str) -> None:
        self.summary_sealed = vault.seal(summary, place=f"reviews_review.summary:{self.id}")

    @property
    def reason(self) -> str:
        return vault.unseal(self.reason_sealed, place=f"reviews_review.reason:{self.id}")

    @property
    def summary(self) -> str:
        if self.summary_sealed is None:
            return ""
        return vault.unseal(self.summary_sealed, place=f"reviews_review.summary:{self.id}")


class Member(ScopedModel):
    """One named person who sits in a review, from a moment until they leave it."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_REVIEWS, OfAccount("account")), _AGREES, _ASKS),
        add=(_AGREES, _ASKS),
        change=(_AGREES, _ASKS),
        matter="case",
    )

    review = models.ForeignKey(Review, models.PROTECT, related_name="members")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    added_by_name = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "account"], condition=Q(ended_at__isnull=True), name="member_of_review_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} in {self.review_id}"


class Frozen(ScopedModel):
    """The case's records as they stood when the review opened, sealed whole, with their hash. Never changed."""

    protection = Protection.P4
    append_only: ClassVar = True
    access = _OF_REVIEW

    review = models.OneToOneField(Review, models.PROTECT, related_name="frozen")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"frozen records of {self.review_id}"

    def keep(self, content: str, digest: str) -> None:
        self.sealed, self.sha256 = vault.seal(content, place=f"reviews_frozen:{self.id}"), digest

    @property
    def content(self) -> str:
        return vault.unseal(self.sealed, place=f"reviews_frozen:{self.id}")

    @property
    def told(self) -> dict[str, Any]:
        content: dict[str, Any] = json.loads(self.content)
        return content


class Lesson(ScopedModel):
    """One thing learned: about how we work, not about whose fault it was."""

    protection = Protection.P3
    append_only: ClassVar = True
    access = _OF_REVIEW

    review = models.ForeignKey(Review, models.PROTECT, related_name="lessons")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    recorded_at = models.DateTimeField()
    by_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"lesson of {self.review_id}"

    def tell(self, words: str) -> None:
        self.sealed = vault.seal(words, place=f"reviews_lesson:{self.id}")

    @property
    def words(self) -> str:
        return vault.unseal(self.sealed, place=f"reviews_lesson:{self.id}")


class Recommendation(ScopedModel):
    """What somebody is to do about it, by when: a duty of a post, which reads this and nothing of the case."""

    protection = Protection.P3
    access = Access(
        read=(_sits("review"), Grant(Permission.CARRY_DUTIES, OfPost("owner_post"))),
        add=(_sits("review"),),
        change=(Grant(Permission.CARRY_DUTIES, OfPost("owner_post")),),
        matter="case",
    )

    review = models.ForeignKey(Review, models.PROTECT, related_name="recommendations")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    sealed = models.BinaryField()
    owner_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    term = models.CharField(max_length=40)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    by_name = models.CharField(max_length=120)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by_name = models.CharField(max_length=120, blank=True)
    done_sealed = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="recommendation_term_known", condition=Q(term__in=list(TERMS)))]

    def __str__(self) -> str:
        return f"recommendation of {self.review_id}"

    @property
    def subject(self) -> Subject:
        return Subject("reviews.recommendation", self.id)

    def tell(self, words: str) -> None:
        self.sealed = vault.seal(words, place=f"reviews_recommendation:{self.id}")

    def finish(self, words: str) -> None:
        self.done_sealed = vault.seal(words, place=f"reviews_recommendation.done:{self.id}")

    @property
    def words(self) -> str:
        return vault.unseal(self.sealed, place=f"reviews_recommendation:{self.id}")

    @property
    def done_words(self) -> str:
        if self.done_sealed is None:
            return ""
        return vault.unseal(self.done_sealed, place=f"reviews_recommendation.done:{self.id}")
