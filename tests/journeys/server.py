"""The real site for browser tests: its own database, web server and worker, started and killed like the real thing."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from tests.journeys import databases

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60
# What the tests of the parts need and a real site does not: the owner's address, no pool of connections.
OF_TESTS = frozenset({"MAIAM_DATABASE_ROLE", "MAIAM_POOL", "DATABASE_URL", "MAIAM_APP_DATABASE_URL"})


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Site:
    """A running site. `kill_web`, `kill_worker` and the `start_…` twins are what faults are made of."""

    state: Path
    database: databases.Database = field(default_factory=databases.chosen)
    port: int = field(default_factory=_free_port)
    _web: "subprocess.Popen[bytes] | None" = None
    _worker: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        clean = {key: value for key, value in os.environ.items() if key not in OF_TESTS}
        return (
            clean
            | self.database.addresses()
            | {
                "MAIAM_STATE": str(self.state),
                "MAIAM_MODE": "demo",
                "MAIAM_PORT": str(self.port),
                "MAIAM_DEMO_HOUSEHOLDS": "40",
                "PYTHONPATH": str(ROOT / "src"),
                "DJANGO_SETTINGS_MODULE": "maiam.web.settings",
            }
        )

    def create(self) -> None:
        """Begin with an empty database and fill it as `./maiam up` does."""
        self.database.start()
        self.database.create()
        self.run("prepare")
        self.run("collectstatic", "--noinput", "-v0")

    def run(self, *words: str) -> str:
        """Run a word of the product's command line and return what it says."""
        command = [sys.executable, "-m", "maiam", *words]
        done = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f"{' '.join(words)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
        return done.stdout

    def start_web(self) -> None:
        server = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
        size = [
            "--port",
            str(self.port),
            "--workers",
            "1",
            "--blocking-threads",
            "4",
            "--no-ws",
            "--log-level",
            "warning",
        ]
        self._web = self._start([*server, *size, "maiam.web.wsgi:application"])
        self._wait()

    def start_worker(self) -> None:
        self._worker = self._start([sys.executable, "-m", "maiam", "worker"])

    def kill_web(self) -> None:
        _kill(self._web)

    def kill_worker(self) -> None:
        _kill(self._worker)

    def kill_database(self) -> None:
        self.database.kill()

    def restart_database(self) -> None:
        self.database.start()

    def stop(self) -> None:
        self.kill_web()
        self.kill_worker()
        self.database.release()

    def _start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        # A session of its own: kill -9 then takes the server's children along.
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, start_new_session=True)

    def _wait(self) -> None:
        give_up_at = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up_at:
            try:
                with urllib.request.urlopen(self.url, timeout=5):
                    return
            except urllib.error.HTTPError as refusal:
                raise AssertionError(f"the first page answered {refusal.code}") from refusal
            except OSError:
                time.sleep(0.1)
        raise AssertionError(f"no answer at {self.url}")


def _kill(process: "subprocess.Popen[bytes] | None") -> None:
    if process and process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
