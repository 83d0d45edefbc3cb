"""Alerts as each reader may know them: small counts hidden, what is closed to somebody not told by a number."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import numpy as np

from maiam.contexts.hotspots.models import Alert, AlertRecord, AlertSign, HotSpot, LocalEvent
from maiam.contexts.hotspots.queries.reach import own_province_id, unit_names
from maiam.contexts.hotspots.rules import words
from maiam.contexts.hotspots.rules.alerts import REASON_LABELS, Reason, State, Tier
from maiam.contexts.hotspots.rules.thresholds import BOUNDS
from maiam.contexts.hotspots.rules.words import Explanation, Numbers
from maiam.contexts.reports import queries as reports
from maiam.contexts.reports.queries import NamedReport
from maiam.core.law.codes.reports import report_channels
from maiam.core.science.suppression import SMALLEST_SHOWN, hidden_cells, is_small
from maiam.core.text import write_number
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError

# Closed alerts stay on the list so long.
KEPT_DAYS = 60
EVENT_DAYS = 28
# Fewer records than any threshold asks for are no alert.
LEAST_TOLD = BOUNDS["least_cases"][0]


@dataclass(frozen=True)
class AlertLine:
    """One alert on a list."""

    alert: Alert
    numbers: Numbers
    hot_spot_id: UUID | None

    @property
    def sentences(self) -> tuple[str, str]:
        return words.sentences(self.numbers)

    @property
    def colour(self) -> str:
        if not self.alert.is_open:
            return "grey"
        return "red" if self.alert.tier == Tier.RED else "amber"


def alerts(actor: Actor, today: date) -> list[AlertLine]:
    """Open alerts first, red before amber, the newest first; closed ones of the last weeks after them."""
    actor.require(Permission.VIEW_HOT_SPOTS)
    rows = Alert.objects.visible_to(actor).select_related("centre")
    kept = rows.exclude(state=State.CLOSED) | rows.filter(closed_on__gte=today - timedelta(days=KEPT_DAYS))
    return _in_order(_lines(actor, list(kept)))


def _in_order(lines: list[AlertLine]) -> list[AlertLine]:
    def place(line: AlertLine) -> tuple[bool, bool, int, str]:
        row = line.alert
        return not row.is_open, row.tier != Tier.RED, -row.raised_on.toordinal(), str(row.id)

    return sorted(lines, key=place)


def _lines(actor: Actor, rows: list[Alert]) -> list[AlertLine]:
    seen = _seen(actor, rows)
    files = HotSpot.objects.visible_to(actor).filter(alert__in=rows)
    opened = dict(files.values_list("alert_id", "id"))
    return [AlertLine(row, _numbers(row, seen[row.id]), opened.get(row.id)) for row in rows if row.id in seen]


def _seen(actor: Actor, rows: Collection[Alert]) -> dict[UUID, int | None]:
    """The count each reader is told; an alert they must not know of is left out.

    Who may open every record of all its communes is told how many there are for them: a record closed to them is not
    counted, and an alert that would then be none is not told. Everyone else is told counts that name nobody.
    """
    own = [row for row in rows if _reaches_records(actor, row)]
    wanted = {row.id: {UUID(one) for one in row.facts["events"]} for row in own}
    visible = AlertRecord.objects.visible_to(actor).filter(alert__in=own).values_list("alert_id", "report_id")
    counted = Counter(alert_id for alert_id, report_id in visible if report_id in wanted[alert_id])
    told: dict[UUID, int | None] = {
        row.id: row.observed if row.observed >= SMALLEST_SHOWN else None for row in rows if row.id not in wanted
    }
    return told | {row.id: counted[row.id] for row in own if counted[row.id] >= LEAST_TOLD}


def _reaches_records(actor: Actor, row: Alert) -> bool:
    if not actor.can(Permission.VIEW_REPORTS) or actor.village_ids is not None:
        return False
    return actor.is_everywhere or set(row.communes) <= set(actor.commune_ids)


def _numbers(row: Alert, observed: int | None) -> Numbers:
    return Numbers(
        centre=row.centre.name,
        communes=len(row.communes),
        first=row.first_day,
        last=row.last_day,
        observed=observed,
        expected=row.expected,
        rarity_days=row.rarity_days,
        homes_again=max(0, row.observed - row.homes),
    )


def open_alert(actor: Actor, alert_id: UUID) -> Alert:
    """One alert the actor may know of. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_HOT_SPOTS)
    row = Alert.objects.select_related("centre").find(actor, alert_id)
    if row.id not in _seen(actor, [row]):
        raise NotFoundError
    return row


@dataclass(frozen=True)
class CommuneLine:
    """One commune of an alert; `observed` is None where too small to show."""

    id: int
    name: str
    observed: int | None
    expected: float
    low: int
    high: int

    @property
    def usual(self) -> str:
        return write_number(round(self.expected, 2))


@dataclass(frozen=True)
class WeekLine:
    """One week of all communes of an alert together."""

    first: date
    observed: int | None
    expected: float
    low: int
    high: int

    @property
    def usual(self) -> str:
        return write_number(round(self.expected, 2))


@dataclass(frozen=True)
class AlertPage:
    """An alert opened: the sentences, why it is told, what else may explain it, and the records behind it."""

    line: AlertLine
    why: list[tuple[str, str]]
    explanations: list[Explanation]
    events: list[LocalEvent]
    communes: list[CommuneLine]
    weeks: list[WeekLine]
    records: list[NamedReport] | None
    signs: list[AlertSign]

    @property
    def alert(self) -> Alert:
        return self.line.alert

    @property
    def id_text(self) -> str:
        return str(self.alert.id)


def alert_page(actor: Actor, alert_id: UUID, now: datetime) -> AlertPage:
    """Open one alert; the read is on the trail. Raises `NotFoundError`."""
    row = open_alert(actor, alert_id)
    audit.record_read(actor, "hotspots.alert.read", row, at=now)
    (line,) = _lines(actor, [row])
    is_own = _reaches_records(actor, row)
    is_whole = is_own and line.numbers.observed == row.observed
    return AlertPage(
        line=line,
        why=_why(row, line.numbers),
        explanations=_explanations(row, line.numbers.observed or 0),
        events=_events(actor, row),
        communes=_communes(row, _counts(actor, row), is_whole=is_own),
        # Weeks reach beyond the records one can be asked about: where one is closed, they are not told at all.
        weeks=_weeks(row, is_whole=is_whole) if is_whole or not is_own else [],
        records=_records(actor, row),
        signs=list(AlertSign.objects.visible_to(actor).filter(alert=row).order_by("-day", "-id")),
    )


def _why(row: Alert, told: Numbers) -> list[tuple[str, str]]:
    facts = row.facts
    observed = words.UNDER if told.observed is None else write_number(told.observed)
    p_value = facts.get("p_gumbel") or facts.get("p_monte_carlo")
    rows = [
        ("Vì sao báo", "; ".join(REASON_LABELS[Reason(reason)] for reason in row.reasons)),
        ("Số vụ", observed),
        ("Mức bình thường", write_number(round(row.expected, 2))),
        ("Gấp", "—" if told.observed is None else f"{write_number(round(told.observed / row.expected, 1))} lần"),
        ("Khoảng bao lâu mới ngẫu nhiên có một lần", _rarity(row)),
    ]
    if "statistic" in facts:
        rows += [
            ("Thống kê quét (log tỷ số hợp lý)", write_number(round(facts["statistic"], 3))),
            ("Giá trị p", write_number(round(p_value, 6)) if p_value else "—"),
            ("Bán kính", f"{write_number(round(facts['radius_km'], 1))} km"),
        ]
    return rows


def _rarity(row: Alert) -> str:
    return words.rarity_in_words(row.rarity_days) if row.rarity_days else "không tính được"


def _explanations(row: Alert, observed: int) -> list[Explanation]:
    hints = row.facts["hints"]
    channel = report_channels().get(hints["channel"])
    merged = [row.centre.name] if Reason.BORDERS_CHANGED in row.reasons else []
    return words.explanations(hints, observed, merged=merged, channel=channel.vi if channel else "")


def _events(actor: Actor, row: Alert) -> list[LocalEvent]:
    """What people wrote down of these communes and the weeks around these days."""
    near = timedelta(days=EVENT_DAYS)
    rows = LocalEvent.objects.visible_to(actor).filter(
        communes__overlap=row.communes, first_day__lte=row.last_day, last_day__gte=row.first_day - near
    )
    return list(rows.order_by("first_day", "id"))


def _counts(actor: Actor, row: Alert) -> dict[int, int]:
    """Cases by commune: as the run counted them, less the records that are closed to whoever may open the others."""
    counted = {line["id"]: int(line["observed"]) for line in row.facts["communes"]}
    if not _reaches_records(actor, row):
        return counted
    wanted = {UUID(one) for one in row.facts["events"]}
    seen = AlertRecord.objects.visible_to(actor).filter(alert=row, report_id__in=wanted)
    by_commune = Counter(seen.values_list("report__commune_id", flat=True))
    return {commune: by_commune[commune] for commune in counted} if sum(by_commune.values()) < row.observed else counted


def _communes(row: Alert, counted: dict[int, int], *, is_whole: bool) -> list[CommuneLine]:
    names = unit_names(row.communes)
    lines = row.facts["communes"]
    counts = np.array([counted[line["id"]] for line in lines], dtype=np.int64)
    hidden = np.zeros(len(lines), dtype=bool) if is_whole else hidden_cells(counts)
    return [
        CommuneLine(
            id=line["id"],
            name=names.get(line["id"], ""),
            observed=None if is_hidden else counted[line["id"]],
            expected=line["expected"],
            low=line["band"][0],
            high=line["band"][1],
        )
        for line, is_hidden in zip(lines, hidden, strict=True)
    ]


def _weeks(row: Alert, *, is_whole: bool) -> list[WeekLine]:
    start = date.fromisoformat(row.facts["start"])
    return [
        WeekLine(
            first=start + timedelta(days=week["first"]),
            observed=week["observed"] if is_whole or not is_small(week["observed"]) else None,
            expected=week["expected"],
            low=week["band"][0],
            high=week["band"][1],
        )
        for week in row.facts["weeks"]
    ]


def _records(actor: Actor, row: Alert) -> list[NamedReport] | None:
    """The records the actor may open; None for readers of counts alone."""
    if not actor.can(Permission.VIEW_REPORTS):
        return None
    ids = AlertRecord.objects.visible_to(actor).filter(alert=row).values_list("report_id", flat=True)
    return reports.named_reports(actor, list(ids))


def alerts_of_province(actor: Actor) -> Sequence[Alert]:
    """Every alert ever raised in the actor's province, for weighing the rules."""
    actor.require(Permission.WATCH_HOT_SPOTS)
    rows = Alert.objects.visible_to(actor).filter(province_id=own_province_id(actor))
    return list(rows.select_related("centre").order_by("-raised_on", "id"))
