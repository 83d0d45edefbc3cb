"""Tables of set days as they were counted, with those counted before them, which what is told now must not betray."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from maiam.contexts.statistics.models import ClosedTable, ClosedVillages
from maiam.contexts.statistics.queries.counting import NOWHERE, Leaves, Place
from maiam.contexts.statistics.rules import Definition
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.errors import NotFoundError

HOUSE = Actor.system("statistics")
# Days further apart than this are not held against each other: too much has happened.
HELD_TOGETHER = timedelta(days=400)


@dataclass(frozen=True)
class Closed:
    """The finest counts of one table on a set day, by recorded commune."""

    id: UUID
    day: date
    counted_at: datetime
    counts: Mapping[Place, Leaves]


@dataclass(frozen=True)
class Shelf:
    """A closed table and those of about the same time that were counted before it."""

    table: Closed
    before: list[Closed]

    @property
    def communes(self) -> set[int]:
        """Every unit anything was recorded in."""
        return {place for one in self._all for place in one.counts if place is not None}

    @property
    def leaves(self) -> set[str]:
        """Every category anything was counted in."""
        return {leaf for one in self._all for leaves in one.counts.values() for leaf in leaves}

    @property
    def _all(self) -> list[Closed]:
        return [self.table, *self.before]


def shelf(actor: Actor, province_id: int, day: date, definition: Definition) -> Shelf | None:
    """The table of a day if it was counted: for whoever tells what is safe of it."""
    actor.require(Permission.VIEW_STATISTICS)
    with acting(HOUSE):
        rows = ClosedTable.objects.visible_to(HOUSE).filter(
            province_id=province_id,
            code=definition.code,
            version=definition.version,
            day__range=(day - HELD_TOGETHER, day + HELD_TOGETHER),
        )
        found = [Closed(row.id, row.day, row.counted_at, _by_place(row.counts)) for row in rows.order_by("id")]
    for number, one in enumerate(found):
        if one.day == day:
            return Shelf(one, found[:number])
    return None


def villages(actor: Actor, on: Shelf, commune_id: int) -> tuple[Mapping[Place, Leaves], list[Mapping[Place, Leaves]]]:
    """The villages of one of the actor's communes in a closed table, and in those before it. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_STATISTICS)
    if commune_id not in actor.commune_ids:
        raise NotFoundError
    tables = [on.table.id, *(one.id for one in on.before)]
    with acting(HOUSE):
        rows = ClosedVillages.objects.visible_to(HOUSE).filter(table_id__in=tables, commune_id=commune_id)
        found = {row.table_id: _by_place(row.counts) for row in rows}
    return found.get(on.table.id, {}), [found.get(one.id, {}) for one in on.before]


def _by_place(kept: Mapping[str, Leaves]) -> dict[Place, Leaves]:
    return {None if place == NOWHERE else int(place): leaves for place, leaves in kept.items()}
