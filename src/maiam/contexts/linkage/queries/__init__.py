"""The pairs that wait, one pair side by side, and the register as the model reads it."""

from maiam.contexts.linkage.queries.pairs import FactRow, PairLine, PairPage, Queue, pair, queue
from maiam.contexts.linkage.queries.register import register_as_table

__all__ = ["FactRow", "PairLine", "PairPage", "Queue", "pair", "queue", "register_as_table"]
