"""Find likely doubles in the register; judge each: one person, or two."""

from maiam.contexts.linkage.services.finding import Found, find_doubles
from maiam.contexts.linkage.services.forgetting import forget_pairs_of, let_pairs_go
from maiam.contexts.linkage.services.judging import (
    AlreadyJudgedError,
    OtherCommuneError,
    merge_pair,
    put_pair_off,
    tell_pair_apart,
    undo_pair,
)

__all__ = [
    "AlreadyJudgedError",
    "Found",
    "OtherCommuneError",
    "find_doubles",
    "forget_pairs_of",
    "let_pairs_go",
    "merge_pair",
    "put_pair_off",
    "tell_pair_apart",
    "undo_pair",
]
