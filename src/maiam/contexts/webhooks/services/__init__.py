"""Tell other systems: keep what happened, put it in line, send it; and the administrator's hand on all that."""

from maiam.contexts.webhooks.services.outbox import Noted, note_events, put_in_line
from maiam.contexts.webhooks.services.sending import deliver
from maiam.contexts.webhooks.services.subscriptions import (
    NotDeadError,
    UrlRefusedError,
    Wanted,
    pause,
    resume,
    rotate_secret,
    send_again,
    send_test,
    subscribe,
)

__all__ = [
    "NotDeadError",
    "Noted",
    "UrlRefusedError",
    "Wanted",
    "deliver",
    "note_events",
    "pause",
    "put_in_line",
    "resume",
    "rotate_secret",
    "send_again",
    "send_test",
    "subscribe",
]
