"""Which person of the register an account is, how near is too near, and who came upon what was closed to them."""

from typing import ClassVar

from django.db import models

from maiam.contexts.accounts.models import Account, Post
from maiam.contexts.conflicts import rules
from maiam.contexts.families.models import Person
from maiam.platform import vault
from maiam.platform.access import Access, Anywhere, Grant, Permission, Protection, ScopedModel

_WATCHED = Grant(Permission.WATCH_CONFLICTS, Anywhere())
_KEPT = Grant(Permission.KEEP_HOUSE, Anywhere())


class Official(ScopedModel):
    """Who the holder of an account is in the family register: by identity number, or by the person's row.

    Nobody but the inspector and the house reads it; the number finds the person whenever the register learns of them.
    """

    protection = Protection.P2
    access = Access(
        read=(_WATCHED, _KEPT, Grant(Permission.MANAGE_ACCOUNTS, Anywhere())),
        add=(Grant(Permission.MANAGE_ACCOUNTS, Anywhere()), _KEPT),
        change=(Grant(Permission.MANAGE_ACCOUNTS, Anywhere()), _KEPT),
    )

    account = models.OneToOneField(Account, models.PROTECT, related_name="+")
    identity_number_sealed = models.BinaryField(null=True, blank=True)
    identity_number_index = models.CharField(max_length=64, blank=True, db_index=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True, blank=True)
    consent = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=120)

    def __str__(self) -> str:
        return f"who account {self.account_id} is"

    def keep_number(self, number: str, index: str) -> None:
        self.identity_number_index = index
        self.identity_number_sealed = vault.seal(number, place=f"conflicts_official.identity_number:{self.id}")


class KinStep(models.Model):
    """How far one relation leads, as conflicts.yaml says: read by the database when it draws circles."""

    protection: ClassVar = Protection.P1

    relation = models.CharField(max_length=30, primary_key=True)
    degree = models.PositiveSmallIntegerField()
    marriages = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.relation


class NearnessSetting(models.Model):
    """How near is too near, as conflicts.yaml says: one row."""

    protection: ClassVar = Protection.P1

    degree = models.PositiveSmallIntegerField()
    in_laws = models.BooleanField()
    same_household = models.BooleanField()

    def __str__(self) -> str:
        return f"to degree {self.degree}"


class Alarm(ScopedModel):
    """Somebody looked for a matter closed to them. They were told nothing; the inspector is."""

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(read=(_WATCHED, _KEPT), add=(_KEPT,))

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)
    post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    matter_id = models.UUIDField()
    probe = models.CharField(
        max_length=8, choices=[(probe.value, label) for probe, label in rules.PROBE_LABELS.items()]
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-at"], name="alarm_by_time")]

    def __str__(self) -> str:
        return f"{self.probe} by account {self.account_id}"
