"""People: sex, birth as far as it is known, ages."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

OLDEST_AGE = 125
CHILD_BELOW = 16
# Law on the Elderly 2009 Art. 2.
ELDERLY_FROM = 60


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


SEX_LABELS = {Sex.FEMALE: "Nữ", Sex.MALE: "Nam", Sex.UNKNOWN: "Chưa rõ"}


@dataclass(frozen=True)
class Birth:
    """A birth as well as it is known: the year at least."""

    year: int
    month: int | None
    day: int | None
    is_approximate: bool

    def age_on(self, day: date) -> int:
        """Full years on `day`; where month or day are unknown, the youngest the person can be."""
        had_birthday = (day.month, day.day) >= (self.month or 12, self.day or 31)
        return day.year - self.year - (not had_birthday)

    def is_child_on(self, day: date) -> bool:
        """Under 16 (Law on Children), or possibly so: unknown days are read in the child's favour."""
        return self.age_on(day) < CHILD_BELOW
