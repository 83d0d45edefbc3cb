"""Do a step of set-up once: again only when its inputs changed or its output is gone."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from launcher.paths import ROOT, STATE
from launcher.say import TroubleError, say


def once(
    name: str, inputs: Iterable[Path], step: Callable[[], None], output: Path, *, stamps: Path | None = None
) -> None:
    """Run `step` unless the stamp of its last run fits `inputs` and `output` exists."""
    inputs = list(inputs)
    stamps = stamps or STATE / "stamps"
    if output.exists() and is_done(name, inputs, stamps):
        return
    say(name)
    step()
    stamps.mkdir(parents=True, exist_ok=True)
    _stamp(name, stamps).write_text(fingerprint(inputs))


def is_done(name: str, inputs: Iterable[Path], stamps: Path) -> bool:
    """Say whether the step's last run saw these very inputs. The stamp lies beside what the step made."""
    stamp = _stamp(name, stamps)
    return stamp.exists() and stamp.read_text() == fingerprint(inputs)


def _stamp(name: str, stamps: Path) -> Path:
    return stamps / f".made-{name.replace(' ', '-')}"


def fingerprint(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256(sys.version.encode())
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(str(file.relative_to(ROOT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


def call(
    *command: str | Path, environment: dict[str, str] | None = None, cwd: Path = ROOT, quiet: bool = False
) -> None:
    """Run a program; on failure stop with what it said."""
    words = [str(word) for word in command]
    done = subprocess.run(
        words,
        cwd=cwd,
        env=environment or clean_environment(),
        stdin=subprocess.DEVNULL,
        text=True,
        capture_output=quiet,
        check=False,
    )
    if done.returncode:
        said = f"\n{done.stdout}{done.stderr}" if quiet else ""
        raise TroubleError(f"`{' '.join(words)}` ended with {done.returncode}.{said}")


def clean_environment(**extra: str) -> dict[str, str]:
    """This process's environment, without what makes every start of Python slow."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return environment | extra
