"""Logs that cannot leak: where and what kind of fault, never the values it happened with.

A traceback's last line holds the exception's message, and messages hold names. We keep the exception's
class and its path through our code, and the number of the request.
"""

import logging
import traceback
from typing import Any

import structlog

from maiam.platform.requests import current_request_id

KEPT = frozenset(
    {"event", "level", "logger", "timestamp", "request_id", "fault", "path", "status", "method", "task", "count"}
)


def configure() -> None:
    """Send every record of every library through the allow-list, as JSON lines on standard error."""
    processors: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_request,
        _reduce_exception,
        _keep_allowed,
    ]
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=processors,
        use_get_message=False,  # a library's message keeps its template; its arguments may be names
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, structlog.processors.JSONRenderer()],
    )
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    structlog.configure(
        processors=[*processors, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
    )


def _add_request(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    event["request_id"] = current_request_id()
    return event


def _reduce_exception(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    info = event.pop("exc_info", None)
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)
        path = [f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in frames]
        event["fault"], event["path"] = type(error).__name__, path
    return event


def _keep_allowed(_logger: Any, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Drop every field not on the list."""
    kept = KEPT | {"_record", "_from_structlog"}
    return {name: value for name, value in event.items() if name in kept}
