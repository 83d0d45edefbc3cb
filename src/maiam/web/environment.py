"""Typed reading of the environment; a missing secret stops the start and is named."""

import hashlib
import hmac
import os
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 32


def text(name: str, default: str) -> str:
    return os.environ.get(name) or default


def whole_number(name: str, default: int) -> int:
    written = os.environ.get(name)
    try:
        return int(written) if written else default
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {written!r}.") from error


def words(name: str, default: list[str]) -> list[str]:
    written = os.environ.get(name)
    return [word.strip() for word in written.split(",") if word.strip()] if written else default


def secret(name: str) -> str:
    """Read a secret from MAIAM_<NAME>, or from the file of that name in MAIAM_SECRETS_DIR."""
    variable = f"MAIAM_{name.upper()}"
    file = Path(os.environ.get("MAIAM_SECRETS_DIR", "/nonexistent")) / name
    value = os.environ.get(variable) or (file.read_text().strip() if file.is_file() else "")
    if len(value) < SHORTEST_SECRET:
        raise ImproperlyConfigured(
            f"The secret {name} is missing or shorter than {SHORTEST_SECRET} characters: "
            f"set {variable}, or put it in a file named {name} in MAIAM_SECRETS_DIR."
        )
    return value


def database_url() -> str:
    """The database address of this process: the owner's for set-up, else the application's."""
    return _owner_url() if os.environ.get("MAIAM_DATABASE_ROLE") == "owner" else app_database_url()


def app_database_url() -> str:
    """The application's address: its own, else the owner's server as `maiam_app`, as `prepare` let it in."""
    return os.environ.get("MAIAM_APP_DATABASE_URL") or as_application(_owner_url(), app_password())


def _owner_url() -> str:
    owner = os.environ.get("DATABASE_URL")
    if not owner:
        raise ImproperlyConfigured("DATABASE_URL is not set; `./maiam up` sets it to its own PostgreSQL.")
    return owner


def app_password() -> str:
    """The application role's password on a server of one's own: derived, so it is stored nowhere else."""
    return hmac.new(secret("context_key").encode(), b"maiam_app", hashlib.sha256).hexdigest()


def as_application(owner_url: str, password: str) -> str:
    parts = urlsplit(owner_url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit(parts._replace(netloc=f"maiam_app:{quote(password)}@{host}"))
