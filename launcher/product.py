"""Hands words to the product's own command line, with its database running."""

import subprocess

from launcher import keys
from launcher.database import database
from launcher.environment import prepare_kernels, prepare_python, use_kernels
from launcher.paths import PYTHON, ROOT, SECRETS
from launcher.steps import clean_environment


def run(words: list[str]) -> int:
    """Run `python -m maiam WORDS`; start the embedded database for it when nobody else has."""
    prepare_python(for_development=False)
    use_kernels()
    keys.make_missing()
    with database("site") as environment:
        environment["MAIAM_SECRETS_DIR"] = str(SECRETS)
        environment.setdefault("MAIAM_MODE", "demo")
        environment["PYTHONPATH"] = str(ROOT / "src")
        return subprocess.run([PYTHON, "-m", "maiam", *words], env=environment, check=False).returncode


def link(arguments: list[str]) -> int:
    """Run `python -m maiam link`, which reads a file and writes a file: no database is started."""
    return _without_database("link", *arguments)


def hotspots(arguments: list[str]) -> int:
    """Run `python -m maiam hotspots …` on files: no database is started."""
    prepare_python(for_development=False)
    prepare_kernels()
    return _without_database("hotspots", *arguments)


def _without_database(*words: str) -> int:
    prepare_python(for_development=False)
    keys.make_missing()
    environment = clean_environment(
        DATABASE_URL="postgresql:///none",
        MAIAM_SECRETS_DIR=str(SECRETS),
        MAIAM_MODE="demo",
        PYTHONPATH=str(ROOT / "src"),
    )
    return subprocess.run([PYTHON, "-m", "maiam", *words], env=environment, check=False).returncode
