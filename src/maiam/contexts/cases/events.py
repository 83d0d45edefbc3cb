"""What contexts above must agree to before a case may end, and which broken orders they know of; cases asks them all.

A registry and not a signal: the answers are needed before the step, in its transaction (docs/decisions/measures.md).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.platform.access import Actor


@dataclass(frozen=True)
class ClosingCondition:
    """One thing that must hold before a case ends: what, whether it does, and the fact that says so."""

    what: str
    holds: bool
    why: str
    # Whether it also keeps the case in its commune until it holds.
    holds_back_move: bool = False


Ask = Callable[[Actor, UUID, datetime], list[ClosingCondition]]
_asks: list[Ask] = []


def before_closing(ask: Ask) -> Ask:
    """Have `ask` answered before any case ends."""
    if ask not in _asks:
        _asks.append(ask)
    return ask


def conditions_from_above(actor: Actor, case_id: UUID, now: datetime) -> list[ClosingCondition]:
    return [condition for ask in _asks for condition in ask(actor, case_id, now)]


# When each order kept above was broken, and whether that order binds still.
TellBreaches = Callable[[Actor, UUID, datetime], list[tuple[datetime, bool]]]
_tells: list[TellBreaches] = []


def knows_breaches(tell: TellBreaches) -> TellBreaches:
    """Have `tell` name the broken orders of a case that are kept in its context."""
    if tell not in _tells:
        _tells.append(tell)
    return tell


def breaches_known_above(actor: Actor, case_id: UUID, now: datetime) -> list[tuple[datetime, bool]]:
    return [breach for tell in _tells for breach in tell(actor, case_id, now)]
