"""Who is free, and what the inspector watches."""

from maiam.contexts.conflicts.queries.seats import closed_records, free_post, is_closed_to, stands_near
from maiam.contexts.conflicts.queries.watch import (
    glass,
    glasses,
    official_of,
    open_glass,
    people_of_house,
    watch,
)

__all__ = [
    "closed_records",
    "free_post",
    "glass",
    "glasses",
    "is_closed_to",
    "official_of",
    "open_glass",
    "people_of_house",
    "stands_near",
    "watch",
]
