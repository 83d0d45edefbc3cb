"""Close a set day: what is told of it is counted once, by the house, and stands."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import connection, transaction

from maiam.contexts.places.models import Unit
from maiam.contexts.statistics.models import ClosedTable, ClosedVillages
from maiam.contexts.statistics.queries import HOUSE, Tally, known_tables, province_kept, reach_of, tallies
from maiam.contexts.statistics.rules import Definition, last_set_day
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, acting

_LOCK = "SELECT pg_advisory_xact_lock(hashtext('statistics.closing'))"


@transaction.atomic
def close_day(*, actor: Actor, day: date, now: datetime) -> None:
    """Have the house count whatever nobody has counted yet of a day, in the actor's province.

    Whoever asks first is answered after some seconds, everybody later at once, with the same figures.
    """
    actor.require(Permission.VIEW_STATISTICS)
    _close(reach_of(actor).province, day, now)


@transaction.atomic
def close_last_day(*, actor: Actor, now: datetime) -> None:
    """Count the last set day of the province this house is kept for, before anybody asks."""
    actor.require(Permission.KEEP_HOUSE)
    province = province_kept()
    if province is not None:
        _close(province, last_set_day(now.astimezone(VIETNAM).date()), now)


def _close(province: Unit, day: date, now: datetime) -> None:
    with acting(HOUSE):
        if not _open_tables(province, day):
            return
        with connection.cursor() as cursor:
            # Of two who ask at once the second waits, and finds it done.
            cursor.execute(_LOCK)
        wanted = _open_tables(province, day)
        if wanted:
            _keep(province, day, tallies(HOUSE, province.id, day, wanted), now)


def _open_tables(province: Unit, day: date) -> list[Definition]:
    rows = ClosedTable.objects.visible_to(HOUSE).filter(province=province, day=day).values_list("code", "version")
    closed = set(rows)
    return [one for one in known_tables(HOUSE).values() if (one.code, one.version) not in closed]


def _keep(province: Unit, day: date, found: Iterable[Tally], now: datetime) -> None:
    for tally in found:
        row = ClosedTable(
            province=province,
            day=day,
            code=tally.definition.code,
            version=tally.definition.version,
            counted_at=now,
            counts=tally.by_commune,
        )
        row.save(force_insert=True)
        villages = [
            ClosedVillages(table=row, commune_id=commune, counts=counts) for commune, counts in tally.counts.items()
        ]
        ClosedVillages.objects.bulk_create(villages)
    audit.record(HOUSE, "statistics.day.closed", ("statistics.day", day.isoformat()), at=now)
