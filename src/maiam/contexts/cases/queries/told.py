"""What became of reports: the incident each told of, whom it hurt, and whose case it is. For counting; no names."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from maiam.contexts.cases.models import Case, CaseIncident, Incident, IncidentParty, IncidentReport
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.cases.rules.incidents import PROTECTED_ROLES, Injury, Weapon
from maiam.platform.access import Actor, Permission

_GRAVE_INJURIES = frozenset({Injury.TREATED, Injury.HOSPITAL, Injury.DEATH})
_NO_WEAPON = frozenset({Weapon.UNKNOWN, Weapon.NONE})


@dataclass(frozen=True)
class ToldIncident:
    """An incident a report told of: the people it hurt, and the newest case that answers it."""

    incident_id: UUID
    victim_ids: frozenset[UUID]
    is_grave: bool
    case_id: UUID | None
    responsible_post_id: int | None


def incidents_told(actor: Actor, report_ids: Collection[UUID]) -> dict[UUID, ToldIncident]:
    """For each of these reports, the incident it told of; reports that are not yet of any are left out."""
    actor.require(Permission.VIEW_CASES)
    links = dict(
        IncidentReport.objects.visible_to(actor)
        .filter(report_id__in=report_ids)
        .order_by("linked_at", "id")
        .values_list("report_id", "incident_id")
    )
    incidents = Incident.objects.visible_to(actor).in_bulk(list(set(links.values())))
    victims, cases = _victims(actor, incidents), _cases(actor, incidents)
    told = {row.id: _told(row, victims[row.id], cases.get(row.id)) for row in incidents.values()}
    return {report_id: told[incident_id] for report_id, incident_id in links.items() if incident_id in told}


def _victims(actor: Actor, incidents: Collection[UUID]) -> dict[UUID, set[UUID]]:
    hurt: dict[UUID, set[UUID]] = defaultdict(set)
    parties = IncidentParty.objects.visible_to(actor).filter(incident_id__in=incidents, role__in=PROTECTED_ROLES)
    for incident_id, person_id in parties.values_list("incident_id", "person_id"):
        hurt[incident_id].add(person_id)
    return hurt


def _cases(actor: Actor, incidents: Collection[UUID]) -> dict[UUID, Case]:
    """One case of each incident: an open one before a closed one, then the newest."""
    links = CaseIncident.objects.visible_to(actor).filter(incident_id__in=incidents).select_related("case")
    ordered = sorted(links, key=lambda link: (link.case.status != Status.CLOSED, link.case.opened_at, link.case_id))
    return {link.incident_id: link.case for link in ordered}


def _told(row: Incident, victims: set[UUID], case: Case | None) -> ToldIncident:
    return ToldIncident(
        incident_id=row.id,
        victim_ids=frozenset(victims),
        is_grave=row.injury in _GRAVE_INJURIES or row.weapon not in _NO_WEAPON,
        case_id=case.id if case else None,
        responsible_post_id=case.responsible_post_id if case else None,
    )
