"""Alarms an officer set aside, with the reason. What raises an alarm is read anew each time and stored nowhere."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from maiam.contexts.accounts.models import Account, Post
from maiam.contexts.alarms.rules.found import Kind, Reason
from maiam.contexts.reports.models import Report
from maiam.platform import vault
from maiam.platform.access import Access, Grant, Permission, Protection, ScopedModel, Through


class SetAside(ScopedModel):
    """One alarm of one report, set aside by one person. It stays as it was written; new facts raise a new alarm."""

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(
        read=(Grant(Permission.VIEW_CASES, Through("report")),),
        add=(Grant(Permission.TRIAGE_REPORTS, Through("report")),),
        matter="report",
    )

    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    says_sealed = models.BinaryField()
    reason = models.CharField(max_length=16)
    words_sealed = models.BinaryField(null=True, blank=True)
    at = models.DateTimeField()
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    by_account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="alarm_set_aside_once"),
            models.CheckConstraint(name="alarm_kind_known", condition=Q(kind__in=[kind.value for kind in Kind])),
            models.CheckConstraint(
                name="alarm_reason_known", condition=Q(reason__in=[reason.value for reason in Reason])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} set aside on {self.report_id}"

    def keep(self, *, says: str, words: str) -> None:
        """Seal what the alarm said and what the officer wrote, for this row alone."""
        self.says_sealed = vault.seal(says, place=f"alarms_setaside.says:{self.id}")
        self.words_sealed = vault.seal(words, place=f"alarms_setaside.words:{self.id}") if words else None

    @property
    def says(self) -> str:
        return vault.unseal(self.says_sealed, place=f"alarms_setaside.says:{self.id}")

    @property
    def words(self) -> str:
        return vault.unseal(self.words_sealed, place=f"alarms_setaside.words:{self.id}") if self.words_sealed else ""
