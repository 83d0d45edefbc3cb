"""How the launcher talks: one line at a time, with the seconds since it began."""

import time

_BEGAN = time.monotonic()


class TroubleError(Exception):
    """Something is missing or failed; the message says what to do about it."""


def say(text: str) -> None:
    print(f"[{time.monotonic() - _BEGAN:6.1f}s] {text}", flush=True)
