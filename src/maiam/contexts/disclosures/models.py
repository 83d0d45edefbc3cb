"""A file for a court: who asked, who prepared it, who signed it, and the whole of what left."""

import json
from typing import Any

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Account, Post
from maiam.contexts.cases.models import Case
from maiam.contexts.disclosures.rules import State
from maiam.contexts.duties.rules import Subject
from maiam.contexts.places.models import Unit
from maiam.core.papers.content import digest
from maiam.platform import vault
from maiam.platform.access import Access, Grant, InPlace, Permission, Protection, ScopedModel

_HERE = InPlace("commune")


class CourtFile(ScopedModel):
    """One file: prepared by one person, signed by another; its content is sealed as it was signed, under its number."""

    protection = Protection.P4
    access = Access(
        read=(Grant(Permission.VIEW_CASES, _HERE),),
        add=(Grant(Permission.ASK_COURT_FILE, _HERE),),
        change=(Grant(Permission.ISSUE_COURT_FILE, _HERE),),
        matter="case",
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    request_sealed = models.BinaryField()
    tells_person = models.BooleanField(default=True)
    state = models.CharField(max_length=10, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    asked_by_name = models.CharField(max_length=120)
    asked_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, blank=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    symbol = models.CharField(max_length=12, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    left_out = models.JSONField(default=list)
    content_sealed = models.BinaryField(null=True, blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="court_file_state_known", condition=Q(state__in=list(State))),
            models.CheckConstraint(
                name="court_file_takes_two",
                condition=Q(state=State.ASKED, answered_by__isnull=True)
                | Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answered_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="court_file_issued_whole",
                condition=~Q(state=State.ISSUED)
                | Q(number__isnull=False, content_sealed__isnull=False) & ~Q(content_sha256=""),
            ),
        ]
        indexes = [models.Index(fields=["case", "-asked_at"], name="court_file_of_case")]

    def __str__(self) -> str:
        return f"court file {self.id}"

    @property
    def subject(self) -> Subject:
        return Subject("disclosures.file", self.id)

    @property
    def number_text(self) -> str:
        return f"{self.number:02d}/{self.symbol}" if self.number else ""

    def ask(self, request: dict[str, str]) -> None:
        self.request_sealed = vault.seal(json.dumps(request), place=f"disclosures_courtfile.request:{self.id}")

    @property
    def request(self) -> dict[str, Any]:
        opened: dict[str, Any] = json.loads(
            vault.unseal(self.request_sealed, place=f"disclosures_courtfile.request:{self.id}")
        )
        return opened

    def keep(self, content: str) -> None:
        self.content_sha256 = digest(content)
        self.content_sealed = vault.seal(content, place=f"disclosures_courtfile.content:{self.id}")

    @property
    def content(self) -> str:
        if self.content_sealed is None:
            return ""
        return vault.unseal(self.content_sealed, place=f"disclosures_courtfile.content:{self.id}")
