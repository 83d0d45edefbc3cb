"""The counts of an alert as one reader is told them, and the alerts they may know of at all."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date, timedelta
from uuid import UUID

from maiam.contexts.hotspots.models import Alert, AlertRecord
from maiam.contexts.hotspots.queries.reach import opens_records
from maiam.contexts.hotspots.rules.telling import Told, WeekCounts, told_counts, told_weeks
from maiam.contexts.hotspots.rules.thresholds import BOUNDS
from maiam.platform.access import Actor

# Fewer records than any threshold asks for are no alert.
LEAST_TOLD = BOUNDS["least_cases"][0]


def counts_told(actor: Actor, rows: Collection[Alert]) -> dict[UUID, Told]:
    """What the actor is told of each alert; one they must not know of is left out.

    A record closed to whoever may open the others of its commune is not counted, and an alert that would then be hardly
    one is not told. Everyone else is told counts that name nobody.
    """
    opened = _opened(actor, [row for row in rows if opens_records(actor, row.communes)])
    told = {row.id: _told(actor, row, opened[row.id]) for row in rows}
    return {alert_id: one for alert_id, one in told.items() if one}


def _opened(actor: Actor, rows: list[Alert]) -> dict[UUID, Counter[int]]:
    """How many of the records that count now the actor opens, by alert and commune."""
    wanted = {row.id: {UUID(one) for one in row.facts["events"]} for row in rows}
    seen = AlertRecord.objects.visible_to(actor).filter(alert__in=rows)
    found: dict[UUID, Counter[int]] = defaultdict(Counter)
    for alert_id, report_id, commune in seen.values_list("alert_id", "report_id", "report__commune_id"):
        if report_id in wanted[alert_id]:
            found[alert_id][commune] += 1
    return found


def _told(actor: Actor, row: Alert, seen: Counter[int]) -> Told | None:
    counted = {line["id"]: int(line["observed"]) for line in row.facts["communes"]}
    own = opens_records(actor, row.communes)
    known = sum(seen.values())
    if own and actor.village_ids is not None:
        # Of part of a commune they know who; any sum over the whole would tell them of the rest.
        return Told(None, dict.fromkeys(counted), max(known, LEAST_TOLD), is_exact=False)
    # Records of a commune of before a merger count where the run counted them, as long as none is closed.
    is_all = known >= sum(counted[commune] for commune in own)
    told = told_counts(counted, {commune: counted[commune] if is_all else seen[commune] for commune in own})
    kept = sum(count for commune, count in counted.items() if commune not in own) + (0 if is_all else known)
    return told if is_all or kept >= LEAST_TOLD else None


def weeks_told(actor: Actor, row: Alert, told: Told) -> list[int | None]:
    """The weeks of an alert as its reader may know them; nothing where they know some of its records themselves.

    A week reaches beyond the days of the alert, so it may hold a record closed to them that is behind no alert.
    """
    weeks = [_week(row, week) for week in row.facts["weeks"]]
    own = opens_records(actor, row.communes)
    if own:
        is_whole = own >= set(row.communes) and actor.village_ids is None and told.is_exact
        return [week.observed for week in weeks] if is_whole else []
    return told_weeks(weeks, is_total_told=told.total is not None)


def _week(row: Alert, week: dict[str, int]) -> WeekCounts:
    first = date.fromisoformat(row.facts["start"]) + timedelta(days=week["first"])
    is_touched = first <= row.last_day and first + timedelta(days=6) >= row.first_day
    return WeekCounts(week["observed"], week.get("inside"), is_touched)
