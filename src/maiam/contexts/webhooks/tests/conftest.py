"""A real server on this machine that keeps what it is sent, and answers as it is told to."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest

from maiam.contexts.families import services as families
from maiam.contexts.families.models import Person
from maiam.contexts.families.services import PersonFacts
from maiam.contexts.webhooks import services
from maiam.contexts.webhooks.rules import TYPE_LABELS
from maiam.contexts.webhooks.services import Wanted
from maiam.platform.access import Actor, acting

HOUSE = Actor.system("webhooks")


@pytest.fixture(autouse=True)
def may_loop(settings):
    settings.WEBHOOKS_MAY_LOOP = True


@pytest.fixture
def receiver() -> Iterator[SimpleNamespace]:
    kept = SimpleNamespace(messages=[], answers=[], url="")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.messages.append((dict(self.headers), body))
            self.send_response(kept.answers.pop(0) if kept.answers else 204)
            self.send_header("Location", "http://127.0.0.1:9/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    kept.url = f"http://127.0.0.1:{server.server_port}/nhan-tin?tu=maiam"
    yield kept
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def subscribed(administrator, receiver, now) -> SimpleNamespace:
    wanted = Wanted(name="Kho dữ liệu tỉnh", url=receiver.url, event_types=tuple(TYPE_LABELS))
    with acting(administrator):
        row, secret = services.subscribe(actor=administrator, wanted=wanted, now=now)
    return SimpleNamespace(row=row, secret=secret)


@pytest.fixture
def add_person(lan, commune, now) -> Callable[[str], Person]:
    def add(name: str) -> Person:
        with acting(lan):
            facts = PersonFacts(full_name=name, commune_id=commune.id)
            return families.register_person(actor=lan, facts=facts, now=now)

    return add


@pytest.fixture
def work(now) -> Callable[..., int]:
    """What the jobs do every few seconds."""

    def run(at: datetime = now) -> int:
        with acting(HOUSE):
            services.put_in_line(actor=HOUSE, now=at)
            return services.deliver(actor=HOUSE, now=at)

    return run
