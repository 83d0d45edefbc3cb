"""The number of the request being answered: in the audit trail, in the log, on the error page."""

from contextvars import ContextVar
from uuid import uuid4

_current: ContextVar[str] = ContextVar("request_id", default="")
_without_database: ContextVar[bool] = ContextVar("without_database", default=False)


def begin_request() -> str:
    """Give the request a number of our own; a client's header is never trusted."""
    number = uuid4().hex[:12]
    _current.set(number)
    _without_database.set(False)
    return number


def current_request_id() -> str:
    return _current.get()


def go_without_database() -> None:
    """Note that the database does not answer; the rest of this request does without."""
    _without_database.set(True)


def is_without_database() -> bool:
    return _without_database.get()
