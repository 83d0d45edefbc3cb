"""One measure of Art. 22: what was asked, decided, served, done and how it ended; any kind, one table.

The database keeps what was asked and decided as it was (migration 0002). It refuses help without the person's yes, a
term beyond the longest the law knows, and two live measures of a kind that allows one.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from maiam.contexts.accounts.models import Account, Post
from maiam.contexts.cases.models import Case, Incident, PerpetratorFile
from maiam.contexts.duties.rules import Subject
from maiam.contexts.families.models import Person
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.rules.states import DECIDED, FINAL, LIVE, STOPPED, State
from maiam.contexts.places.models import Unit
from maiam.core.law.codes import procedures
from maiam.core.law.limits import time_limit
from maiam.platform import vault
from maiam.platform.access import Access, Grant, InPlace, Permission, Protection, ScopedModel, ScopedQuerySet

_OF_CASE = InPlace("commune")
# Filled for measures about a perpetrator alone: those who carry them out see these, and none that tells of the victim.
_CARRIED_HERE = InPlace("carried_in")
_IS_DECIDED = Q(decided_at__isnull=False)
_NOT_BEGUN = Q(starts_at__isnull=True)
_RUNS_ON = Q(stopped_at__isnull=True)


def _longest(kind: str, code: str) -> Q:
    outer = F("starts_at") + kinds.outer_term(time_limit(code))
    return ~Q(kind=kind) | Q(ends_at__isnull=True) | Q(ends_at__lte=outer)


class MeasureQuerySet(ScopedQuerySet["Measure"]):
    def live(self) -> Self:
        return self.filter(state__in=list(LIVE))

    def over(self, now: datetime) -> Self:
        return self.filter(state=State.IN_FORCE, ends_at__lte=now)


class Measure(ScopedModel):
    """One measure about one person of a case. `starts_at` is when it binds or began."""

    protection = Protection.P3
    access = Access(
        read=(Grant(Permission.VIEW_CASES, _OF_CASE), Grant(Permission.VIEW_MEASURES, _CARRIED_HERE)),
        add=(Grant(Permission.REQUEST_MEASURES, _OF_CASE),),
        change=(
            Grant(Permission.DECIDE_MEASURES, _OF_CASE),
            Grant(Permission.DECIDE_MEASURES, _CARRIED_HERE),
            Grant(Permission.CARRY_MEASURES, _OF_CASE),
            Grant(Permission.CARRY_MEASURES, _CARRIED_HERE),
        ),
        matter="case",
    )

    kind = models.CharField(max_length=24)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    file = models.ForeignKey(PerpetratorFile, models.PROTECT, related_name="+", null=True, blank=True)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+", null=True, blank=True)
    commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    competent_commune = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    carried_in = models.ForeignKey(Unit, models.PROTECT, related_name="+", null=True, blank=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    person_name = models.CharField(max_length=300)
    state = models.CharField(max_length=12)
    requester = models.CharField(max_length=16, blank=True)
    requester_name = models.CharField(max_length=200, blank=True)
    consent_by = models.CharField(max_length=200, blank=True)
    consent_at = models.DateTimeField(null=True, blank=True)
    requested_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(Account, models.PROTECT, related_name="+", null=True, blank=True)
    decided_by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True, blank=True)
    # The day on which another body decided: the law counts from it, not from our writing it down.
    decided_on = models.DateField(null=True, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, related_name="+", null=True, blank=True)
    request_sealed = models.BinaryField(null=True, blank=True)
    decision_sealed = models.BinaryField(null=True, blank=True)
    outcome_sealed = models.BinaryField(null=True, blank=True)

    objects: ClassVar = MeasureQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["case", "-recorded_at"], name="measure_of_case"),
            models.Index(fields=["file", "-recorded_at"], name="measure_of_file"),
            models.Index(fields=["person", "kind"], name="measure_of_person"),
            models.Index(
                fields=["competent_commune", "requested_at"], condition=Q(state="requested"), name="measure_waiting"
            ),
            models.Index(fields=["ends_at"], condition=Q(state="in_force"), name="measure_to_end"),
        ]
        constraints = [
            models.CheckConstraint(name="measure_kind_known", condition=Q(kind__in=sorted(procedures()))),
            models.CheckConstraint(
                name="measure_state_fits_its_moments",
                condition=(
                    Q(state=State.REQUESTED, requested_at__isnull=False) & ~_IS_DECIDED & _NOT_BEGUN & _RUNS_ON
                    | Q(state__in=[State.REFUSED, State.ABOVE, State.ORDERED, State.SERVED])
                    & _IS_DECIDED
                    & _NOT_BEGUN
                    & _RUNS_ON
                    | Q(state=State.IN_FORCE) & _IS_DECIDED & ~_NOT_BEGUN & _RUNS_ON
                    | Q(state=State.ENDED) & _IS_DECIDED & ~_NOT_BEGUN & ~_RUNS_ON
                    | Q(state__in=[State.CANCELLED, State.SUPERSEDED]) & _IS_DECIDED & ~_RUNS_ON
                ),
            ),
            models.CheckConstraint(
                name="measure_known_before_recorded",
                condition=Q(requested_at__isnull=True) | Q(requested_at__lte=F("recorded_at")),
            ),
            models.CheckConstraint(
                name="measure_decided_by_someone",
                condition=Q(decided_at__isnull=True)
                | Q(decided_by__isnull=False, decided_by_post__isnull=False, decision_sealed__isnull=False),
            ),
            models.CheckConstraint(
                name="measure_of_help_has_her_yes",
                condition=~Q(kind__in=kinds.WITH_CONSENT, state__in=sorted(DECIDED | STOPPED))
                | Q(consent_at__isnull=False) & ~Q(consent_by=""),
            ),
            models.CheckConstraint(
                name="measure_of_body_has_consent",
                condition=~Q(requester="competent_body") | Q(consent_at__isnull=False) & ~Q(consent_by=""),
            ),
            models.CheckConstraint(
                name="measure_ends_after_it_starts",
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="measure_stops_after_it_starts",
                condition=Q(stopped_at__isnull=True) | Q(starts_at__isnull=True) | Q(stopped_at__gte=F("starts_at")),
            ),
            models.CheckConstraint(
                name="measure_court_term_is_lawful", condition=_longest("M_C_BAN_COURT", "BAN_MAX_COURT")
            ),
            models.CheckConstraint(
                name="measure_separation_term_is_lawful",
                condition=_longest("X_CHILD_SEPARATION", "CHILD_SEPARATION_MAX"),
            ),
            models.CheckConstraint(
                name="measure_of_perpetrator_has_its_file",
                condition=Q(file__isnull=True, carried_in__isnull=True)
                | Q(file__isnull=False, carried_in=F("competent_commune")),
            ),
            models.UniqueConstraint(
                fields=["kind", "case", "person"],
                condition=Q(state=State.REQUESTED, kind__in=kinds.EXCLUSIVE),
                name="measure_one_request",
            ),
            models.UniqueConstraint(
                fields=["kind", "case", "person"],
                condition=Q(state__in=sorted(DECIDED), kind__in=kinds.EXCLUSIVE),
                name="measure_one_live",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def subject(self) -> Subject:
        """What the duties about this measure are about."""
        return Subject("measures.measure", self.id)

    @property
    def is_final(self) -> bool:
        return self.state in FINAL

    def is_live(self, now: datetime) -> bool:
        """Does it bind at this moment, whether or not the clockwork has yet ended what is over?"""
        return self.state == State.IN_FORCE and (self.ends_at is None or now < self.ends_at)

    def ask_with(self, facts: Mapping[str, Any]) -> None:
        self.request_sealed = self._seal("request", facts)

    def decide_with(self, facts: Mapping[str, Any]) -> None:
        self.decision_sealed = self._seal("decision", facts)

    def end_with(self, facts: Mapping[str, Any]) -> None:
        self.outcome_sealed = self._seal("outcome", facts)

    @property
    def request_facts(self) -> dict[str, str]:
        return self._open("request", self.request_sealed)

    @property
    def decision_facts(self) -> dict[str, str]:
        """What was decided; `reason` is the decider's own sentence."""
        return self._open("decision", self.decision_sealed)

    @property
    def outcome_facts(self) -> dict[str, str]:
        return self._open("outcome", self.outcome_sealed)

    @property
    def facts(self) -> dict[str, str]:
        return self.request_facts | self.decision_facts

    def _seal(self, step: str, facts: Mapping[str, Any]) -> bytes:
        kept = {code: str(value) for code, value in facts.items() if value not in (None, "", False)}
        return vault.seal(json.dumps(kept, ensure_ascii=False), place=f"measures_measure.{step}:{self.id}")

    def _open(self, step: str, sealed: bytes | memoryview | None) -> dict[str, str]:
        if not sealed:
            return {}
        opened: dict[str, str] = json.loads(vault.unseal(sealed, place=f"measures_measure.{step}:{self.id}"))
        return opened
