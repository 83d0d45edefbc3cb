"""The province by commune: reports and clocks, small counts hidden."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from maiam.contexts.duties import queries as duties
from maiam.contexts.evaluation import rules
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit
from maiam.contexts.reports import queries as reports
from maiam.platform.access import Actor, Permission


@dataclass(frozen=True)
class CommuneLine:
    """One commune in one period. A count is None where it is too small to show."""

    id: int
    name: str
    population: int | None
    reports: int | None
    on_time: int | None
    late: int | None
    shade: rules.Shade

    @property
    def shade_label(self) -> str:
        return rules.SHADE_LABELS[self.shade]


@dataclass(frozen=True)
class Overview:
    """The province's page: its communes in order of name, and totals that give no commune away."""

    province: Unit
    communes: list[CommuneLine]
    reports: int | None
    on_time: int | None
    late: int | None


def overview(actor: Actor, *, since: datetime, until: datetime, now: datetime) -> Overview:
    """Reports and clocks met or late by commune, of what began in the period."""
    actor.require(Permission.VIEW_OVERVIEW)
    communes = list(Unit.objects.filter(id__in=actor.commune_ids).select_related("parent").order_by("name"))
    received = reports.counts_by_commune(actor, since=since, until=until)
    clocks = {line.commune_id: line for line in duties.punctuality(actor, since=since, until=until, now=now)}
    on_time = [clocks[unit.id].met if unit.id in clocks else 0 for unit in communes]
    late = [clocks[unit.id].late + clocks[unit.id].overdue if unit.id in clocks else 0 for unit in communes]
    shown = [rules.published(counts) for counts in ([received.get(unit.id, 0) for unit in communes], on_time, late)]
    lines = [
        CommuneLine(
            id=unit.id,
            name=unit.name,
            population=unit.population,
            reports=shown[0].counts[index],
            on_time=shown[1].counts[index],
            late=shown[2].counts[index],
            shade=rules.shade(done=on_time[index] + late[index], late=late[index]),
        )
        for index, unit in enumerate(communes)
    ]
    return Overview(places.province_of(communes[0]), lines, shown[0].total, shown[1].total, shown[2].total)


def map_of(overview: Overview) -> dict[str, Any]:
    """The communes' shapes with how each is drawn; approximate cells where no boundary was imported."""
    shapes = places.map_geometry(overview.province)
    lines = {line.id: line for line in overview.communes}
    for feature in shapes["features"]:
        line = lines.get(feature["id"])
        if line:
            feature["properties"] |= {"shade": line.shade, "label": f"{line.name}: {line.shade_label}"}
    return shapes
