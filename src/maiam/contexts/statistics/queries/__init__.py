"""Tables of families: counted by the register, protected together, told on either map."""

from maiam.contexts.statistics.queries.maps import MAP_LABELS, WHOLE, Map, Reach, reach_of
from maiam.contexts.statistics.queries.tables import Column, Line, Question, Table, all_tables, table

__all__ = [
    "MAP_LABELS",
    "WHOLE",
    "Column",
    "Line",
    "Map",
    "Question",
    "Reach",
    "Table",
    "all_tables",
    "reach_of",
    "table",
]
