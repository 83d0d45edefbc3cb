"""`./maiam check | fix | test | bench | lock`: what CI and developers run."""

import subprocess

from launcher import keys
from launcher.database import database, is_given
from launcher.environment import prepare_browser, prepare_front_end, prepare_kernels, prepare_python, use_kernels, uv
from launcher.paths import PYTHON, REQUIREMENTS, ROOT, SECRETS, VENV
from launcher.say import TroubleError, say
from launcher.steps import call, clean_environment

PYTHON_CODE = ("src", "launcher", "tests", "bench")
# The whole suite is shared out over the cores; the root's conftest says what stays together.
SHARED = ("-n", "auto", "--maxprocesses", "4", "--dist", "loadgroup")


def check(_arguments: list[str]) -> int:
    """Run every static check; a red one does not hide the next."""
    prepare_python(for_development=True)
    keys.make_missing()
    environment = clean_environment(
        DATABASE_URL="postgresql:///none?host=/nowhere",
        PYTHONWARNINGS="ignore:Got an error checking a consistent migration history",
        MAIAM_SECRETS_DIR=str(SECRETS),
        MAIAM_MODE="demo",
        PYTHONPATH=str(ROOT / "src"),
    )
    red = [name for name, command in _checks().items() if not _is_green(name, command, environment)]
    if red:
        raise TroubleError(f"red: {', '.join(red)}")
    say("all checks green")
    return 0


def _checks() -> dict[str, list[str]]:
    tools = VENV / "bin"
    return {
        "format": [f"{tools}/ruff", "format", "--check", "-q", *PYTHON_CODE, "maiam"],
        "lint": [f"{tools}/ruff", "check", "-q", *PYTHON_CODE, "maiam"],
        "types": [f"{tools}/mypy"],
        "walls": [f"{tools}/lint-imports", "--no-logo"],
        "templates": [f"{tools}/djlint", "--check", "--lint", "--quiet", "src"],
        "migrations": [str(PYTHON), "-m", "maiam", "makemigrations", "--check", "--dry-run", "-v0"],
        "locks": [
            "sh",
            "-c",
            "! grep -nE 'https?://[^ ]*(simple|registry|files)' requirements/*.txt frontend/package-lock.json",
        ],
    }


def _is_green(name: str, command: list[str], environment: dict[str, str]) -> bool:
    say(name)
    return subprocess.run(command, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, check=False).returncode == 0


def fix(_arguments: list[str]) -> int:
    prepare_python(for_development=True)
    tools = VENV / "bin"
    call(tools / "ruff", "check", "--fix", "-q", *PYTHON_CODE, "maiam")
    call(tools / "ruff", "format", "-q", *PYTHON_CODE, "maiam")
    subprocess.run([tools / "djlint", "--reformat", "--quiet", "src"], cwd=ROOT, check=False)
    return 0


def test(arguments: list[str]) -> int:
    """Run pytest with a database of its own and a browser: every test on every core, or what is named on one."""
    prepare_python(for_development=True)
    prepare_front_end()
    keys.make_missing()
    chromium = prepare_browser()
    use_kernels()
    with database("test") as environment:
        environment |= {"MAIAM_SECRETS_DIR": str(SECRETS), "MAIAM_CHROMIUM": chromium, "MAIAM_MODE": "demo"}
        environment |= {"MAIAM_DATABASE_ROLE": "owner", "MAIAM_POOL": "no"}
        environment["MAIAM_TEST_SERVER"] = "given" if is_given() else "embedded"
        say("pytest")
        words = [PYTHON, "-m", "pytest", *(arguments or SHARED)]
        return subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode


def bench(arguments: list[str]) -> int:
    prepare_python(for_development=True)
    prepare_front_end()
    keys.make_missing()
    prepare_kernels()
    with database("bench") as environment:
        environment |= {"MAIAM_SECRETS_DIR": str(SECRETS), "MAIAM_MODE": "demo", "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"}
        environment["MAIAM_BENCH_SERVER"] = "given" if is_given() else "embedded"
        return subprocess.run([PYTHON, "-m", "bench", *arguments], cwd=ROOT, env=environment, check=False).returncode


def lock(_arguments: list[str]) -> int:
    """Compile the hashed requirement files; they name no address."""
    compile_ = [
        str(uv()),
        "pip",
        "compile",
        "-q",
        "pyproject.toml",
        "--generate-hashes",
        "--no-header",
        "--no-annotate",
    ]
    main = REQUIREMENTS / "main.txt"
    call(*compile_, "--python-version", "3.11", "-o", main)
    for group in ("dev", "spark"):
        file = REQUIREMENTS / f"{group}.txt"
        call(*compile_, "--python-version", "3.11", "--group", group, "-c", main, "-o", file)
    return 0
