"""Tables of families: counted once on set days, protected together, told on either map."""

from maiam.contexts.statistics.queries.closed import HOUSE
from maiam.contexts.statistics.queries.counting import Tally, tallies
from maiam.contexts.statistics.queries.maps import MAP_LABELS, WHOLE, Map, Reach, province_kept, reach_of
from maiam.contexts.statistics.queries.own import known_table, known_tables
from maiam.contexts.statistics.queries.tables import (
    Column,
    NotClosedError,
    Question,
    Table,
    all_tables,
    day_told,
    table,
    table_of,
)
from maiam.contexts.statistics.queries.villages import Line

__all__ = [
    "HOUSE",
    "MAP_LABELS",
    "WHOLE",
    "Column",
    "Line",
    "Map",
    "NotClosedError",
    "Question",
    "Reach",
    "Table",
    "Tally",
    "all_tables",
    "day_told",
    "known_table",
    "known_tables",
    "province_kept",
    "reach_of",
    "table",
    "table_of",
    "tallies",
]
