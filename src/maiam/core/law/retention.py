"""How long what is held is kept: the periods of retention.yaml as lengths and as days. Months run by the calendar."""

from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from maiam.core.law.codes.personal_data import Carried, retention_rules
from maiam.core.law.limits import months_after


class Old(NamedTuple):
    """Something whose period may be over: where it lies, since when, whom it is about."""

    id: UUID
    commune_id: int
    since: datetime
    person_id: UUID | None = None


def life_of(code: str) -> timedelta:
    """How long something lives that ends by its own clock. Raises `KeyError` for another code."""
    rule = retention_rules()[code]
    if rule.carried is not Carried.ITSELF or rule.limit is None:
        raise KeyError(code)
    return timedelta(hours=rule.limit)


def kept_until(since: datetime, months: int) -> datetime:
    """The last moment of a period of whole months that began at `since`."""
    return months_after(since, months)


def over_before(now: datetime, months: int) -> datetime:
    """What began before this moment has been kept its `months`."""
    return months_after(now, -months)
