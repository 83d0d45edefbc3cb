"""The secrets of a demonstration: made once, kept in files only this user may read.

A real deployment brings its own (MAIAM_SECRETS_DIR or one variable each); see docs/operations.md.
"""

import secrets

from launcher.paths import SECRETS

NAMES = ("django_key", "context_key", "audit_key", "vault_key", "index_key")


def make_missing() -> None:
    SECRETS.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in NAMES:
        file = SECRETS / name
        if not file.exists():
            file.touch(mode=0o600)
            file.write_text(secrets.token_hex(32))
