"""Matters that only named people see, and the glass broken for an hour."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from maiam.platform import vault
from maiam.platform.access.models.base import ScopedModel
from maiam.platform.access.policy import Permission
from maiam.platform.access.protection import Protection
from maiam.platform.access.rows import Access, Anywhere, Grant

_KEPT = (
    Grant(Permission.WATCH_CONFLICTS, Anywhere()),
    Grant(Permission.KEEP_HOUSE, Anywhere()),
)
_SEALED = (*_KEPT, Grant(Permission.SEAL_MATTERS, Anywhere()))


class Seal(ScopedModel):
    """A matter is seen by the people on its list and by nobody else, until the seal is lifted."""

    protection = Protection.P3
    access = Access(read=_KEPT, add=_SEALED, change=_KEPT)

    row_id = models.UUIDField()
    matter_id = models.UUIDField(db_index=True)
    reason_sealed = models.BinaryField()
    by_account_id = models.BigIntegerField()
    by_name = models.CharField(max_length=120)
    sealed_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["row_id"], condition=Q(lifted_at__isnull=True), name="sealed_once")
        ]

    def __str__(self) -> str:
        return f"seal on {self.row_id}"

    def explain(self, reason: str) -> None:
        self.reason_sealed = vault.seal(reason, place=f"access_seal.reason:{self.id}")

    @property
    def reason(self) -> str:
        return vault.unseal(self.reason_sealed, place=f"access_seal.reason:{self.id}")


class Admission(ScopedModel):
    """One named person on the list of a sealed matter."""

    protection = Protection.P3
    access = Access(read=_KEPT, add=_SEALED, change=_KEPT)

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="admissions")
    account_id = models.BigIntegerField()
    admitted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seal", "account_id"], condition=Q(ended_at__isnull=True), name="admitted_once"
            )
        ]

    def __str__(self) -> str:
        return f"account {self.account_id} to seal {self.seal_id}"


class Glass(ScopedModel):
    """Somebody broke the glass before one case: why, from when to when, and who looked at it afterwards."""

    protection = Protection.P3
    access = Access(read=_KEPT, add=(Grant(Permission.BREAK_GLASS, Anywhere()),), change=(*_KEPT,))

    row_id = models.UUIDField()
    row_ids = ArrayField(models.UUIDField())
    label = models.CharField(max_length=60)
    account_id = models.BigIntegerField(db_index=True)
    by_name = models.CharField(max_length=120)
    by_post_id = models.BigIntegerField()
    why = models.CharField(max_length=16)
    words_sealed = models.BinaryField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by_id = models.BigIntegerField(null=True, blank=True)
    reviewed_by_name = models.CharField(max_length=120, blank=True)
    finding = models.CharField(max_length=16, blank=True)
    finding_words = models.CharField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="glass_closes_after_it_broke", condition=Q(until__gt=F("opened_at"))),
            models.CheckConstraint(
                name="glass_reviewed_by_another",
                condition=Q(reviewed_by_id__isnull=True) | ~Q(reviewed_by_id=F("account_id")),
            ),
        ]

    def __str__(self) -> str:
        return f"glass before {self.label}"

    def tell(self, words: str) -> None:
        self.words_sealed = vault.seal(words, place=f"access_glass.words:{self.id}")

    @property
    def words(self) -> str:
        return vault.unseal(self.words_sealed, place=f"access_glass.words:{self.id}")
