"""What was recorded before of these people and this village, as far as the actor may open it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from maiam.contexts.alarms.rules.intake import Party, Past
from maiam.contexts.cases.models import Case, CaseIncident, Incident, IncidentParty
from maiam.contexts.cases.queries.incidents import when_of
from maiam.contexts.cases.rules.incidents import Injury, PartyRole, Weapon
from maiam.contexts.reports.models import Report
from maiam.core.law.codes.house import alarms as limits
from maiam.platform.access import Actor

# An incident is written by its day; told and happened may lie on two sides of a midnight.
_SAME_DAY = timedelta(days=1)


def pasts(actor: Actor, report: Report, village_id: int | None, ids: Mapping[UUID, UUID]) -> list[Past]:
    """Earlier incidents of these people, and those of the village in its days; not the one this report told of."""
    with_them = IncidentParty.objects.visible_to(actor).filter(person_id__in=ids).values("incident_id")
    near = Q(
        village_id=village_id, village__isnull=False, occurred_at__gte=report.told_at - _days(max(limits().near_days))
    )
    oldest = report.told_at - _days(max(limits().repeat_days, limits().perpetrator_days))
    rows = list(
        Incident.objects.visible_to(actor)
        .filter(Q(id__in=with_them) | near, occurred_at__gte=oldest, occurred_at__lte=report.told_at + _SAME_DAY)
        .exclude(report_links__report=report)
        .order_by("-occurred_at", "id")
    )
    parties, cases = _parties(actor, rows, ids), _cases(actor, rows)
    return [_past(row, parties[row.id], cases.get(row.id)) for row in rows]


def _days(days: int) -> timedelta:
    return timedelta(days=days + 1)


def _parties(actor: Actor, rows: list[Incident], ids: Mapping[UUID, UUID]) -> dict[UUID, list[Party]]:
    found = defaultdict(list)
    for row in IncidentParty.objects.visible_to(actor).filter(incident__in=rows).order_by("id"):
        person_id = ids.get(row.person_id, row.person_id)
        found[row.incident_id].append(Party(person_id, row.name, PartyRole(row.role)))
    return found


def _cases(actor: Actor, rows: list[Incident]) -> dict[UUID, Case]:
    """The case of each incident that was opened first and the actor may open."""
    links = CaseIncident.objects.visible_to(actor).filter(incident__in=rows).select_related("case")
    return {link.incident_id: link.case for link in links.order_by("-case__opened_at", "-case_id")}


def _past(row: Incident, parties: list[Party], case: Case | None) -> Past:
    return Past(
        id=row.id,
        at=row.occurred_at,
        when=when_of(row),
        village_id=row.village_id,
        parties=tuple(parties),
        injury=Injury(row.injury),
        weapon=Weapon(row.weapon),
        case_id=case.id if case else None,
        case_code=case.code if case else "",
    )
