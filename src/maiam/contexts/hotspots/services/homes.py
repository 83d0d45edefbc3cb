"""Homes told of again: listed for their own officer, with the day by which somebody should go."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.queries import ToldIncident
from maiam.contexts.hotspots.models import HomeRepeat, Run
from maiam.contexts.hotspots.rules.snapshot import Snapshot
from maiam.core.science.near_repeat import RepeatHousehold, repeat_households
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class VisitAheadError(DomainError):
    code = "hotspots.visit_ahead"
    message = "Ngày đến thăm chưa tới."
    field = "visited_on"


@transaction.atomic
def list_homes(*, actor: Actor, run: Run, shot: Snapshot, now: datetime) -> int:
    """Bring the province's list up to this run; return how many homes stand on it."""
    actor.require(Permission.KEEP_HOUSE)
    newest = _newest(shot)
    events = [
        (event.household, shot.start + timedelta(days=event.told), 1.0 if event.is_grave else 0.0)
        for event in shot.events
        if event.household in newest
    ]
    found = {UUID(one.household): one for one in repeat_households(events, shot.day)}
    incidents = cases.incidents_told(actor, [newest[str(household)][1] for household in found])
    standing = {row.household_id: row for row in _standing(actor, run)}
    for household, one in found.items():
        unit, report_id = newest[str(household)]
        incident = incidents.get(report_id)
        commune = shot.today_of.get(unit)
        if incident and commune:
            row = standing.pop(household, None) or HomeRepeat(household_id=household)
            _bring_up(row, run, one, incident, commune)
    for row in standing.values():
        row.is_listed = False
        row.save(update_fields=["is_listed"])
    audit.record(actor, "hotspots.homes.listed", run, at=now)
    return len(found)


def _newest(shot: Snapshot) -> dict[str, tuple[int, UUID]]:
    """The newest event of each home of the register: where, and which report."""
    return {
        event.household: (event.unit, UUID(event.id))
        for event in sorted(shot.events, key=lambda event: (event.told, event.id))
        if _is_home(event.household)
    }


def _is_home(household: str) -> bool:
    """Whether the key is that of a household of the register, and not of an incident or of words."""
    return bool(household) and " " not in household


def _standing(actor: Actor, run: Run) -> list[HomeRepeat]:
    rows = HomeRepeat.objects.visible_to(actor).filter(commune_id__in=run.communes)
    return list(rows.select_for_update(of=("self",)).order_by("id"))


def _bring_up(row: HomeRepeat, run: Run, one: RepeatHousehold, incident: ToldIncident, commune: int) -> None:
    row.commune_id, row.run, row.is_listed = commune, run, True
    row.incident_id, row.case_id = incident.incident_id, incident.case_id
    row.owner_post_id = incident.responsible_post_id
    row.times, row.last_on, row.due_on, row.chance = one.count, one.last_on, one.due_on, one.hazard
    row.comes_closer = None if one.gap_trend is None else one.gap_trend < 0
    row.grows_graver = None if one.severity_trend is None else one.severity_trend > 0
    row.save()


@transaction.atomic
def note_visit(*, actor: Actor, home_id: UUID, visited_on: date, now: datetime) -> HomeRepeat:
    """Note that somebody went to see a home. Raises `VisitAheadError`; `NotFoundError`."""
    actor.require(Permission.OPEN_CASES)
    row = HomeRepeat.objects.select_for_update(of=("self",)).find(actor, home_id)
    if visited_on > now.astimezone(VIETNAM).date():
        raise VisitAheadError
    row.visited_on, row.visited_by_name = visited_on, actor.name
    row.save(update_fields=["visited_on", "visited_by_name"])
    audit.record(actor, "hotspots.home.visited", row, at=now)
    return row
