"""Who stands too near to what: the rows by which the database closes a matter to a person.

A *matter* is everything tied together: a report, the incident it told of, the cases that answer it. The ties and the
parties are written by triggers, from what the models declare in `Access`; circles and blocks are drawn from them.
"""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from maiam.platform import vault
from maiam.platform.access.models.base import ScopedModel
from maiam.platform.access.policy import Permission
from maiam.platform.access.protection import Protection
from maiam.platform.access.rows import Access, Anywhere, Grant

_WATCHED = (Grant(Permission.WATCH_CONFLICTS, Anywhere()), Grant(Permission.KEEP_HOUSE, Anywhere()))


class Tie(ScopedModel):
    """A record belongs to a matter; two matters that meet become one."""

    protection = Protection.P3
    access = Access(read=_WATCHED)

    row_id = models.UUIDField(unique=True)
    matter_id = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return f"{self.row_id} in {self.matter_id}"


class Party(ScopedModel):
    """A record names a person of the register, as accused or as one to protect."""

    protection = Protection.P3
    access = Access(read=_WATCHED)

    row_id = models.UUIDField()
    person_id = models.UUIDField(db_index=True)
    is_accused = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["row_id", "person_id", "is_accused"], name="party_named_once")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.row_id}"


class Circle(ScopedModel):
    """A person who stands near the holder of an account: themselves, kin to the set degree, the same household."""

    protection = Protection.P3
    access = Access(read=_WATCHED)

    account_id = models.BigIntegerField()
    person_id = models.UUIDField(db_index=True)
    reason = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account_id", "person_id", "reason"], name="circle_once")]

    def __str__(self) -> str:
        return f"{self.person_id} is {self.reason} of account {self.account_id}"


class Block(ScopedModel):
    """A matter is closed to the holder of an account, for a reason, from a moment on. Ended blocks stay."""

    protection = Protection.P3
    access = Access(read=_WATCHED)

    account_id = models.BigIntegerField()
    matter_id = models.UUIDField()
    reason = models.CharField(max_length=12)
    since = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account_id", "matter_id", "reason"], condition=Q(ended_at__isnull=True), name="block_runs_once"
            )
        ]
        indexes = [models.Index(fields=["matter_id"], condition=Q(ended_at__isnull=True), name="block_of_matter")]

    def __str__(self) -> str:
        return f"{self.matter_id} closed to account {self.account_id}"


class Declared(ScopedModel):
    """A conflict somebody declared: their own, or the inspector's finding; towards a person or about a record.

    Only the inspector lifts one: whoever stepped back does not step in again by themselves.
    """

    protection = Protection.P3
    access = Access(read=_WATCHED, add=(Grant(Permission.DECLARE_CONFLICT, Anywhere()), *_WATCHED), change=_WATCHED)

    account_id = models.BigIntegerField()
    person_id = models.UUIDField(null=True, blank=True)
    row_id = models.UUIDField(null=True, blank=True)
    why = models.CharField(max_length=16)
    words_sealed = models.BinaryField(null=True, blank=True)
    by_account_id = models.BigIntegerField()
    by_name = models.CharField(max_length=120)
    declared_at = models.DateTimeField()
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="declared_about_one",
                condition=Q(person_id__isnull=False, row_id__isnull=True)
                | Q(person_id__isnull=True, row_id__isnull=False),
            )
        ]
        indexes = [models.Index(fields=["account_id"], condition=Q(lifted_at__isnull=True), name="declared_by_account")]

    def __str__(self) -> str:
        return f"declared by account {self.account_id}"

    def tell(self, words: str) -> None:
        self.words_sealed = vault.seal(words, place=f"access_declared.words:{self.id}") if words else None

    @property
    def words(self) -> str:
        return vault.unseal(self.words_sealed, place=f"access_declared.words:{self.id}") if self.words_sealed else ""
