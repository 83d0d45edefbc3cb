"""Between which moments an act lies, as exactly as its incident is known. Pure."""

from datetime import datetime, time

from maiam.contexts.cases.rules.incidents import Precision
from maiam.core.text import VIETNAM, PartialDate

_LAST = time(23, 59, 59)
# "About" a day may be any of its month, "about" a month any of its year: what is not sure counts for nobody's harm.
_COARSER = {
    Precision.MOMENT: Precision.DAY,
    Precision.DAY: Precision.MONTH,
    Precision.MONTH: Precision.YEAR,
    Precision.YEAR: Precision.YEAR,
}


def span(occurred_at: datetime, precision: Precision, *, is_approximate: bool) -> tuple[datetime, datetime]:
    """The earliest and the latest moment it may have been."""
    exactly = _COARSER[precision] if is_approximate else precision
    if exactly is Precision.MOMENT:
        return occurred_at, occurred_at
    day = occurred_at.astimezone(VIETNAM).date()
    known = {
        Precision.DAY: PartialDate(day.year, day.month, day.day),
        Precision.MONTH: PartialDate(day.year, day.month),
        Precision.YEAR: PartialDate(day.year),
    }[exactly]
    earliest = datetime.combine(known.earliest, time(), VIETNAM)
    return earliest, datetime.combine(known.latest, _LAST, VIETNAM)
