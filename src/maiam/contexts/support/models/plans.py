"""What a person herself will do when danger comes: hers to say, kept version by version."""

import json

from django.db import models

from maiam.contexts.accounts.models import Post
from maiam.contexts.cases.models import Case
from maiam.contexts.places.models import Unit
from maiam.contexts.support.models.contacts import CASE_CIRCLE, KEEPERS
from maiam.platform import vault
from maiam.platform.access import Access, Protection, ScopedModel


class SafetyPlan(ScopedModel):
    """One version of a safety plan. Where she would go is of the gravest class: sealed, never in a list."""

    protection = Protection.P4
    append_only = True
    access = Access(read=CASE_CIRCLE, add=KEEPERS, matter="case")

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    written_at = models.DateTimeField()
    written_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    written_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "version"], name="safety_plan_version_once")]

    def __str__(self) -> str:
        return f"safety plan {self.version} of case {self.case_id}"

    def lay_out(self, answers: dict[str, str]) -> None:
        self.sealed = vault.seal(json.dumps(answers), place=f"support_safetyplan:{self.id}")

    @property
    def answers(self) -> dict[str, str]:
        opened: dict[str, str] = json.loads(vault.unseal(self.sealed, place=f"support_safetyplan:{self.id}"))
        return opened
