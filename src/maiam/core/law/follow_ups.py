"""Contacts with a victim after violence: five, early ones close together, each in private. The province's own rule."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from maiam.core.law.limits import due_at, time_limit

FOLLOW_UPS: Final = ("FOLLOW_UP_1", "FOLLOW_UP_2", "FOLLOW_UP_3", "FOLLOW_UP_4", "FOLLOW_UP_5")


def met_by(contact_at: datetime, running: Mapping[str, datetime]) -> Sequence[str]:
    """Which of the running follow-ups (rule and when it started) a private contact at this moment proves done.

    Every one that is due already, and the next in line once its own time has come: after the one before it was due.
    One visit on the first day does not do for the ninetieth.
    """
    return [rule for rule, started_at in running.items() if contact_at > _opens_at(rule, started_at)]


def _opens_at(rule: str, started_at: datetime) -> datetime:
    """When a contact begins to count for this follow-up: the moment the one before it is due."""
    place = FOLLOW_UPS.index(rule)
    return due_at(time_limit(FOLLOW_UPS[place - 1]), started_at) if place else started_at
