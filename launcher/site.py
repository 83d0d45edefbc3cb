"""`./maiam up`: from a clean clone to a site that answers."""

import argparse
import signal
import subprocess
import time
import urllib.error
import urllib.request
from types import FrameType

from launcher import keys
from launcher.database import database
from launcher.environment import prepare_front_end, prepare_kernels, prepare_python
from launcher.paths import FRONTEND, PYTHON, ROOT, SECRETS, STATE, VENV
from launcher.say import TroubleError, say
from launcher.steps import call, once

PATIENCE_SECONDS = 60


def up(arguments: list[str]) -> int:
    wanted = _read(arguments)
    signal.signal(signal.SIGTERM, _interrupt)
    prepare_python(for_development=False)
    prepare_front_end()
    prepare_kernels()
    keys.make_missing()
    with database("site") as environment:
        environment |= {
            "MAIAM_SECRETS_DIR": str(SECRETS),
            "PYTHONPATH": str(ROOT / "src"),
            "MAIAM_PORT": str(wanted.port),
        }
        environment.setdefault("MAIAM_MODE", "demo")
        _prepare_site(environment)
        return _serve(environment, port=wanted.port, check_only=wanted.check)


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./maiam up")
    parser.add_argument("--check", action="store_true", help="fetch the first page, stop, and exit 0")
    parser.add_argument("--port", type=int, default=8000)
    return parser.parse_args(arguments)


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _prepare_site(environment: dict[str, str]) -> None:
    say("database")
    call(PYTHON, "-m", "maiam", "prepare", environment=environment)
    static = [FRONTEND / "dist", ROOT / "src" / "maiam" / "platform" / "ui"]
    collect = (PYTHON, "-m", "maiam", "collectstatic", "--noinput", "--clear", "-v0")
    once("static files", static, lambda: call(*collect, environment=environment), STATE / "static" / "staticfiles.json")


def _serve(environment: dict[str, str], *, port: int, check_only: bool) -> int:
    address = f"http://localhost:{port}/"
    running = [_start_web(environment, port), _start_worker(environment)]
    try:
        _wait_for(address, running)
        say(f"ready: {address}")
        if check_only:
            return 0
        call(PYTHON, "-m", "maiam", "welcome", address, environment=environment)
        say("Ctrl-C stops everything.")
        while all(process.poll() is None for process in running):
            time.sleep(0.5)
        raise TroubleError("The web server or the worker stopped by itself; its last lines are above.")
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(running)
        say("stopped")


def _start_web(environment: dict[str, str], port: int) -> "subprocess.Popen[bytes]":
    server = [str(VENV / "bin" / "granian"), "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    size = ["--workers", "2", "--blocking-threads", "4", "--backlog", "1024", "--no-ws", "--log-level", "warning"]
    return subprocess.Popen([*server, *size, "maiam.web.wsgi:application"], cwd=ROOT, env=environment)


def _start_worker(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([PYTHON, "-m", "maiam", "worker"], cwd=ROOT, env=environment)


def _wait_for(address: str, running: "list[subprocess.Popen[bytes]]") -> None:
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < give_up_at:
        if any(process.poll() is not None for process in running):
            raise TroubleError("The web server or the worker did not start; its last lines are above.")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except urllib.error.HTTPError as refusal:
            raise TroubleError(f"The first page answered {refusal.code}.") from refusal
        except OSError:
            time.sleep(0.1)
    raise TroubleError(f"No answer at {address} after {PATIENCE_SECONDS} s.")


def _stop(running: "list[subprocess.Popen[bytes]]") -> None:
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
