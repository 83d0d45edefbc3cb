"""Duties as rows anyone concerned can see, the steps taken when time ran out, and the notices sent."""

from dataclasses import fields

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.duties import rules
from maiam.contexts.places.models import Unit, Village
from maiam.core.law.limits import TimeLimit, time_limit
from maiam.platform.access import ANYONE, Access, Grant, InPlace, OfPost, Permission, Protection, ScopedModel, Through

_SEEN = (
    Grant(Permission.VIEW_DUTIES, OfPost("owner_post")),
    # The inspector has duties of their own and sees nobody else's.
    Grant(Permission.WATCH_CONFLICTS, OfPost("owner_post")),
    Grant(Permission.VIEW_DUTIES, InPlace("commune", "village")),
    Grant(Permission.WATCH_DUTIES, InPlace("commune", "village")),
)
_TOLD = tuple(
    Grant(permission, OfPost("to_post"))
    for permission in (Permission.VIEW_DUTIES, Permission.WATCH_DUTIES, Permission.WATCH_CONFLICTS)
)
# The province's picture counts clocks; it shows no row.
_COUNTED = (Grant(Permission.VIEW_OVERVIEW, InPlace("commune", "village")),)


class Obligation(ScopedModel):
    """One duty of one post under one article, from its earliest provable start to the event that proves it done.

    A trigger keeps its rule, subject and moments as they were first written, and its end final.
    """

    protection = Protection.P1
    access = Access(read=_SEEN + _COUNTED, add=(ANYONE,), change=_SEEN, matter="subject_id")

    rule = models.CharField(max_length=40)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    what = models.CharField(max_length=200)
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    owner_post = models.ForeignKey(Post, models.PROTECT, related_name="obligations")
    # The seat it belongs to, where nobody free of conflict sits there and another has it.
    meant_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    late_after = models.DateTimeField()
    state = models.CharField(max_length=12, default=rules.State.RUNNING)
    closed_at = models.DateTimeField(null=True, blank=True)
    proof = models.CharField(max_length=80, blank=True)
    last_share = models.FloatField(default=0)
    next_step_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["owner_post", "due_at"], condition=Q(state="running"), name="duty_of_post"),
            models.Index(fields=["commune", "due_at"], condition=Q(state="running"), name="duty_of_commune"),
            models.Index(fields=["next_step_at"], condition=Q(state="running"), name="duty_next_step"),
            models.Index(fields=["subject_kind", "subject_id"], name="duty_of_subject"),
            models.Index(fields=["commune", "started_at"], name="duty_by_start"),
        ]
        constraints = [
            models.CheckConstraint(name="duty_due_after_start", condition=Q(due_at__gte=F("started_at"))),
            models.CheckConstraint(name="duty_late_after_due", condition=Q(late_after__gte=F("due_at"))),
            models.CheckConstraint(
                name="duty_closed_when_not_running",
                condition=Q(state="running", closed_at__isnull=True)
                | (~Q(state="running") & Q(closed_at__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["rule", "subject_kind", "subject_id", "owner_post"],
                condition=Q(state="running"),
                name="duty_runs_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} of {self.subject_kind} {self.subject_id}"

    @property
    def limit(self) -> TimeLimit:
        return time_limit(self.rule)

    @property
    def subject(self) -> rules.Subject:
        return rules.Subject(self.subject_kind, self.subject_id)


class EscalationStep(ScopedModel):
    """One step of the ladder, taken once: at this share of the time, these posts were told."""

    protection = Protection.P1
    access = Access(
        read=(
            Grant(Permission.VIEW_DUTIES, Through("obligation")),
            Grant(Permission.WATCH_DUTIES, Through("obligation")),
        ),
        add=(ANYONE,),
    )
    append_only = True

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="steps")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    owner_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    share = models.FloatField()
    due_at = models.DateTimeField()
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["obligation", "share"], name="step_taken_once")]

    def __str__(self) -> str:
        return f"{self.share:.0%} of {self.obligation_id}"


class DecisionAbove(ScopedModel):
    """What a competent authority decided of a duty nobody free in the commune could carry: who signed, which number."""

    protection = Protection.P1
    access = Access(
        read=(
            Grant(Permission.VIEW_DUTIES, Through("obligation")),
            Grant(Permission.WATCH_DUTIES, Through("obligation")),
        ),
        add=(Grant(Permission.CARRY_DUTIES, Through("obligation")),),
    )
    append_only = True

    obligation = models.OneToOneField(Obligation, models.PROTECT, related_name="decision_above")
    authority = models.CharField(max_length=200)
    number = models.CharField(max_length=60)
    decided_on = models.DateField()
    # What was decided, when to the minute, until when: where the kind of duty asks it.
    outcome = models.CharField(max_length=24, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="above_outcome_has_its_minute",
                condition=Q(outcome="", signed_at__isnull=True, ends_at__isnull=True)
                | ~Q(outcome="") & Q(signed_at__isnull=False, signed_at__lte=F("recorded_at")),
            ),
            models.CheckConstraint(
                name="above_ends_after_signing",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("signed_at")),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def decided(self) -> rules.DecidedAbove:
        return rules.DecidedAbove(**{one.name: getattr(self, one.name) for one in fields(rules.DecidedAbove)})


class Excuse(ScopedModel):
    """A duty somebody asks to be let off, and the other person's answer. The duty itself keeps its dates."""

    protection = Protection.P1
    access = Access(
        read=(
            Grant(Permission.VIEW_DUTIES, Through("obligation")),
            Grant(Permission.WATCH_DUTIES, Through("obligation")),
        ),
        add=(Grant(Permission.CARRY_DUTIES, Through("obligation")),),
        change=(Grant(Permission.EXCUSE_DUTIES, Through("obligation")),),
    )

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="excuses")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    owner_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    asked_at = models.DateTimeField()
    asked_by_account_id = models.PositiveBigIntegerField()
    asked_by_name = models.CharField(max_length=120)
    answer = models.CharField(max_length=10, default=rules.ExcuseAnswer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_account_id = models.PositiveBigIntegerField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation"], condition=Q(answer=rules.ExcuseAnswer.WAITING), name="excuse_asked_once"
            ),
            models.CheckConstraint(
                name="two_people_excuse_a_duty",
                condition=Q(answer=rules.ExcuseAnswer.WAITING, answered_at__isnull=True)
                | Q(answered_at__isnull=False, answered_by_account_id__isnull=False)
                & ~Q(answered_by_account_id=F("asked_by_account_id")),
            ),
        ]
        indexes = [models.Index(fields=["commune", "asked_at"], name="excuse_of_commune")]

    def __str__(self) -> str:
        return f"excuse of {self.obligation_id}"


class Notice(ScopedModel):
    """One sentence to one post, at most once for each key. No name, no place of refuge, no act."""

    protection = Protection.P1
    access = Access(
        read=_TOLD,
        add=(ANYONE,),
        change=_TOLD,
        matter="subject_id",
    )

    to_post = models.ForeignKey(Post, models.PROTECT, related_name="notices")
    key = models.CharField(max_length=120)
    what = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField()
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["to_post", "key"], name="notice_sent_once")]
        indexes = [models.Index(fields=["to_post", "-sent_at"], name="notice_of_post")]

    def __str__(self) -> str:
        return f"{self.key} to post {self.to_post_id}"
