"""By what a message leaves: a gateway spoken to over HTTP, a spool a modem empties, the demonstration's own table."""

import http.client
import json
import os
import ssl
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from maiam.contexts.contacts.models import DemoMessage, Message
from maiam.contexts.contacts.rules.safe_rule import Way

SECONDS = 5.0
_MOST_READ = 4096
_NEAR = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True)
class Parcel:
    """One message ready to leave: to which number, in which words."""

    message: Message
    way: Way
    number: str
    text: str


@dataclass(frozen=True)
class Taken:
    """Whether it was taken, and under which number of theirs; or what went wrong."""

    is_taken: bool
    reference: str = ""
    problem: str = ""


class Channel(Protocol):
    def carry(self, parcel: Parcel, now: datetime) -> Taken: ...


@dataclass(frozen=True)
class Gateway:
    """A gateway of messages over HTTP: one POST of JSON each, with the message's own id against doubles."""

    url: str
    token: str

    def carry(self, parcel: Parcel, now: datetime) -> Taken:  # noqa: ARG002 - a channel is told the moment
        """Send; whatever goes wrong on the way is an answer too. No detour is followed."""
        message_id = str(parcel.message.id)
        body = json.dumps({"id": message_id, "channel": parcel.way, "to": parcel.number, "text": parcel.text})
        headers = {
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.token}",
            "Idempotency-Key": message_id,
        }
        parts = urlsplit(self.url)
        connection = _connection(parts.scheme, parts.hostname or "", parts.port)
        try:
            connection.request("POST", parts.path or "/", body.encode(), headers)
            response = connection.getresponse()
            answer = response.read(_MOST_READ)
        except (OSError, http.client.HTTPException, ssl.SSLError) as problem:
            return Taken(False, problem=type(problem).__name__)
        finally:
            connection.close()
        if not 200 <= response.status < 300:
            return Taken(False, problem=f"HTTP {response.status}")
        return Taken(True, reference=_reference(answer))


@dataclass(frozen=True)
class Spool:
    """A folder from which a modem's own program sends, one file a message, in the form of SMS Server Tools."""

    folder: Path

    def carry(self, parcel: Parcel, now: datetime) -> Taken:  # noqa: ARG002 - a channel is told the moment
        """Write the file whole and rename it into sight: the modem never sees half of one, nor the same one twice."""
        name = f"maiam-{parcel.message.id}"
        written = self.folder / f".{name}"
        content = f"To: {parcel.number.lstrip('+')}\nAlphabet: UTF-8\n\n{parcel.text}"
        try:
            handle = os.open(written, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            written.rename(self.folder / name)
        except OSError as problem:
            return Taken(False, problem=type(problem).__name__)
        return Taken(True, reference=name)


class DemoOutbox:
    """The demonstration's: kept in a table, shown on the message's page, sent to nobody."""

    def carry(self, parcel: Parcel, now: datetime) -> Taken:
        row = DemoMessage(message=parcel.message, way=parcel.way, sent_at=now)
        row.keep(parcel.number, parcel.text)
        row.save(force_insert=True)
        return Taken(True, reference="demo")


class Outlets:
    """What is set up here to carry messages."""

    @staticmethod
    def carrying(way: Way) -> Channel | None:
        """What carries messages of this way; None where nothing is set up."""
        if settings.CONTACT_DEMO:
            return DemoOutbox()
        url = settings.CONTACT_GATEWAYS.get(way.value, "")
        if url:
            return Gateway(url, settings.CONTACT_GATEWAY_TOKEN)
        if way is Way.SMS and settings.CONTACT_SPOOL:
            return Spool(Path(settings.CONTACT_SPOOL))
        return None


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    """Encrypted, but for a gateway on this very machine."""
    if scheme == "http" and host in _NEAR:
        return http.client.HTTPConnection(host, port, timeout=SECONDS)
    return http.client.HTTPSConnection(host, port, timeout=SECONDS, context=ssl.create_default_context())


def _reference(answer: bytes) -> str:
    """The gateway's own number for it, where it gives one."""
    try:
        told = json.loads(answer)
    except ValueError:
        return ""
    return str(told.get("id", ""))[:80] if isinstance(told, dict) else ""
