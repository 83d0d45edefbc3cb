"""Identifiers nobody can guess, that still sort by birth (UUID version 7, RFC 9562)."""

import secrets
import time
import uuid

_RANDOM_BITS = 74


def new_id() -> uuid.UUID:
    """Make an identifier: 48 bits of milliseconds, 74 random bits."""
    milliseconds = time.time_ns() // 1_000_000
    noise = secrets.randbits(_RANDOM_BITS)
    value = milliseconds << 80 | 0x7 << 76 | (noise >> 62) << 64 | 0b10 << 62 | noise & (1 << 62) - 1
    return uuid.UUID(int=value)


def new_ids(count: int) -> list[str]:
    """Make many of them at once, as text."""
    milliseconds, noise = f"{time.time_ns() // 1_000_000:012x}", secrets.token_bytes(10 * count).hex()
    start = f"{milliseconds[:8]}-{milliseconds[8:]}-7"
    return [
        f"{start}{noise[at : at + 3]}-{_VARIANT[noise[at + 3]]}{noise[at + 4 : at + 7]}-{noise[at + 7 : at + 19]}"
        for at in range(0, 20 * count, 20)
    ]


# RFC 9562, 4.1: the two high bits of this digit are 10.
_VARIANT = {f"{digit:x}": f"{digit & 3 | 8:x}" for digit in range(16)}
