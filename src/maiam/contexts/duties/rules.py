"""The states of a duty, and who is told as its time runs out. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from maiam.core.law.escalation import Step, Told, steps, steps_due
from maiam.core.law.limits import TimeLimit, due_at, remind_at
from maiam.core.text import write_date
from maiam.platform.access.policy import Permission, Role


class State(StrEnum):
    """A duty runs until something proves it done; it is never deleted and never re-dated."""

    RUNNING = "running"
    MET = "met"
    MET_LATE = "met_late"
    TRANSFERRED = "transferred"
    LAPSED = "lapsed"
    EXCUSED = "excused"
    BREACHED = "breached"


STATE_LABELS = {
    State.RUNNING: "Đang chạy",
    State.MET: "Đúng hạn",
    State.MET_LATE: "Trễ hạn",
    State.TRANSFERRED: "Đã chuyển",
    State.LAPSED: "Không còn phải làm",
    State.EXCUSED: "Được miễn, hai người đồng ý",
    State.BREACHED: "Không làm, đã quá hạn",
}


class ExcuseAnswer(StrEnum):
    WAITING = "waiting"
    AGREED = "agreed"
    DECLINED = "declined"


@dataclass(frozen=True)
class Subject:
    """What a duty is about: `reports.report` and its id."""

    kind: str
    id: UUID


def is_above(commune_id: int | None) -> bool:
    """Does a post of no commune have it: somebody of the province?"""
    return commune_id is None


@dataclass(frozen=True)
class Question:
    """What a decision made above may say, in words; `binding` is the answer that needs the end of its term."""

    outcomes: Mapping[str, str]
    binding: str = ""


@dataclass(frozen=True, kw_only=True)
class DecidedAbove:
    """Which post signed which number, on which day; where it is asked: what, in which minute, until when."""

    authority: str
    number: str
    decided_on: date
    outcome: str = ""
    signed_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def in_words(self) -> str:
        return f"{self.authority}, số {self.number}, ngày {write_date(self.decided_on)}"


# Where a duty's subject is opened: the name of its page.
SUBJECT_PAGES = {
    "reports.report": "reports:detail",
    "cases.case": "cases:detail",
    "cases.no_contact": "cases:no_contact",
    "exports.export": "exports:detail",
    "changes.request": "changes:detail",
    "support.referral": "support:referral",
    "conflicts.glass": "cases:glass",
    "rights.request": "rights:detail",
    "surveys.assignment": "surveys:assignment",
    "surveys.round": "surveys:round",
    "measures.measure": "measures:detail",
    "cases.move": "cases:move",
    "contacts.message": "contacts:message",
    "disclosures.file": "disclosures:detail",
    "reviews.review": "reviews:detail",
    "reviews.recommendation": "reviews:recommendation",
    "hotspots.alert": "hotspots:alert",
    "hotspots.hot_spot": "hotspots:file",
    "hotspots.action": "hotspots:finish_action",
}

# The power without which a record's page opens for nobody; where several stand, one is enough.
# Where none stands it opens by what somebody was given to do, not by a power.
_OPENED_BY: Mapping[str, tuple[Permission, ...]] = {
    "reports.report": (Permission.VIEW_REPORTS, Permission.VIEW_OWN_REPORTS),
    "cases.case": (Permission.VIEW_CASES,),
    "cases.no_contact": (Permission.VIEW_NO_CONTACT,),
    "exports.export": (Permission.VIEW_EXPORTS, Permission.WATCH_EXPORTS),
    "changes.request": (Permission.REQUEST_CHANGE,),
    "support.referral": (Permission.VIEW_CASES, Permission.ANSWER_REFERRALS),
    "conflicts.glass": (),
    "rights.request": (Permission.VIEW_RIGHTS, Permission.WATCH_RIGHTS),
    "surveys.assignment": (Permission.COLLECT_ANSWERS,),
    "surveys.round": (Permission.RUN_ROUNDS,),
    "measures.measure": (Permission.VIEW_MEASURES,),
    "cases.move": (Permission.VIEW_CASES,),
    "contacts.message": (Permission.KEEP_CONTACT_RULES, Permission.VIEW_REPORTER),
    "disclosures.file": (Permission.VIEW_CASES,),
    "reviews.review": (),
    "reviews.recommendation": (),
    "hotspots.alert": (Permission.VIEW_HOT_SPOTS,),
    "hotspots.hot_spot": (Permission.VIEW_HOT_SPOTS,),
    "hotspots.action": (),
}


def page_for(can: Callable[[Permission], bool], record_kind: str, *, is_ones_own: bool) -> str:
    """The page of a record a duty or notice is about; none where whoever looks could not open it."""
    asked = _OPENED_BY[record_kind]
    may_open = any(can(power) for power in asked) if asked else is_ones_own
    return SUBJECT_PAGES[record_kind] if may_open else ""


@dataclass(frozen=True)
class Schedule:
    """The moments of one duty: when it is due, when it counts as late, and each step of its ladder."""

    due_at: datetime
    late_after: datetime
    steps: tuple[Step, ...]

    def next_after(self, share: float) -> datetime | None:
        """The moment of the first step above `share` of the time."""
        return next((step.at for step in self.steps if step.share > share), None)

    def passed(self, *, above: float, now: datetime) -> list[Step]:
        """The steps above `above` whose moment has come."""
        return steps_due(list(self.steps), now=now, after_share=above)


def schedule(limit: TimeLimit, started_at: datetime, agreed: datetime | None = None) -> Schedule:
    """Lay out a duty's moments. "At once" is late after the province's own tolerance (house_limits.yaml)."""
    due, late = due_at(limit, started_at, agreed), remind_at(limit, started_at, agreed)
    return Schedule(due_at=due, late_after=late, steps=tuple(steps(started_at, due, late)))


def state_when_met(*, late_after: datetime, met_at: datetime) -> State:
    return State.MET if met_at <= late_after else State.MET_LATE


class Horizon(StrEnum):
    """How near a duty's end is, as a day's work is laid out."""

    OVERDUE = "overdue"
    A_DAY = "a_day"
    A_WEEK = "a_week"
    LATER = "later"


HORIZON_LABELS = {
    Horizon.OVERDUE: "Quá hạn",
    Horizon.A_DAY: "Trong 24 giờ tới",
    Horizon.A_WEEK: "Trong 7 ngày tới",
    Horizon.LATER: "Về sau",
}


def horizon(late_after: datetime, now: datetime) -> Horizon:
    """Say how near the end of a duty is."""
    left = late_after - now
    if left < timedelta(0):
        return Horizon.OVERDUE
    if left <= timedelta(days=1):
        return Horizon.A_DAY
    return Horizon.A_WEEK if left <= timedelta(days=7) else Horizon.LATER


def state_when_ground_goes(*, late_after: datetime, at: datetime) -> State:
    """Nothing more to do; but what ought to have been done by then, and was not, was breached."""
    return State.LAPSED if at <= late_after else State.BREACHED


# The chairman answers to the province; everyone else of a commune to the chairman. A chairman's own clock is
# also told to the officer who prepares the papers.
_SUPERIORS = {Role.COMMUNE_CHAIRMAN: Role.CULTURE_OFFICER, Role.INSPECTOR: Role.PROVINCE_LEADER}


def seat_told(told: Told, *, owner_role: Role) -> Role | None:
    """Whose seat a rung of the ladder speaks to; None is the owner's own."""
    return {
        Told.HOLDER: None,
        Told.SUPERIOR: _SUPERIORS.get(owner_role, Role.COMMUNE_CHAIRMAN),
        Told.CHAIRMAN: Role.COMMUNE_CHAIRMAN,
        Told.PROVINCE: Role.PROVINCE_LEADER,
    }[told]
