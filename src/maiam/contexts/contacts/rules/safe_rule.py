"""One person's rule of safe contact: the ways, the number, the hours, the words, who must not pick up. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Self
from uuid import UUID

from maiam.core.text import VIETNAM

WEEK = 7


class Way(StrEnum):
    """How a person is reached. The first two leave by themselves; for the others somebody of ours gets up."""

    SMS = "sms"
    ZALO = "zalo"
    CALL = "call"
    LETTER = "letter"
    VISIT = "visit"


WAY_LABELS = {
    Way.SMS: "Nhắn tin điện thoại",
    Way.ZALO: "Nhắn Zalo",
    Way.CALL: "Cán bộ gọi điện",
    Way.LETTER: "Gửi thư",
    Way.VISIT: "Gặp trực tiếp",
}
WRITTEN = frozenset({Way.SMS, Way.ZALO})
BY_PHONE = WRITTEN | {Way.CALL}


class RecipientKind(StrEnum):
    """A person of the register, or whoever sent one report."""

    PERSON = "person"
    REPORTER = "reporter"


@dataclass(frozen=True)
class Recipient:
    kind: RecipientKind
    id: UUID


@dataclass(frozen=True, kw_only=True)
class SafeRule:
    """What one person said about being reached. No way chosen means: do not reach me at all.

    Hours may run across midnight; `days` (Monday is 0) are those on which they begin, none means every day.
    """

    ways: frozenset[Way] = frozenset()
    phone: str = ""
    starts: time | None = None
    ends: time | None = None
    days: frozenset[int] = frozenset()
    cover_words: str = ""
    must_not_pick_up: str = ""
    others_read_phone: bool = False
    letter_to: str = ""
    through_whom: str = ""
    never_phones: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Read what `as_values` wrote."""
        return cls(
            **{
                **values,
                "ways": frozenset(Way(way) for way in values["ways"]),
                "days": frozenset(values["days"]),
                "starts": _time(values["starts"]),
                "ends": _time(values["ends"]),
                "never_phones": tuple(values["never_phones"]),
            }
        )

    def as_values(self) -> dict[str, Any]:
        """Everything as plain values, to be sealed."""
        return asdict(self) | {
            "ways": sorted(self.ways),
            "days": sorted(self.days),
            "starts": _written(self.starts),
            "ends": _written(self.ends),
            "never_phones": list(self.never_phones),
        }

    def for_others(self, *, tells_words: bool) -> "SafeRule":
        """As much as whoever did not hear it needs so as not to endanger: never who helps her, nor where letters go.

        Without words, the ways alone; the number stays behind the door either way.
        """
        if not tells_words:
            return SafeRule(ways=self.ways, phone=self.phone)
        return replace(self, letter_to="", through_whom="", never_phones=())

    def is_open(self, at: datetime) -> bool:
        """Is this moment within the hours she gave? The first minute is, the last is not."""
        local = at.astimezone(VIETNAM)
        clock, day = local.timetz().replace(tzinfo=None), local.date()
        starts, ends = self.starts or time.min, self.ends or time.min
        if starts < ends or ends == time.min:
            return self._begins_on(day) and starts <= clock and (ends == time.min or clock < ends)
        if starts == ends:
            began = day if clock >= starts else day - timedelta(days=1)
            return self._begins_on(began)
        if clock >= starts:
            return self._begins_on(day)
        return clock < ends and self._begins_on(day - timedelta(days=1))

    def opens_at(self, after: datetime) -> datetime:
        """The first moment not before `after` that is within her hours."""
        if self.is_open(after):
            return after
        today = after.astimezone(VIETNAM).date()
        begins = (
            datetime.combine(today + timedelta(days=days), self.starts or time.min, VIETNAM) for days in range(WEEK + 1)
        )
        return next(moment for moment in begins if moment >= after and self._begins_on(moment.date()))

    def _begins_on(self, day: date) -> bool:
        return not self.days or day.weekday() in self.days


def _time(written: str | None) -> time | None:
    return time.fromisoformat(written) if written else None


def _written(clock: time | None) -> str | None:
    return clock.isoformat() if clock else None
