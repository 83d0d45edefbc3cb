"""Alerts as each reader may know them: small counts hidden, what is closed to somebody not told by a number."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from maiam.contexts.hotspots.models import Alert, AlertRecord, AlertSign, HotSpot, LocalEvent
from maiam.contexts.hotspots.queries.counts import counts_told, weeks_told
from maiam.contexts.hotspots.queries.reach import opens_records, own_province_id, unit_names
from maiam.contexts.hotspots.rules import words
from maiam.contexts.hotspots.rules.alerts import GRAVE_IN_WORDS, KIND_LABELS, REASON_LABELS, Kind, Reason, State, Tier
from maiam.contexts.hotspots.rules.telling import Told
from maiam.contexts.hotspots.rules.words import Explanation, Numbers
from maiam.contexts.reports import queries as reports
from maiam.contexts.reports.queries import NamedReport
from maiam.core.law.codes.reports import report_channels
from maiam.core.text import write_date, write_number
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError

# Closed alerts stay on the list so long.
KEPT_DAYS = 60
EVENT_DAYS = 28
LEAST_P = 0.0001


@dataclass(frozen=True)
class AlertLine:
    """One alert on a list."""

    alert: Alert
    numbers: Numbers
    hot_spot_id: UUID | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What came, and what to do; of an alert that is closed there is nothing to do any more."""
        what, to_do = words.sentences(self.numbers)
        closed_on = self.alert.closed_on
        return what, f"Cảnh báo đã khép ngày {write_date(closed_on)}." if closed_on else to_do

    @property
    def about(self) -> str:
        """What kind of events the alert counts, where it is not all of them."""
        return KIND_LABELS[Kind.GRAVE] if self.numbers.is_grave else ""

    @property
    def about_in_words(self) -> str:
        return f"Vụ nghiêm trọng: {GRAVE_IN_WORDS}." if self.numbers.is_grave else ""

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
    told, files = counts_told(actor, rows), _files(actor, rows)
    return [AlertLine(row, _numbers(row, told[row.id]), files.get(row.id)) for row in rows if row.id in told]


def _files(actor: Actor, rows: Collection[Alert]) -> dict[UUID, UUID]:
    """The file opened from each alert, where one was."""
    return dict(HotSpot.objects.visible_to(actor).filter(alert__in=rows).values_list("alert_id", "id"))


def _numbers(row: Alert, told: Told) -> Numbers:
    return Numbers(
        centre=row.centre.name,
        communes=len(row.communes),
        first=row.first_day,
        last=row.last_day,
        observed=told.total,
        expected=row.expected,
        rarity_days=row.rarity_days,
        homes_again=max(0, row.observed - row.homes),
        least=told.least,
        is_exact=told.is_exact,
        is_grave=row.kind == Kind.GRAVE,
    )


def open_alert(actor: Actor, alert_id: UUID) -> Alert:
    """One alert the actor may know of. Raises `NotFoundError`."""
    row, _ = _opened(actor, alert_id)
    return row


def _opened(actor: Actor, alert_id: UUID) -> tuple[Alert, Told]:
    actor.require(Permission.VIEW_HOT_SPOTS)
    row = Alert.objects.select_related("centre").find(actor, alert_id)
    told = counts_told(actor, [row]).get(row.id)
    if told is None:
        raise NotFoundError
    return row, told


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
    def holds_back(self) -> bool:
        return None in [line.observed for line in self.communes] + [week.observed for week in self.weeks]

    @property
    def id_text(self) -> str:
        return str(self.alert.id)


def alert_page(actor: Actor, alert_id: UUID, now: datetime) -> AlertPage:
    """Open one alert; the read is on the trail. Raises `NotFoundError`."""
    row, told = _opened(actor, alert_id)
    audit.record_read(actor, "hotspots.alert.read", row, at=now)
    line = AlertLine(row, _numbers(row, told), _files(actor, [row]).get(row.id))
    return AlertPage(
        line=line,
        why=_why(row, line.numbers),
        explanations=_explanations(actor, row, told),
        events=_events(actor, row),
        communes=_communes(row, told),
        weeks=_weeks(row, weeks_told(actor, row, told)),
        records=_records(actor, row),
        signs=list(AlertSign.objects.visible_to(actor).filter(alert=row).order_by("-day", "-id")),
    )


def _why(row: Alert, told: Numbers) -> list[tuple[str, str]]:
    times = "—" if told.observed is None else f"{write_number(round(told.observed / row.expected, 1))} lần"
    rows = [
        ("Vì sao báo", "; ".join(REASON_LABELS[Reason(reason)] for reason in row.reasons)),
        ("Số vụ", told.count),
        ("Mức bình thường", f"{write_number(round(row.expected, 2))} {told.noun}"),
        ("Gấp", times),
        ("Khoảng bao lâu mới ngẫu nhiên có một lần", _rarity(row)),
    ]
    return rows + (_statistics(row) if told.is_exact else [])


def _statistics(row: Alert) -> list[tuple[str, str]]:
    """How the scan found it. The count can be reckoned back from these: not for who is told less than the count."""
    if "statistic" not in row.facts:
        return []
    radius = row.facts["radius_km"]
    return [
        ("Thống kê quét (log tỷ số hợp lý)", write_number(round(row.facts["statistic"], 3))),
        ("Giá trị p (ngẫu nhiên một ngày thấy)", _p_value(row.rarity_days)),
        ("Bán kính", f"{write_number(round(radius, 1))} km" if radius else "chỉ một xã, phường"),
    ]


def _p_value(rarity_days: float | None) -> str:
    """The one the rarity was told from: by counting, by the fitted tail where counting ends."""
    if not rarity_days:
        return "—"
    p_value = 1 / rarity_days
    return f"dưới {write_number(LEAST_P, places=4)}" if p_value < LEAST_P else write_number(p_value, places=4)


def _rarity(row: Alert) -> str:
    return words.rarity_in_words(row.rarity_days) if row.rarity_days else "không tính được"


def _explanations(actor: Actor, row: Alert, told: Told) -> list[Explanation]:
    """Numbers only for who opens every record; of records closed to somebody even the words would tell."""
    own = opens_records(actor, row.communes)
    hints = row.facts["hints"] if told.is_exact or not own else {}
    channel = report_channels().get(hints.get("channel", ""))
    return words.explanations(
        hints,
        row.observed,
        has_new_borders=Reason.BORDERS_CHANGED in row.reasons,
        channel=channel.vi if channel else "",
        is_counted=told.is_exact and own >= set(row.communes),
    )


def _events(actor: Actor, row: Alert) -> list[LocalEvent]:
    """What people wrote down of these communes and the weeks around these days."""
    near = timedelta(days=EVENT_DAYS)
    rows = LocalEvent.objects.visible_to(actor).filter(
        communes__overlap=row.communes, first_day__lte=row.last_day, last_day__gte=row.first_day - near
    )
    return list(rows.order_by("first_day", "id"))


def _communes(row: Alert, told: Told) -> list[CommuneLine]:
    names = unit_names(row.communes)
    return [
        CommuneLine(
            id=line["id"],
            name=names.get(line["id"], ""),
            observed=told.communes[line["id"]],
            expected=line["expected"],
            low=line["band"][0],
            high=line["band"][1],
        )
        for line in row.facts["communes"]
    ]


def _weeks(row: Alert, told: list[int | None]) -> list[WeekLine]:
    start = date.fromisoformat(row.facts["start"])
    return [
        WeekLine(
            first=start + timedelta(days=week["first"]),
            observed=observed,
            expected=week["expected"],
            low=week["band"][0],
            high=week["band"][1],
        )
        for week, observed in zip(row.facts["weeks"] if told else [], told, strict=True)
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
