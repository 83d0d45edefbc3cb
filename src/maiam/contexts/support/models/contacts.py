"""Each time somebody tried to reach a protected person."""

from django.db import models

from maiam.contexts.accounts.models import Post
from maiam.contexts.cases.models import Case
from maiam.contexts.places.models import Unit
from maiam.contexts.support.rules.contacts import Reached
from maiam.platform import vault
from maiam.platform.access import Access, Grant, InPlace, Permission, Protection, ScopedModel

HERE = InPlace("commune")
CASE_CIRCLE = (Grant(Permission.VIEW_CASES, HERE),)
KEEPERS = (Grant(Permission.PLAN_SUPPORT, HERE),)


class Contact(ScopedModel):
    """One attempt: how, whether she could speak alone, whether she is safe. What she said is sealed."""

    protection = Protection.P3
    append_only = True
    access = Access(read=CASE_CIRCLE, add=KEEPERS, matter="case")

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    tried_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    how = models.CharField(max_length=8)
    reached = models.CharField(max_length=12)
    is_safe = models.CharField(max_length=8)
    # Whom the colleague spoke with for the person, as of a small child; empty: the person themselves.
    spoke_with = models.CharField(max_length=300, blank=True, db_default="")
    words_sealed = models.BinaryField(null=True, blank=True)
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["case", "-tried_at"], name="contact_of_case")]
        constraints = [
            models.CheckConstraint(name="contact_not_ahead", condition=models.Q(tried_at__lte=models.F("recorded_at"))),
            models.CheckConstraint(name="contact_reached_known", condition=models.Q(reached__in=list(Reached))),
        ]

    def __str__(self) -> str:
        return f"contact {self.id}"

    def tell(self, words: str) -> None:
        self.words_sealed = vault.seal(words, place=f"support_contact.words:{self.id}") if words else None

    @property
    def words(self) -> str:
        return vault.unseal(self.words_sealed, place=f"support_contact.words:{self.id}") if self.words_sealed else ""
