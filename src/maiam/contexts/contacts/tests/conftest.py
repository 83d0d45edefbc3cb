"""Somebody with a rule, what they are to be told, and a gateway on this machine that answers as it is told to."""

import json
import threading
from collections.abc import Iterator
from datetime import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from maiam.contexts.contacts import services
from maiam.contexts.contacts.events import Addressed
from maiam.contexts.contacts.models import ContactRule, Message
from maiam.contexts.contacts.rules.safe_rule import Recipient, RecipientKind, SafeRule, Way
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.contacts.services import Telling
from maiam.contexts.duties.models import Obligation
from maiam.contexts.duties.rules import Subject
from maiam.platform.access import Actor, acting

HOUSE = Actor.system("contacts")
PHONE = "+84905000111"
RULE = SafeRule(
    ways=frozenset({Way.SMS, Way.CALL}), phone=PHONE, starts=time(8), ends=time(10), cover_words="Mời họp hội"
)


@pytest.fixture
def to(lan, commune) -> Addressed:
    record_id = uuid4()
    return Addressed(
        recipient=Recipient(RecipientKind.REPORTER, record_id),
        record=Subject("reports.report", record_id),
        label="người báo tin",
        code="Tin báo",
        commune_id=commune.id,
        village_id=None,
        owner_post_id=lan.post_id,
    )


@pytest.fixture
def lay(lan, to, now):
    def laid(rule: SafeRule = RULE, **changes: Any) -> ContactRule:
        with acting(lan):
            return services.lay_down_rule(actor=lan, to=to, rule=SafeRule(**{**vars(rule), **changes}), now=now)

    return laid


@pytest.fixture
def tell(lan, to, now):
    def told(way: Way = Way.SMS, at=now, key: str = "one", **more: Any) -> Message:
        telling = Telling(purpose=more.pop("purpose", Purpose.CALL_BACK), way=way, key=key, **more)
        with acting(lan):
            return services.tell_person(actor=lan, to=to, telling=telling, now=at)

    return told


def work(at) -> int:
    with acting(HOUSE):
        return services.send_due(actor=HOUSE, now=at)


def tasks() -> list[Obligation]:
    return list(Obligation.objects.filter(rule="CONTACT_BY_PERSON", state="running"))


@pytest.fixture
def sent(lay, tell, now) -> Message:
    lay()
    message = tell()
    work(now)
    message.refresh_from_db()
    return message


@pytest.fixture
def gateway() -> Iterator[SimpleNamespace]:
    kept = SimpleNamespace(messages=[], answers=[], url="")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            kept.messages.append((dict(self.headers), body))
            self.send_response(kept.answers.pop(0) if kept.answers else 202)
            self.end_headers()
            self.wfile.write(b'{"id": "SMSC-77"}')

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    kept.url = f"http://127.0.0.1:{server.server_port}/gui"
    yield kept
    server.shutdown()
    server.server_close()
    thread.join()
