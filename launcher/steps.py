"""Do a step of set-up once: again only when its inputs changed or its output is gone."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from launcher.paths import ROOT, STATE
from launcher.say import TroubleError, say


def once(name: str, inputs: Iterable[Path], step: Callable[[], None], output: Path) -> None:
    """Run `step` unless the stamp of its last run fits `inputs` and `output` exists."""
    stamp = STATE / "stamps" / name
    key = fingerprint(inputs)
    if output.exists() and stamp.exists() and stamp.read_text() == key:
        return
    say(name)
    step()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(key)


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
