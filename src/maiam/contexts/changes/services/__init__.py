"""Ask for a change of the register, talk it over, decide; what is approved is written in the same transaction."""

from maiam.contexts.changes.services.asking import (
    Asked,
    NothingNewError,
    ReadTooEarlyError,
    answer_question,
    ask_change,
    withdraw_change,
)
from maiam.contexts.changes.services.deciding import (
    AlreadyDecidedError,
    NotWholeError,
    RegisterMovedError,
    ask_back,
    decide_change,
)
from maiam.contexts.changes.services.forgetting import forget_ended_request, forget_requests_about

__all__ = [
    "AlreadyDecidedError",
    "Asked",
    "NotWholeError",
    "NothingNewError",
    "ReadTooEarlyError",
    "RegisterMovedError",
    "answer_question",
    "ask_back",
    "ask_change",
    "decide_change",
    "forget_ended_request",
    "forget_requests_about",
    "withdraw_change",
]
