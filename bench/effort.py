"""What work takes: processor time of this process, those it started and the database for them; memory of this one.

On a machine that is busy with other things a clock tells how long one waited; the processor tells how much was done.
"""

import os
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time

from django.db import connection

BACKENDS = """
SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'
"""


class Effort:
    """Adds up the processors' seconds of those that were at work when it was made."""

    def __init__(self) -> None:
        self.pids = [*_started_by(os.getpid()), *_backends()]

    def spent(self) -> float:
        """Seconds so far; a difference of two is what was done in between."""
        ended = getrusage(RUSAGE_CHILDREN)
        return process_time() + ended.ru_utime + ended.ru_stime + sum(map(_seconds, self.pids))


def peak_mb() -> float:
    """The most this process ever held. `getrusage` would tell its parent's memory at its start, were that more."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def _backends() -> list[int]:
    """Servers of this database; a server on another machine has none here."""
    if os.environ.get("MAIAM_BENCH_SERVER") != "embedded":
        return []
    with connection.cursor() as cursor:
        cursor.execute(BACKENDS)
        return [pid for (pid,) in cursor.fetchall()]


def _started_by(pid: int) -> list[int]:
    try:
        children = [
            int(child) for file in Path(f"/proc/{pid}/task").glob("*/children") for child in file.read_text().split()
        ]
    except OSError:
        return []
    return [*children, *(below for child in children for below in _started_by(child))]


def _seconds(pid: int) -> float:
    try:
        tasks = [file.read_text().split()[0] for file in Path(f"/proc/{pid}/task").glob("*/schedstat")]
    except OSError:
        return 0.0
    return sum(map(int, tasks)) / 1e9
