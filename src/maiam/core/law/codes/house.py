"""What the province sets for itself where the law is silent (house_limits.yaml)."""

from datetime import timedelta
from enum import StrEnum
from functools import cache

from pydantic import Field

from maiam.core.law.codes.reading import Entry, parse, read


class Told(StrEnum):
    """Who is told as time runs out, from the nearest up."""

    HOLDER = "holder"
    SUPERIOR = "superior"
    CHAIRMAN = "chairman"
    PROVINCE = "province"


class Rung(Entry):
    """One step of the ladder: at this share of the time, these are told."""

    share: float = Field(gt=0)
    vi: str
    tells: tuple[Told, ...] = Field(min_length=1)


class Closing(Entry):
    """What must hold before a case may end."""

    risk_at_most: str
    attempts_at_least: int = Field(gt=0)


class ContactLimits(Entry):
    """How long a person's rule of safe contact holds before it is asked for again."""

    ask_again_days: int = Field(gt=0)


class AlarmLimits(Entry):
    """How far back, and how near, what happened before is told of when a report is opened."""

    repeat_days: int = Field(gt=0)
    perpetrator_days: int = Field(gt=0)
    near_days: tuple[int, ...] = Field(min_length=1)
    reports_days: int = Field(gt=0)
    namesakes_most: int = Field(gt=0)
    levels: tuple[str, ...] = Field(min_length=1)


class HouseLimits(Entry):
    schema_version: int
    confirmed: bool
    at_once_tolerance_minutes: int = Field(gt=0)
    escalation: tuple[Rung, ...] = Field(min_length=1)
    numbers_shown: tuple[str, ...]
    closing: Closing
    contacts: ContactLimits
    alarms: AlarmLimits


@cache
def _house_limits() -> HouseLimits:
    return parse(HouseLimits, dict(read("house_limits")), "house_limits.yaml")


def at_once_tolerance() -> timedelta:
    """How long after its start a duty worded "at once" counts as late."""
    return timedelta(minutes=_house_limits().at_once_tolerance_minutes)


def escalation_ladder() -> tuple[Rung, ...]:
    return tuple(sorted(_house_limits().escalation, key=lambda rung: rung.share))


def numbers_shown() -> tuple[str, ...]:
    return _house_limits().numbers_shown


def closing() -> Closing:
    return _house_limits().closing


def contacts() -> ContactLimits:
    return _house_limits().contacts


def alarms() -> AlarmLimits:
    return _house_limits().alarms
