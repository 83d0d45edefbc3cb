"""Each transaction states who acts, by a context only this application can sign.

The signature covers the server process and the transaction's start, so a context copied into another
transaction, or forged by injected SQL, is refused by the database (docs/decisions/row-security.md).
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

from maiam.platform.access.actor import Actor

APP_ROLE = "maiam_app"


@contextmanager
def acting(actor: Actor) -> Iterator[None]:
    """Open a transaction in which the database knows who acts; inside another, give it back afterwards."""
    outer = _stated() if connection.in_atomic_block else None
    with transaction.atomic():
        enter(actor)
        yield
    if outer:
        _state(*outer)


def enter(actor: Actor) -> None:
    """State who acts, until the current transaction ends."""
    if not connection.in_atomic_block:
        raise RuntimeError("A context lives in a transaction; there is none.")
    payload = json.dumps(actor.as_context(), separators=(",", ":"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.moment()")
        (moment,) = cursor.fetchone()
    _state(APP_ROLE, _sign(f"{moment}|{payload}") + payload)


def _state(role: str, context: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true), set_config('maiam.context', %s, true)", [role, context])


def _stated() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role'), coalesce(current_setting('maiam.context', true), '')")
        role, context = cursor.fetchone()
        return role, context


def _sign(message: str) -> str:
    return hmac.new(settings.CONTEXT_KEY.encode(), message.encode(), hashlib.sha256).hexdigest()
