"""When codes are being guessed, one source gets one try in a while; everyone else goes on as before.

Sources are told apart by a hash whose key lives in this process, for a day at most. No address is kept.
"""

import hashlib
import hmac
import secrets
from datetime import date, datetime, timedelta

MOST_REMEMBERED = 10_000


class Sources:
    """The last try of each source, in memory."""

    def __init__(self, pause: timedelta) -> None:
        self._pause = pause
        self._day: date | None = None
        self._key = b""
        self._last_try: dict[bytes, datetime] = {}

    def may_try(self, address: str, now: datetime) -> bool:
        """Note a try from this source; False when its last was a moment ago."""
        if self._day != now.date() or len(self._last_try) >= MOST_REMEMBERED:
            self._day, self._key, self._last_try = now.date(), secrets.token_bytes(32), {}
        source = hmac.new(self._key, address.encode(), hashlib.sha256).digest()
        last = self._last_try.get(source)
        if last and now - last < self._pause:
            return False
        self._last_try[source] = now
        return True
