"""The number of the request being answered: in the audit trail, in the log, on the error page."""

from contextvars import ContextVar
from uuid import uuid4

_current: ContextVar[str] = ContextVar("request_id", default="")


def begin_request() -> str:
    """Give the request a number of our own; a client's header is never trusted."""
    number = uuid4().hex[:12]
    _current.set(number)
    return number


def current_request_id() -> str:
    return _current.get()
