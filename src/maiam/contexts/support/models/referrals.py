"""Help from others: what she agreed may be told to whom, what was sent, how it ended, what nobody could give."""

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Post
from maiam.contexts.cases.models import Case
from maiam.contexts.duties.rules import Subject
from maiam.contexts.places.models import Unit
from maiam.contexts.support.models.contacts import CASE_CIRCLE, KEEPERS
from maiam.contexts.support.rules.needs import Need
from maiam.contexts.support.rules.referrals import Ground, State
from maiam.platform import vault
from maiam.platform.access import Access, Grant, OfPost, Permission, Protection, ScopedModel


class Consent(ScopedModel):
    """One person's yes: to whom, for what, which facts, until when. Withdrawn at any time."""

    protection = Protection.P3
    access = Access(read=CASE_CIRCLE, add=KEEPERS, change=KEEPERS, matter="case")

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    recipient = models.CharField(max_length=200)
    to_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    need = models.CharField(max_length=12)
    facts = models.CharField(max_length=500)
    evidence = models.CharField(max_length=300)
    # Empty: the person themselves.
    given_by = models.CharField(max_length=300, blank=True, db_default="")
    given_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="consent_need_known", condition=Q(need__in=list(Need))),
            models.CheckConstraint(
                name="consent_ends_after_given", condition=Q(until__isnull=True) | Q(until__gt=F("given_at"))
            ),
        ]
        indexes = [models.Index(fields=["case", "-given_at"], name="consent_of_case")]

    def __str__(self) -> str:
        return f"consent {self.id}"


class Referral(ScopedModel):
    """One request to one helper. They read what was sent to them and nothing of the case."""

    protection = Protection.P3
    access = Access(
        read=(*CASE_CIRCLE, Grant(Permission.ANSWER_REFERRALS, OfPost("to_post"))),
        add=KEEPERS,
        change=(*KEEPERS, Grant(Permission.ANSWER_REFERRALS, OfPost("to_post"))),
        matter="case",
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    need = models.CharField(max_length=12)
    recipient = models.CharField(max_length=200)
    to_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    ground = models.CharField(max_length=10)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="referrals", null=True, blank=True)
    is_urgent = models.BooleanField(default=False)
    told_sealed = models.BinaryField()
    state = models.CharField(max_length=10, default=State.SENT)
    sent_at = models.DateTimeField()
    sent_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    sent_by_name = models.CharField(max_length=120)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    words_sealed = models.BinaryField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="referral_state_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(
                name="referral_has_consent_or_ground", condition=~Q(ground=Ground.CONSENT) | Q(consent__isnull=False)
            ),
        ]
        indexes = [
            models.Index(fields=["case", "-sent_at"], name="referral_of_case"),
            models.Index(fields=["to_post", "-sent_at"], name="referral_to_post"),
            models.Index(fields=["sent_at"], condition=Q(state="sent"), name="referral_waiting"),
        ]

    def __str__(self) -> str:
        return f"referral {self.id}"

    @property
    def subject(self) -> Subject:
        return Subject("support.referral", self.id)

    def tell(self, told: str) -> None:
        self.told_sealed = vault.seal(told, place=f"support_referral.told:{self.id}")

    def end_with(self, words: str) -> None:
        self.words_sealed = vault.seal(words, place=f"support_referral.words:{self.id}") if words else None

    @property
    def told(self) -> str:
        return vault.unseal(self.told_sealed, place=f"support_referral.told:{self.id}")

    @property
    def words(self) -> str:
        return vault.unseal(self.words_sealed, place=f"support_referral.words:{self.id}") if self.words_sealed else ""


class UnmetNeed(ScopedModel):
    """A need that nobody could meet: counted, so that it can be planned for."""

    protection = Protection.P3
    append_only = True
    access = Access(read=CASE_CIRCLE, add=KEEPERS, matter="case")

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    need = models.CharField(max_length=12)
    reason = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"unmet {self.need}"
