"""Where a journey's site keeps its rows: an embedded server of its own, or a database on the server of DATABASE_URL."""

import os
import signal
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from launcher.database import addresses, found
from launcher.postgres import Cluster

NAME = "maiam_journeys"


class Database(Protocol):
    def start(self) -> None: ...
    def create(self) -> None: ...
    def addresses(self) -> dict[str, str]: ...
    def kill(self) -> None: ...
    def release(self) -> None: ...


class Embedded:
    """A server of the journeys' own, killed as often as they like."""

    def __init__(self, name: str = "journeys", **where: Any) -> None:
        self.cluster = Cluster(name, **where)

    def start(self) -> None:
        self.cluster.start()

    def create(self) -> None:
        self.cluster.query("DROP DATABASE IF EXISTS maiam WITH (FORCE)")
        found(self.cluster)

    def addresses(self) -> dict[str, str]:
        return addresses(self.cluster)

    def kill(self) -> None:
        os.kill(self.cluster.server_pid(), signal.SIGKILL)

    def kill_with_children(self) -> None:
        """Leave nothing of the server that could still finish what it was at."""
        server = self.cluster.server_pid()
        children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
        for pid in (server, *map(int, children)):
            os.kill(pid, signal.SIGKILL)

    def release(self) -> None:
        self.cluster.release()


class Given:
    """The server of DATABASE_URL, whose role may create databases. It is not ours to kill."""

    def __init__(self, url: str) -> None:
        self.url = url

    def start(self) -> None:
        """It runs already."""

    def create(self) -> None:
        with psycopg.connect(self.url, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
            server.execute(f"CREATE DATABASE {NAME} ENCODING 'UTF8' TEMPLATE template0")

    def addresses(self) -> dict[str, str]:
        names = [name for name in ("DATABASE_URL", "MAIAM_APP_DATABASE_URL") if os.environ.get(name)]
        return {name: urlunsplit(urlsplit(os.environ[name])._replace(path=f"/{NAME}")) for name in names}

    def kill(self) -> None:
        pytest.skip("the server of DATABASE_URL is not ours to kill")

    def release(self) -> None:
        """It runs on."""


def chosen() -> Database:
    """The kind of server the whole test run uses, as the launcher says it."""
    return Given(os.environ["DATABASE_URL"]) if os.environ.get("MAIAM_TEST_SERVER") == "given" else Embedded()
