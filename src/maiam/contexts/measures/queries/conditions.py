"""Whether a measure's conditions hold, from the records of every commune; and which commune is competent."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.cases.queries import Pair
from maiam.contexts.cases.rules.incidents import Precision, Verification
from maiam.contexts.measures.models import ChildProtector, Measure
from maiam.contexts.measures.rules import conditions, kinds
from maiam.contexts.measures.rules.acts import span
from maiam.contexts.measures.rules.conditions import Known
from maiam.core.law.repeat import Finding, PastAct, of_age, repeat_or_fined
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, Permission


def competent_commune(actor: Actor, kind: str, pair: Pair) -> int:
    """The commune whose signature the law asks for: where it happened, or where the perpetrator lives."""
    if kinds.procedure(kind).competent == "perpetrator_home":
        home, _ = _person(actor, pair.perpetrator.person_id)
        return home or pair.incident.commune_id
    return pair.incident.commune_id


def findings(actor: Actor, measure: Measure) -> list[Finding]:
    """The conditions of a measure as they stand now, each with its reason."""
    facts = measure.request_facts
    return conditions.findings(measure.kind, _known(actor, measure.kind, measure.person_id, measure.case_id, facts))


def findings_before(actor: Actor, kind: str, person_id: UUID, case: Case) -> list[Finding]:
    """The conditions of a measure nobody has asked for yet."""
    return conditions.findings(kind, _known(actor, kind, person_id, case.id, {}))


def condition_table(actor: Actor, person_id: UUID) -> list[Finding]:
    """Whether criticism and community service are open against this person, and why or why not."""
    actor.require(Permission.VIEW_PERPETRATORS)
    acts, (_, birth) = past_acts(actor, person_id), _person(actor, person_id)
    return [repeat_or_fined(acts), of_age(acts, birth)]


def past_acts(actor: Actor, person_id: UUID) -> list[PastAct]:
    """Every act of violence of this person on record, in whichever commune; only for those who may judge them."""
    actor.require(Permission.VIEW_MEASURES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM measures_past_acts(%s)", [person_id])
        rows = cursor.fetchall()
    return [_act(_Row(*row)) for row in rows]


def protector_of(actor: Actor, case_id: UUID) -> ChildProtector | None:
    """Who takes part for the child of this case; None while nobody is named."""
    rows = ChildProtector.objects.visible_to(actor).filter(case_id=case_id)
    return rows.order_by("-named_at", "-id").first()


def _known(actor: Actor, kind: str, person_id: UUID, case_id: UUID, facts: dict[str, str]) -> Known:
    wanted = kinds.procedure(kind).conditions
    judged = "repeat_or_fined" in wanted
    case = Case.objects.visible_to(actor).filter(id=case_id).first() if "child" in wanted else None
    protector = protector_of(actor, case_id) if "child_protector" in wanted else None
    return Known(
        acts=past_acts(actor, person_id) if judged else (),
        birth=_person(actor, person_id)[1] if judged else None,
        vulnerable=facts.get("vulnerable", ""),
        is_dangerous=bool(facts.get("danger")),
        has_chosen=bool(facts.get("chosen")),
        is_child=cases.is_child_case(actor, case) if case else None,
        protector=f"{protector.name}, {protector.standing}" if protector else "",
    )


def _person(actor: Actor, person_id: UUID) -> tuple[int | None, PartialDate | None]:
    """Where a person lives and when born, for those who may judge them, wherever the register keeps them."""
    actor.require(Permission.VIEW_MEASURES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM measures_person_facts(%s)", [person_id])
        row = cursor.fetchone()
    if row is None:
        return None, None
    commune_id, year, month, day = row
    return commune_id, PartialDate(year, month, day) if year else None


class _Row(NamedTuple):
    """One row of `measures_past_acts`."""

    incident_id: UUID
    occurred_at: datetime
    precision: str
    is_approximate: bool
    verification: str
    commune: str
    fined_on: date | None


def _act(row: _Row) -> PastAct:
    earliest, latest = span(row.occurred_at, Precision(row.precision), is_approximate=row.is_approximate)
    is_confirmed = Verification(row.verification) is Verification.CONFIRMED
    return PastAct(earliest, latest, row.commune, is_confirmed, row.fined_on)
