"""A province's rows as one run looks at them: events, communes, neighbours, mergers. Ids and days, never a name."""

import math
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.queries import ToldIncident
from maiam.contexts.families import queries as families
from maiam.contexts.hotspots.rules.snapshot import EventRow, Snapshot, Step, UnitRow
from maiam.contexts.hotspots.rules.thresholds import ScanLimits, Thresholds
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit
from maiam.contexts.places.rules import Kind
from maiam.contexts.reports import queries as reports
from maiam.contexts.reports.queries import CountedReport
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor

KM_A_DEGREE = 111.32
# A commune whose people nobody published counts as many as this.
USUAL_PEOPLE = 10_000
Point = tuple[float, float]


def snapshot(actor: Actor, province: Unit, day: date, thresholds: Thresholds, limits: ScanLimits) -> Snapshot:
    """The province as it was known at the end of `day`, with the communes that touch it from beyond its border."""
    own, beyond = places.communes_of(province), places.communes_beyond_border(province)
    today = [*own, *beyond]
    became = places.successions_into([unit.id for unit in today])
    ids = {unit.id for unit in today} | {step.old_id for step in became}
    start = _start(actor, ids, day, limits)
    told = reports.counted_reports(actor, ids, since=_midnight(start), received_before=_midnight(day + timedelta(1)))
    centre = _centre(today)
    return Snapshot(
        day=day,
        start=start,
        units=(*(_unit(one, centre) for one in own), *(_unit(one, centre, is_outside=True) for one in beyond)),
        events=tuple(_events(actor, told, start, day, centre)),
        neighbours=tuple(places.neighbouring_pairs([unit.id for unit in today])),
        became=tuple(Step(step.old_id, step.new_id, step.on, step.share) for step in became),
        thresholds=thresholds,
        limits=limits,
    )


def _start(actor: Actor, ids: Iterable[int], day: date, limits: ScanLimits) -> date:
    """The first day of the study; a house younger than that begins with its first report."""
    wanted = day - timedelta(days=limits.study_days - 1)
    first = reports.first_told_at(actor, set(ids))
    return min(day, max(wanted, _day_of(first))) if first else wanted


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=VIETNAM)


def _day_of(moment: datetime) -> date:
    return moment.astimezone(VIETNAM).date()


def _centre(units: list[Unit]) -> Point:
    known = [(unit.longitude, unit.latitude) for unit in units if unit.longitude is not None]
    if not known:
        return 0.0, 0.0
    return sum(x for x, _ in known) / len(known), sum(y or 0.0 for _, y in known) / len(known)


def _km(longitude: float, latitude: float, centre: Point) -> Point:
    """A plane through the middle of the province; within it distances are right to a few parts in a thousand."""
    east = (longitude - centre[0]) * math.cos(math.radians(centre[1]))
    return round(east * KM_A_DEGREE, 3), round((latitude - centre[1]) * KM_A_DEGREE, 3)


def _unit(unit: Unit, centre: Point, *, is_outside: bool = False) -> UnitRow:
    is_known = unit.longitude is not None and unit.latitude is not None
    x, y = _km(unit.longitude or 0.0, unit.latitude or 0.0, centre) if is_known else (0.0, 0.0)
    return UnitRow(
        id=unit.id,
        x_km=x,
        y_km=y,
        people=unit.population or USUAL_PEOPLE,
        is_outside=is_outside,
        is_island=not is_known or unit.kind == Kind.DAC_KHU,
    )


def _events(actor: Actor, told: list[CountedReport], start: date, day: date, centre: Point) -> Iterable[EventRow]:
    """One event for each incident, by its first report; one for each report that is of none yet."""
    incidents = cases.incidents_told(actor, [one.id for one in told])
    homes = _homes(actor, incidents.values(), day)
    points = places.village_points({one.commune_id for one in told})
    seen: set[UUID] = set()
    for one in told:
        incident = incidents.get(one.id)
        if incident and incident.incident_id in seen:
            continue
        if incident:
            seen.add(incident.incident_id)
        x, y = _km(*points[one.village_id], centre) if one.village_id in points else (None, None)
        yield EventRow(
            id=str(one.id),
            unit=one.commune_id,
            told=(_day_of(one.told_at) - start).days,
            known=(_day_of(one.received_at) - start).days,
            channel=one.channel,
            household=_home(incident, homes, one),
            is_grave=one.is_grave or (incident is not None and incident.is_grave),
            x_km=x,
            y_km=y,
        )


def _homes(actor: Actor, incidents: Iterable[ToldIncident], day: date) -> dict[UUID, UUID]:
    return families.homes_on(actor, {person for one in incidents for person in one.victim_ids}, day)


def _home(incident: ToldIncident | None, homes: dict[UUID, UUID], one: CountedReport) -> str:
    """The home an event is of; tellings in the same words that are of no incident yet are taken to be of one."""
    if incident is None:
        return f"told alike {one.likeness[:16]}" if one.likeness else ""
    found = sorted(str(homes[person]) for person in incident.victim_ids if person in homes)
    return found[0] if found else f"incident {incident.incident_id}"
