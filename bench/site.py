"""The real web server for a bench, started as `./maiam up` starts it."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.test import Client

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Account
from maiam.platform.access import Actor

ROOT = Path(__file__).resolve().parent.parent
PATIENCE_SECONDS = 60
SIZE = ("--workers", "2", "--blocking-threads", "4", "--backlog", "1024", "--no-ws", "--log-level", "warning")


@dataclass(frozen=True)
class Web:
    port: int

    def signed_in(self, actor: Actor, path: str) -> Callable[[int], None]:
        """Return a call that fetches a page as this person, over one kept connection."""
        client = Client()
        client.force_login(Account.objects.get(id=actor.account_id))
        session = client.session
        accounts.mark_signed_in(session, post_id=actor.post_id)
        session.save()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": f"sessionid={session.session_key}"}

        def get(_: int) -> None:
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != http.HTTPStatus.OK:
                raise AssertionError(f"{path} answered {answer.status}")

        return get


@contextmanager
def running() -> Iterator[Web]:
    """Serve the site with two workers until the block ends."""
    port, environment = _free_port(), _environment()
    collect = [sys.executable, "-m", "maiam", "collectstatic", "--noinput", "-v0"]
    subprocess.run(collect, env=environment, cwd=ROOT, check=True)
    server = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
    command = [*server, "--port", str(port), *SIZE, "maiam.web.wsgi:application"]
    web = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        _wait_for(port, web)
        yield Web(port)
    finally:
        web.terminate()
        web.wait(15)


def _environment() -> dict[str, str]:
    """The server is the application, not the owner, and keeps its files apart from the site's."""
    clean = {name: value for name, value in os.environ.items() if name != "MAIAM_DATABASE_ROLE"}
    return clean | {"MAIAM_STATE": str(ROOT / "var" / "bench"), "MAIAM_MODE": "demo"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, web: "subprocess.Popen[bytes]") -> None:
    """Wait until both workers have loaded the site: each answers a first page."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except OSError:
            if web.poll() is not None:
                raise RuntimeError("The web server did not start; its last lines are above.") from None
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise TimeoutError(f"No answer after {PATIENCE_SECONDS} s.")
