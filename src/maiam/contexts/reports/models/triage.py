"""What was decided about a report, tried, and moved: each a row that stays as it was written."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Account, Post
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.reports.models.intake import Report
from maiam.contexts.reports.rules.states import BY_TWO_PEOPLE, Outcome, Step
from maiam.platform import vault
from maiam.platform.access import Access, Grant, Permission, Protection, ScopedModel, Through

P = Permission


class TriageDecision(ScopedModel):
    """One step of triage by one person. The database lets a report conclude once, and never by one person alone
    where two are needed.
    """

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(read=(Grant(P.VIEW_REPORTS, Through("report")),), add=(Grant(P.VIEW_REPORTS, Through("report")),))

    report = models.ForeignKey(Report, models.PROTECT, related_name="decisions")
    step = models.CharField(max_length=12)
    outcome = models.CharField(max_length=32, null=True)
    reason_sealed = models.BinaryField()
    receiver = models.CharField(max_length=200, blank=True)
    receiver_reference = models.CharField(max_length=200, blank=True)
    accepted_at = models.DateTimeField(null=True)
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    by_account = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    proposed_by_account = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["report", "at"], name="decision_of_report")]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(step=Step.CONCLUDED.value), name="report_concludes_once"
            ),
            models.UniqueConstraint(
                fields=["report"], condition=Q(step=Step.ANSWERED.value), name="report_answered_once"
            ),
            models.CheckConstraint(
                name="decision_step_and_outcome",
                condition=Q(
                    step__in=[Step.GRADED.value, Step.DECLINED.value, Step.ANSWERED.value], outcome__isnull=True
                )
                | Q(
                    step__in=[Step.PROPOSED.value, Step.CONCLUDED.value],
                    outcome__in=[outcome.value for outcome in Outcome],
                ),
            ),
            models.CheckConstraint(
                name="decision_takes_two_people",
                condition=~Q(step=Step.CONCLUDED.value, outcome__in=[outcome.value for outcome in BY_TWO_PEOPLE])
                | (
                    Q(by_account__isnull=False, proposed_by_account__isnull=False)
                    & ~Q(by_account=F("proposed_by_account"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} on {self.report_id}"

    @property
    def reason(self) -> str:
        return vault.unseal(self.reason_sealed, place=f"reports_triagedecision.reason:{self.id}")


class ContactAttempt(ScopedModel):
    """One try to reach the reporter or the person in danger, within what they said is safe."""

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(read=(Grant(P.VIEW_REPORTS, Through("report")),), add=(Grant(P.TRIAGE_REPORTS, Through("report")),))

    report = models.ForeignKey(Report, models.PROTECT, related_name="attempts")
    tried_at = models.DateTimeField()
    result_sealed = models.BinaryField()
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"attempt on {self.report_id}"

    @property
    def result(self) -> str:
        return vault.unseal(self.result_sealed, place=f"reports_contactattempt.result:{self.id}")


class Placement(ScopedModel):
    """A report given to a commune by the province's desk, or handed back to it; the clock goes on."""

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(
        read=(Grant(P.VIEW_REPORTS, Through("report")), Grant(P.PLACE_REPORTS, Through("report"))),
        add=(Grant(P.TRIAGE_REPORTS, Through("report")), Grant(P.PLACE_REPORTS, Through("report"))),
    )

    report = models.ForeignKey(Report, models.PROTECT, related_name="placements")
    from_commune = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    to_commune = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True)
    to_village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True)
    reason_sealed = models.BinaryField()
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"placement of {self.report_id}"

    @property
    def reason(self) -> str:
        return vault.unseal(self.reason_sealed, place=f"reports_placement.reason:{self.id}")
