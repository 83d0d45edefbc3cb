"""What happened: one event with its acts and people, and the reports that told of it."""

from dataclasses import replace

from django.contrib.postgres.fields import ArrayField
from django.db import models

from maiam.contexts.accounts.models import Post
from maiam.contexts.cases.rules.incidents import Answer, Injury, PartyRole, Verification, Weapon
from maiam.contexts.families.models import Person
from maiam.contexts.places.models import Unit, Village
from maiam.contexts.reports.models import Report
from maiam.platform import vault
from maiam.platform.access import Access, Grant, InPlace, Names, Permission, Protection, ScopedModel, Through

_HERE = InPlace("commune", "village")
_OF_INCIDENT = Access(
    read=(Grant(Permission.VIEW_CASES, Through("incident")),),
    add=(Grant(Permission.OPEN_CASES, Through("incident")),),
)


class Incident(ScopedModel):
    """One event of violence. Its story and place are sealed: a stolen database does not tell them."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_CASES, _HERE),),
        add=(Grant(Permission.OPEN_CASES, _HERE),),
        change=(Grant(Permission.OPEN_CASES, _HERE),),
        matter="id",
    )

    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    village = models.ForeignKey(Village, models.PROTECT, related_name="+", null=True, blank=True)
    occurred_at = models.DateTimeField()
    precision = models.CharField(max_length=8)
    is_approximate = models.BooleanField(default=False)
    regime = models.CharField(max_length=20)
    kinds = ArrayField(models.CharField(max_length=10))
    injury = models.CharField(max_length=12, default=Injury.UNKNOWN)
    weapon = models.CharField(max_length=20, default=Weapon.UNKNOWN)
    alcohol = models.CharField(max_length=8, default=Answer.UNKNOWN)
    children_present = models.CharField(max_length=8, default=Answer.UNKNOWN)
    verification = models.CharField(max_length=16, default=Verification.REPORTED)
    place_sealed = models.BinaryField(null=True, blank=True)
    story_sealed = models.BinaryField()
    recorded_at = models.DateTimeField()
    recorded_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["commune", "-occurred_at"], name="incident_of_commune"),
            models.Index(fields=["village", "-occurred_at"], name="incident_of_village"),
        ]
        constraints = [
            models.CheckConstraint(
                name="incident_not_ahead", condition=models.Q(occurred_at__lte=models.F("recorded_at"))
            )
        ]

    def __str__(self) -> str:
        return f"incident {self.id}"

    def tell(self, *, story: str, place: str) -> None:
        """Seal what was told, for this row alone."""
        self.story_sealed = vault.seal(story, place=f"cases_incident.story:{self.id}")
        self.place_sealed = vault.seal(place, place=f"cases_incident.place:{self.id}") if place else None

    @property
    def story(self) -> str:
        return vault.unseal(self.story_sealed, place=f"cases_incident.story:{self.id}")

    @property
    def place(self) -> str:
        return vault.unseal(self.place_sealed, place=f"cases_incident.place:{self.id}") if self.place_sealed else ""


class IncidentAct(ScopedModel):
    """One act of the law's list, as that list stood on the day of the incident."""

    protection = Protection.P3
    access = _OF_INCIDENT

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="acts")
    code = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "code"], name="act_once_in_incident")]

    def __str__(self) -> str:
        return f"{self.code} in {self.incident_id}"


class IncidentParty(ScopedModel):
    """A person in an incident, named as the register named them then.

    `was_child` is what we know of the day itself; None means the birth date does not tell.
    """

    protection = Protection.P3
    access = replace(
        _OF_INCIDENT,
        names=Names(
            person="person",
            record="incident",
            part="role",
            accused=(PartyRole.AGGRESSOR,),
            protected=(PartyRole.VICTIM, PartyRole.EXPOSED_CHILD),
        ),
    )

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="parties")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    role = models.CharField(max_length=16)
    was_child = models.BooleanField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "person"], name="party_once_in_incident")]
        indexes = [models.Index(fields=["person", "role"], name="party_by_person")]

    def __str__(self) -> str:
        return f"{self.role} in {self.incident_id}"


class IncidentRelation(ScopedModel):
    """What a perpetrator is to a victim, by the code list of relations: "the perpetrator is the victim's …"."""

    protection = Protection.P3
    access = _OF_INCIDENT

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="relations")
    perpetrator = models.ForeignKey(IncidentParty, models.PROTECT, related_name="+")
    victim = models.ForeignKey(IncidentParty, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=24)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["perpetrator", "victim"], name="relation_once_for_pair")]

    def __str__(self) -> str:
        return f"{self.relation} in {self.incident_id}"


class IncidentReport(ScopedModel):
    """A report that told of the incident. Many may; the report itself is never changed by it."""

    protection = Protection.P3
    access = replace(_OF_INCIDENT, ties=("incident", "report"))
    append_only = True

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="report_links")
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=12)
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "report"], name="report_once_in_incident")]

    def __str__(self) -> str:
        return f"report {self.report_id} of {self.incident_id}"
