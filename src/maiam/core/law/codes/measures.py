"""Measures that stop violence and protect or help: Art. 22(1), points a to k, and what stands beside them."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from pydantic import Field

from maiam.core.law.codes.reading import Entry, Labelled, ListError, by_code, read


class Decider(Entry):
    vi: str
    en: str


class Ground(Entry):
    """A ground on which a no-contact decision may stand."""

    code: str
    rule: str
    legal: str


class Term(Entry):
    """The longest a measure may last each time."""

    days: int | None = None
    months: int | None = None
    per: str | None = None
    applies_to: str | None = None


class Within(Entry):
    """How soon something must be done, and counted from what."""

    hours: int
    from_: str = Field(alias="from")
    else_: str | None = Field(default=None, alias="else")
    what: str | None = None


class AllowedContact(Entry):
    reasons: tuple[str, ...]
    procedure: str
    max_hours: int
    supervisor_duty: str


class Cancellation(Entry):
    by: str
    grounds: tuple[str, ...]
    request_form: str | None = None
    decision_form: str | None = None
    deadline_hours: int | None = None
    else_: str | None = Field(default=None, alias="else")
    note: str | None = None


class Measure(Labelled):
    """One measure. What only some measures have is None on the others."""

    letter: str
    target: Literal["perpetrator", "victim", "victim_and_dependent_children"]
    decided_by: Decider
    decision_deadline: Within | Literal["immediate"] | None
    legal: str
    max_duration: Term | None = None
    renewal: str | None = None
    cancellation: Cancellation | None = None
    cases: tuple[Ground, ...] = ()
    conditions: str | None = None
    conditions_any: tuple[str, ...] = ()
    conditions_all: tuple[str, ...] = ()
    effective_from: str | None = None
    sent_to: tuple[str, ...] = ()
    distance_m: int | None = None
    distance_exception: str | None = None
    remote_contact: str | None = None
    allowed_contact: AllowedContact | None = None
    priority: str | None = None
    breach: str | None = None
    on_refusal: str | None = None
    own_motion: str | None = None
    follow_up_deadline: Within | None = None
    supervisor_pool: tuple[str, ...] = ()
    supervisor_criteria: tuple[str, ...] = ()
    plan: str | None = None
    other_durations: str | None = None
    secrecy: str | None = None
    support_level: str | None = None
    duties: tuple[str, ...] = ()
    content: str | tuple[str, ...] | None = None
    age_min: int | None = None
    chaired_by: Decider | None = None
    participants: tuple[str, ...] = ()
    record: str | None = None
    alternative: str | None = None
    works: tuple[str, ...] = ()
    list_of_works: str | None = None
    max_duration_note: str | None = None
    refusal: str | None = None
    records: tuple[str, ...] = ()


class NoContactMeasure(Measure):
    """The no-contact decision of the commune chairman, with all it always has."""

    cases: tuple[Ground, ...] = Field(min_length=1)
    sent_to: tuple[str, ...] = Field(min_length=1)
    distance_m: int
    allowed_contact: AllowedContact
    cancellation: Cancellation


class OtherIntervention(Labelled):
    """Help outside Art. 22 that reports and data groups also record."""

    decided_by: str
    rule: str | None = None
    max_duration: str | None = None
    decision_deadline: str | None = None


_BY_COMMUNE = "M_C_BAN_COMMUNE"


@cache
def measures() -> Mapping[str, Measure]:
    found = by_code(Measure, read("measures")["items"], "measures.yaml")
    for measure in found.values():
        if measure.alternative is not None and measure.alternative not in found:
            raise ListError(f"measures.yaml: {measure.code} names {measure.alternative}, which is no measure.")
    return found


@cache
def no_contact_by_commune() -> NoContactMeasure:
    """The row of Art. 25, checked to hold everything the rules of no-contact need."""
    raw: list[dict[str, Any]] = [row for row in read("measures")["items"] if row["code"] == _BY_COMMUNE]
    return by_code(NoContactMeasure, raw, "measures.yaml")[_BY_COMMUNE]


@cache
def other_interventions() -> Mapping[str, OtherIntervention]:
    return by_code(OtherIntervention, read("measures")["other_interventions"], "measures.yaml")
