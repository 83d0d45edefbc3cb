"""Entries of the trail, the chain that seals them, and the entries still waiting for their seal."""

from typing import ClassVar

from django.db import models

from maiam.platform.access import ANYONE, Access, Anywhere, Grant, Permission, Protection, ScopedModel


class AuditEntry(ScopedModel):
    """Who did what to which record, when. Ids and field names only: values live in the records."""

    protection = Protection.P1
    append_only: ClassVar = True

    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    post_id = models.BigIntegerField(null=True)
    action = models.CharField(max_length=80, db_index=True)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=36, blank=True)
    mac = models.CharField(max_length=64)

    access = Access(
        read=(Grant(Permission.VIEW_AUDIT, Anywhere()), Grant(Permission.KEEP_AUDIT, Anywhere())),
        add=(ANYONE,),
    )

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="audit_by_subject"),
            models.Index(fields=["actor", "-id"], name="audit_by_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.id}: {self.actor} {self.action} {self.subject_type} {self.subject_id}"


class AuditLink(models.Model):
    """One link of the chain: the n-th sealed entry, bound to all before it."""

    protection: ClassVar = Protection.P1
    append_only: ClassVar = True

    number = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    digest = models.BinaryField(max_length=32)
    sealed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"link {self.number} seals entry {self.entry_id}"


class AuditWaiting(models.Model):
    """An entry not sealed yet; a trigger adds it, the sealer takes it away."""

    protection: ClassVar = Protection.P1
    may_delete: ClassVar = True

    entry_id = models.UUIDField(primary_key=True)

    def __str__(self) -> str:
        return f"entry {self.entry_id} waits"
