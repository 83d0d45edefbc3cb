"""Who may change a level which way, what the records already answer, and how the tool is judged. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import sqrt
from typing import NamedTuple

from maiam.core.risk import LEVEL_LABELS, Instrument, Level, Scale
from maiam.core.science.suppression import SMALLEST_SHOWN, is_small
from maiam.core.text import VIETNAM, write_percent

FEW = 20
FOLLOWED_FOR = timedelta(days=90)
_RECENT = timedelta(days=183)
_95_PERCENT = 1.959964


class State(StrEnum):
    """An assessment is signed, and holds until the next; one that would lower the level waits for a second person."""

    IN_FORCE = "in_force"
    WAITING = "waiting"
    SUPERSEDED = "superseded"
    DECLINED = "declined"


STATE_LABELS = {
    State.IN_FORCE: "Đang dùng",
    State.WAITING: "Chờ người thứ hai",
    State.SUPERSEDED: "Đã có lần sau",
    State.DECLINED: "Không đồng ý hạ mức",
}
LEVEL_COLOURS = {Level.LOW: "grey", Level.MEDIUM: "blue", Level.HIGH: "amber", Level.VERY_HIGH: "red"}


class RaiseReason(StrEnum):
    AFRAID = "afraid"
    NEW_THREAT = "new_threat"
    WEAPON = "weapon"
    RELEASED = "released"
    SEPARATION = "separation"
    CONTACT_LOST = "contact_lost"
    OTHER = "other"


RAISE_REASON_LABELS = {
    RaiseReason.AFRAID: "Người bị bạo lực nói đang rất sợ",
    RaiseReason.NEW_THREAT: "Có lời đe dọa mới",
    RaiseReason.WEAPON: "Có vũ khí, xăng, axit, thuốc độc",
    RaiseReason.RELEASED: "Người có hành vi bạo lực vừa được thả, vừa trở về",
    RaiseReason.SEPARATION: "Vừa chia tay, sắp chia tay",
    RaiseReason.CONTACT_LOST: "Không liên lạc được với người bị bạo lực",
    RaiseReason.OTHER: "Lý do khác",
}


def lowers(current: Level | None, to: Level) -> bool:
    return current is not None and to.rank < current.rank


class Breach(NamedTuple):
    """When an order was not kept, and whether that order binds still."""

    occurred_at: datetime
    in_force: bool


@dataclass(frozen=True)
class KnownFacts:
    """What the case's own records say. An officer may find it worse, never better."""

    incidents: tuple[date, ...]
    breaches: tuple[Breach, ...] = ()

    def answers(self, instrument: Instrument, now: datetime) -> dict[str, str]:
        """The answers these facts give: the latest incident is the one being assessed, the others came before."""
        earlier = sorted(self.incidents)[:-1]
        recent = [day for day in earlier if now.astimezone(VIETNAM).date() - day <= _RECENT]
        known = {"incidents_6_months": _how_many(len(recent)), "last_incident": _how_long(earlier, self.incidents)}
        return known | ({"order_breached": self._breach(instrument, now)} if self.breaches else {})

    def _breach(self, instrument: Instrument, now: datetime) -> str:
        """A breach is live while its order is in force, and as many days more as the instrument says."""
        fresh_for = timedelta(days=instrument.fresh_breach_days or 0)
        is_live = any(one.in_force or now - one.occurred_at <= fresh_for for one in self.breaches)
        return "live" if is_live else "past"


def _how_many(count: int) -> str:
    return "none" if count == 0 else "one" if count == 1 else "more"


def _how_long(earlier: list[date], all_of_them: tuple[date, ...]) -> str:
    if not earlier:
        return "none"
    days = (max(all_of_them) - earlier[-1]).days
    return next(
        (code for most, code in ((14, "within_14"), (30, "within_30"), (90, "within_90")) if days <= most), "none"
    )


def worse_of(instrument: Instrument, told: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    """The answers as told, but never below what the records say."""
    return dict(told) | {
        code: fact
        for code, fact in known.items()
        if _gravity(instrument, code, told.get(code)) < _gravity(instrument, code, fact) or code not in told
    }


def _gravity(instrument: Instrument, code: str, answer: str | None) -> tuple[bool, int]:
    """What an answer weighs against another: critical first, then its points; "not known" is below every choice."""
    question = instrument.question(code)
    if question.choices and question.choice(answer) is None:
        return False, -1
    return question.is_critical(answer), sum(question.points(answer, scale) for scale in Scale)


@dataclass(frozen=True)
class Calibration:
    """How one level did: how many cases, how many were harmed again within the follow-up; None where too few."""

    level: Level
    cases: int
    repeated: int

    @property
    def is_enough(self) -> bool:
        return self.cases >= FEW

    @property
    def label(self) -> str:
        return LEVEL_LABELS[self.level]

    @property
    def is_small(self) -> bool:
        """So few were harmed again, or were not, that a share would give them away."""
        return any(is_small(count) for count in (self.repeated, self.cases - self.repeated))

    @property
    def share(self) -> float | None:
        return self.repeated / self.cases if self.is_enough and not self.is_small else None

    @property
    def share_in_words(self) -> str:
        return f"dưới {SMALLEST_SHOWN} vụ" if self.share is None else write_percent(self.share)

    @property
    def interval_in_words(self) -> str:
        return "" if self.interval is None else " đến ".join(write_percent(end) for end in self.interval)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the share (Wilson 1927, J. Am. Stat. Assoc. 22:209)."""
        if self.share is None:
            return None
        n, p, z = self.cases, self.repeated / self.cases, _95_PERCENT
        centre, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        return max(0.0, (centre - half) / (1 + z * z / n)), min(1.0, (centre + half) / (1 + z * z / n))


def calibrations(followed: Iterable[tuple[str, bool]]) -> list[Calibration]:
    """Count (level, was there a repeat) pairs by level, the highest first."""
    pairs = [(Level(level), repeated) for level, repeated in followed]
    return [
        Calibration(level, sum(one is level for one, _ in pairs), sum(again for one, again in pairs if one is level))
        for level in reversed(Level)
    ]
