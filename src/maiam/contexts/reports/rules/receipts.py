"""The receipt code: 16 digits that look like a parcel number, and prove without betraying."""

import hashlib
import hmac
import os
import threading

from argon2.low_level import Type, hash_secret_raw

from maiam.contexts.reports.rules.receipt_words import from_words
from maiam.core.text import clean, half_width

DIGITS = 16
_GROUP = 4

# Argon2id as OWASP asks at least; one at a time in a process, or guessing would be a way to stop the site.
_TIME_COST, _MEMORY_KIB, _HASH_BYTES = 2, 19 * 1024, 32
_one_at_a_time = threading.BoundedSemaphore(max(1, (os.cpu_count() or 1) // 2))


def code_for(secret: str, entry: str) -> str:
    """Derive the code of one sending, so that a double press shows the same code twice.

    `entry` carries the 128 random bits of the form; without `secret` the digits are as good as random.
    """
    digest = hmac.new(secret.encode(), b"receipt code|" + entry.encode(), hashlib.sha512).digest()
    return str(int.from_bytes(digest) % 10**DIGITS).zfill(DIGITS)


def grouped(code: str) -> str:
    """Write `1234 5678 9012 3456`."""
    return " ".join(code[start : start + _GROUP] for start in range(0, DIGITS, _GROUP))


def read_code(typed: str) -> str | None:
    """Read a code as it was noted: digits with spaces, dashes, dots, or its words. None when it cannot be one."""
    digits = "".join(letter for letter in half_width(clean(typed)) if letter not in " -.–—_/")
    if not digits.isdigit():
        digits = from_words(typed)
    return digits if len(digits) == DIGITS and digits.isascii() and digits.isdigit() else None


def hash_of(code: str, secret: str) -> str:
    """Hash a code slowly, with a salt that is the same for the whole house and lies outside the database."""
    salt = hmac.new(secret.encode(), b"receipt salt", hashlib.sha256).digest()
    with _one_at_a_time:
        digest = hash_secret_raw(
            code.encode(),
            salt,
            time_cost=_TIME_COST,
            memory_cost=_MEMORY_KIB,
            parallelism=1,
            hash_len=_HASH_BYTES,
            type=Type.ID,
        )
    return digest.hex()
