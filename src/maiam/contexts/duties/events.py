"""A duty that went up was decided there: contexts above say what that means for the record it is about.

A registry and not a signal: what was asked ends, or binds, in the transaction that writes the decision down.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from maiam.contexts.duties.rules import DecidedAbove, Question, Subject
from maiam.platform.access import Actor

Carry = Callable[[Actor, UUID, DecidedAbove, datetime], None]
_carried: dict[tuple[str, str], tuple[Question | None, Carry]] = {}
ANY_RULE = ""


def carries_decision_above(
    record_kind: str, *, rule: str = ANY_RULE, question: Question | None = None
) -> Callable[[Carry], Carry]:
    """Have the function carry out what was decided of a record; `question` says what must be told of it."""

    def declare(carry: Carry) -> Carry:
        _carried[record_kind, rule] = question, carry
        return carry

    return declare


def question_above(record_kind: str, rule: str) -> Question | None:
    """What whoever writes such a decision down is asked about it; None: who signed, which number, which day."""
    question, _ = _declared(record_kind, rule)
    return question


def carry_decision_above(actor: Actor, record: Subject, rule: str, decided: DecidedAbove, now: datetime) -> None:
    """Carry out what was decided, where the record's context knows how."""
    _, carry = _declared(record.kind, rule)
    if carry:
        carry(actor, record.id, decided, now)


def _declared(record_kind: str, rule: str) -> tuple[Question | None, Carry | None]:
    return _carried.get((record_kind, rule)) or _carried.get((record_kind, ANY_RULE)) or (None, None)
