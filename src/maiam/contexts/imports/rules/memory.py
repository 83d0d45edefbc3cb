"""Words come again and again in a list: what was made of one is kept for a while, in memory that does not grow."""

from functools import lru_cache

from maiam.core import text

_KEPT = 32_768

folded = lru_cache(maxsize=_KEPT)(text.fold)
is_doubtful = lru_cache(maxsize=_KEPT)(text.is_doubtful)
looks_garbled = lru_cache(maxsize=_KEPT)(text.looks_garbled)
