"""Our duty to one protected person; and, apart from it, the file on a person with violent conduct."""

from django.db import models
from django.db.models import Q

from maiam.contexts.accounts.models import Account, Post
from maiam.contexts.cases.models.incidents import Incident
from maiam.contexts.cases.rules import cases as rules
from maiam.contexts.duties.rules import Subject
from maiam.contexts.families.models import Person
from maiam.contexts.places.models import Unit, Village
from maiam.platform import vault
from maiam.platform.access import Access, Grant, InPlace, Names, Permission, Protection, ScopedModel, Through

_HERE = InPlace("commune", "village")


class HouseholdMatter(ScopedModel):
    """What ties the cases of one home: the wife's, each child's. It says nothing but that they belong together."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_CASES, InPlace("commune")),),
        add=(Grant(Permission.OPEN_CASES, InPlace("commune")),),
    )
    append_only = True

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"matter {self.id}"


class Case(ScopedModel):
    """The duty to one person. Many incidents may belong to it; another person of the home has another case."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_CASES, _HERE),),
        add=(Grant(Permission.OPEN_CASES, _HERE),),
        change=(Grant(Permission.OPEN_CASES, _HERE), Grant(Permission.CLOSE_CASES, _HERE)),
        matter="id",
        names=Names(person="person", record="id", is_accused=False),
    )

    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=300)
    responsible_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    matter = models.ForeignKey(HouseholdMatter, models.PROTECT, related_name="cases", null=True, blank=True)
    status = models.CharField(max_length=16, default=rules.Status.NEW)
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["commune", "year", "number"], name="case_code_once"),
            models.UniqueConstraint(
                fields=["commune", "person"], condition=~Q(status=rules.Status.CLOSED), name="case_open_once_for_person"
            ),
            models.CheckConstraint(name="case_status_known", condition=Q(status__in=list(rules.Status))),
        ]
        indexes = [
            models.Index(fields=["commune", "-opened_at", "-id"], name="case_of_commune"),
            models.Index(fields=["commune", "status", "-opened_at", "-id"], name="case_by_status"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        return rules.code(year=self.year, number=self.number)

    @property
    def subject(self) -> Subject:
        """What duties about this case are about."""
        return Subject("cases.case", self.id)

    @property
    def is_closed(self) -> bool:
        return self.status == rules.Status.CLOSED


class CaseIncident(ScopedModel):
    """An incident that a case answers."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_CASES, Through("case")),),
        add=(Grant(Permission.OPEN_CASES, Through("case")),),
        ties=("case", "incident"),
    )
    append_only = True

    case = models.ForeignKey(Case, models.PROTECT, related_name="incident_links")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="case_links")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "incident"], name="incident_once_in_case")]

    def __str__(self) -> str:
        return f"incident {self.incident_id} of case {self.case_id}"


class CaseStep(ScopedModel):
    """One move of a case from state to state: who, when, and why where that must be said."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_CASES, Through("case")),),
        add=(Grant(Permission.OPEN_CASES, Through("case")), Grant(Permission.CLOSE_CASES, Through("case"))),
    )
    append_only = True

    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    status = models.CharField(max_length=16)
    at = models.DateTimeField()
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    by_account = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, blank=True)
    reason_sealed = models.BinaryField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["case", "-at", "-id"], name="step_of_case")]

    def __str__(self) -> str:
        return f"case {self.case_id} to {self.status}"

    def explain(self, reason: str) -> None:
        self.reason_sealed = vault.seal(reason, place=f"cases_casestep.reason:{self.id}") if reason else None

    @property
    def reason(self) -> str:
        return vault.unseal(self.reason_sealed, place=f"cases_casestep.reason:{self.id}") if self.reason_sealed else ""


class PerpetratorFile(ScopedModel):
    """What we keep on a person with violent conduct, apart from every victim's case."""

    protection = Protection.P3
    access = Access(
        read=(
            Grant(Permission.VIEW_CASES, InPlace("commune")),
            Grant(Permission.VIEW_PERPETRATORS, InPlace("commune")),
        ),
        add=(Grant(Permission.OPEN_CASES, InPlace("commune")),),
        matter="id",
        names=Names(person="person", record="id"),
    )

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    # Named here, so that those who work with the person need no look into the register.
    name = models.CharField(max_length=300, db_default="")
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["commune", "person"], name="perpetrator_file_once")]

    def __str__(self) -> str:
        return f"file {self.id}"
