"""What of a run's findings becomes an alert, of which colour; and what became of yesterday's alerts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from maiam.contexts.hotspots.rules.detect import Stage
from maiam.contexts.hotspots.rules.snapshot import Snapshot
from maiam.contexts.hotspots.rules.thresholds import Thresholds
from maiam.core.science.history import Became, changed_since

Plain = dict[str, Any]
SAME = 0.5
# Scans of a morning that may raise an alert. What the second finds must be so many times rarer, lest chance ring twice.
SCANS = 2


class Kind(StrEnum):
    AREA = "area"
    COMMUNE = "commune"
    GRAVE = "grave"


class Tier(StrEnum):
    RED = "red"
    AMBER = "amber"


class State(StrEnum):
    NEW = "new"
    GROWN = "grown"
    ONGOING = "ongoing"
    CLOSED = "closed"


class Verdict(StrEnum):
    """What officers found when they looked."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    FALSE = "false"


class Reason(StrEnum):
    """Why an alert has its colour."""

    RARE = "rare"
    OWN_PAST = "own_past"
    SCAN_AGREES = "scan_agrees"
    HOMES_AGREE = "homes_agree"
    GRAVE_RARE = "grave_rare"
    GRAVE_AGREES = "grave_agrees"
    SHARE_RISEN = "share_risen"
    BORDERS_CHANGED = "borders_changed"


class EventKind(StrEnum):
    """What may make people tell more, apart from violence."""

    CAMPAIGN = "campaign"
    HOTLINE = "hotline"
    TRAINING = "training"
    FESTIVAL = "festival"
    OTHER = "other"


EVENT_LABELS = {
    EventKind.CAMPAIGN: "Đợt truyền thông",
    EventKind.HOTLINE: "Kênh, số điện thoại báo tin mới",
    EventKind.TRAINING: "Tập huấn người nhận tin",
    EventKind.FESTIVAL: "Lễ, Tết, hội",
    EventKind.OTHER: "Việc khác",
}
KIND_LABELS = {Kind.AREA: "Cụm xã", Kind.COMMUNE: "Một xã", Kind.GRAVE: "Chỉ tính vụ nghiêm trọng"}
# What counts as such, as the pages say it (reports' signs of danger, injury and weapon of the incident).
GRAVE_IN_WORDS = "có vũ khí, bị bóp cổ, bị thương phải chữa hoặc chết, có trẻ em bị hại hay ở đó"
TIER_LABELS = {Tier.RED: "Đỏ", Tier.AMBER: "Vàng"}
STATE_LABELS = {
    State.NEW: "Mới",
    State.GROWN: "Tăng thêm",
    State.ONGOING: "Còn tiếp",
    State.CLOSED: "Đã khép",
}
VERDICT_LABELS = {Verdict.WAITING: "Chưa kết luận", Verdict.CONFIRMED: "Có thật", Verdict.FALSE: "Không phải điểm nóng"}
REASON_LABELS = {
    Reason.RARE: "Hiếm khi xảy ra ngẫu nhiên",
    Reason.OWN_PAST: "Khác hẳn mức thường ngày của chính xã",
    Reason.SCAN_AGREES: "Cả hai cách tính cùng thấy",
    Reason.HOMES_AGREE: "Có hộ được báo nhiều lần trong những ngày này",
    Reason.GRAVE_RARE: "Số vụ nghiêm trọng nhiều đến mức hiếm khi xảy ra ngẫu nhiên",
    Reason.GRAVE_AGREES: "Số vụ nghiêm trọng ở đây cũng tăng hẳn",
    Reason.SHARE_RISEN: "Trong các tin báo ở đây, phần nghiêm trọng cũng tăng: không chỉ vì người dân báo nhiều hơn",
    Reason.BORDERS_CHANGED: "Địa giới vừa đổi nên chỉ báo mức vàng",
}


@dataclass(frozen=True)
class Found:
    """One finding that meets every floor; `facts` are what the detectors said of it."""

    kind: Kind
    tier: Tier
    reasons: tuple[Reason, ...]
    centre: int
    members: frozenset[int]
    first: date
    last: date
    observed: int
    expected: float
    homes: int
    rarity_days: float | None
    facts: Plain

    @property
    def ratio(self) -> float:
        return self.observed / self.expected if self.expected > 0 else float("inf")

    def as_plain(self) -> Plain:
        """What a run stores of it, and a run done again must find the same."""
        return {
            "kind": str(self.kind),
            "tier": str(self.tier),
            "reasons": [str(reason) for reason in self.reasons],
            "centre": self.centre,
            "members": sorted(self.members),
            "first": str(self.first),
            "last": str(self.last),
            "observed": self.observed,
            "expected": self.expected,
            "homes": self.homes,
            "rarity_days": self.rarity_days,
        }


@dataclass(frozen=True)
class Earlier:
    """An alert that was open yesterday."""

    id: Any
    centre: int
    members: frozenset[int]
    observed: int
    tier: Tier
    last_sign_on: date
    events: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Turn:
    """What today makes of an alert: a new one (no `earlier`), one that goes on, or one that closes (no `found`)."""

    state: State
    found: Found | None
    earlier: Earlier | None

    @property
    def is_told_again(self) -> bool:
        """Whether the posts hear of it: something new, a case more, or a higher colour."""
        return self.state in {State.NEW, State.GROWN}


def findings_of(shot: Snapshot, parts: Mapping[Stage, Plain], limits: Thresholds | None = None) -> list[Found]:
    """What of a run's answers is told: by its own thresholds, or by others."""
    since = shot.day - timedelta(days=shot.limits.max_days)
    became = [Became(step.old, step.new, step.on, step.share) for step in shot.became]
    changed = [unit for unit in changed_since(became, since) if isinstance(unit, int)]
    wanted = limits or shot.thresholds
    answers = Answers(parts[Stage.SCAN], parts[Stage.UNITS], parts.get(Stage.GRAVE))
    return findings(shot.start, answers, wanted, changed=changed, days=shot.days)


@dataclass(frozen=True)
class Answers:
    """What a run's detectors said. `grave` is None where they did not look at grave events by themselves."""

    scan: Plain
    units: Plain
    grave: Plain | None = None


def findings(
    start: date, told_by: Answers, limits: Thresholds, *, changed: Iterable[int] = (), days: int
) -> list[Found]:
    """Every finding of a run that is told, the rarest first; one place is told once, with all that speaks for it."""
    unstable = frozenset(changed)
    met = [one for one in told_by.scan.get("clusters", ()) if _meets(one, limits, days)]
    told = [area for one in met if (area := _area(start, one, limits))]
    clusters = [frozenset(one["members"]) for one in told_by.scan.get("clusters", ())]
    for one in told_by.units.get("found", ()):
        if not _meets(one, limits, days):
            continue
        inside = next((area for area in told if one["centre"] in area.members), None)
        if inside:
            told[told.index(inside)] = replace(inside, reasons=(*inside.reasons, Reason.SCAN_AGREES))
        else:
            told.append(_commune(start, one, is_near=any(one["centre"] in cluster for cluster in clusters)))
    told = _with_grave(told, _grave_ones(start, told_by, limits, days))
    told = [_with_share(one, told_by, limits) for one in told]
    return sorted((_steady(one, unstable) for one in told), key=lambda one: (-(one.rarity_days or 0), one.centre))


def _grave_ones(start: date, told_by: Answers, limits: Thresholds, days: int) -> list[Found]:
    met = [one for one in (told_by.grave or {}).get("clusters", ()) if _meets(one, limits, days)]
    areas = [_area(start, one, limits, scans=SCANS) for one in met]
    return [replace(one, kind=Kind.GRAVE, reasons=(Reason.GRAVE_RARE,)) for one in areas if one]


def _with_grave(told: list[Found], grave: list[Found]) -> list[Found]:
    """A place found by all its events is told by these, with the higher colour; else by its grave ones alone."""
    told = list(told)
    for one in grave:
        same = next((other for other in told if other.members & one.members), None)
        if same is None:
            told.append(one)
            continue
        tier = Tier.RED if Tier.RED in {same.tier, one.tier} else Tier.AMBER
        told[told.index(same)] = replace(same, tier=tier, reasons=(*same.reasons, Reason.GRAVE_AGREES))
    return told


def _with_share(found: Found, told_by: Answers, limits: Thresholds) -> Found:
    """Say so where grave events have become a larger part of what is told; this alone raises no alert."""
    risen = [
        frozenset(one["members"])
        for one in (told_by.grave or {}).get("risen", ())
        if (one["rarity_days"] or 0) >= limits.amber_days
    ]
    if not any(found.members & members for members in risen):
        return found
    return replace(found, reasons=(*found.reasons, Reason.SHARE_RISEN))


def _meets(one: Plain, limits: Thresholds, days: int) -> bool:
    return bool(
        one["observed"] >= limits.least_cases
        and one["homes"] >= limits.least_households
        and one["observed"] >= limits.least_ratio * one["expected"]
        and one["latest"] >= days - limits.touching_days
    )


def _area(start: date, one: Plain, limits: Thresholds, *, scans: int = 1) -> Found | None:
    rarity = (one["rarity_days"] or 0) / scans
    if rarity < limits.amber_days:
        return None
    tier = Tier.RED if rarity >= limits.red_days else Tier.AMBER
    return _found(Kind.AREA, tier, (Reason.RARE,), start, one)


def _commune(start: date, one: Plain, *, is_near: bool) -> Found:
    """Amber by itself; red where the scan sees the place too, or a home there is told of again and again."""
    reasons = [Reason.OWN_PAST]
    if is_near:
        reasons.append(Reason.SCAN_AGREES)
    if one["homes"] < one["observed"]:
        reasons.append(Reason.HOMES_AGREE)
    return _found(Kind.COMMUNE, Tier.RED if len(reasons) > 1 else Tier.AMBER, tuple(reasons), start, one)


def _found(kind: Kind, tier: Tier, reasons: tuple[Reason, ...], start: date, one: Plain) -> Found:
    return Found(
        kind=kind,
        tier=tier,
        reasons=reasons,
        centre=one["centre"],
        members=frozenset(one["members"]),
        first=start + timedelta(days=one["first"]),
        last=start + timedelta(days=one["last"]),
        observed=one["observed"],
        expected=one["expected"],
        homes=one["homes"],
        rarity_days=one.get("rarity_days"),
        facts=one,
    )


def _steady(found: Found, unstable: frozenset[int]) -> Found:
    if not found.members & unstable:
        return found
    return replace(found, tier=Tier.AMBER, reasons=(*found.reasons, Reason.BORDERS_CHANGED))


def is_same(found: Found, earlier: Earlier) -> bool:
    """Whether two findings are about one place: half of their communes in common, or the same centre."""
    both, either = found.members & earlier.members, found.members | earlier.members
    return found.centre == earlier.centre or len(both) >= SAME * len(either)


def turns(found: Sequence[Found], open_ones: Sequence[Earlier], today: date, limits: Thresholds) -> list[Turn]:
    """Hold today's findings against the alerts still open; each goes with one alert at most, the most alike first."""
    left = list(open_ones)
    made = []
    for one in found:
        alike = [earlier for earlier in left if is_same(one, earlier)]
        best = max(alike, key=lambda earlier: len(one.members & earlier.members), default=None)
        if best:
            left.remove(best)
        made.append(Turn(_state(one, best), one, best))
    over = timedelta(days=limits.close_after_days)
    return made + [Turn(State.CLOSED, None, one) for one in left if today - one.last_sign_on >= over]


def _state(found: Found, earlier: Earlier | None) -> State:
    if earlier is None:
        return State.NEW
    has_more = bool(frozenset(found.facts["events"]) - earlier.events)
    is_graver = found.tier is Tier.RED and earlier.tier is Tier.AMBER
    return State.GROWN if has_more or is_graver else State.ONGOING
