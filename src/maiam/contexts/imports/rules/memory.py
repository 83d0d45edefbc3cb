"""What is remembered while a list is read: words come again and again, numbers and codes should not."""

from array import array
from functools import lru_cache

from maiam.core import text

_KEPT = 32_768

folded = text.fold_name
# What betrays a wrong code lies within one word, and names are made of few of them.
_is_garbled = lru_cache(maxsize=_KEPT)(text.looks_garbled)


def is_doubtful(name: str) -> bool:
    return text.is_no_name(folded(name))


def looks_garbled(written: str) -> bool:
    return any(map(_is_garbled, written.split(" ")))


class SeenRows:
    """In which row a key was met first: a dict by hashes alone, in a quarter of a dict's memory.

    Open addressing with linear probing, at most half full (Knuth, TAOCP 3, 6.4, algorithm L). Row 0 is an empty place.
    """

    def __init__(self) -> None:
        self._lay_out(1024)

    def __len__(self) -> int:
        return len(self._rows) - self._rows.count(0)

    def get(self, key: object) -> int | None:
        return self._rows[self._place(hash(key))] or None

    def keep(self, key: object, row: int) -> None:
        hashed = hash(key)
        place = self._place(hashed)
        self._free -= not self._rows[place]
        self._keys[place], self._rows[place] = hashed, row
        if self._free * 2 < len(self._rows):
            self._grow()

    def _place(self, hashed: int) -> int:
        place = hashed & self._mask
        while self._rows[place] and self._keys[place] != hashed:
            place = (place + 1) & self._mask
        return place

    def _grow(self) -> None:
        kept = [(key, row) for key, row in zip(self._keys, self._rows, strict=True) if row]
        self._lay_out(2 * len(self._rows))
        for hashed, row in kept:
            place = self._place(hashed)
            self._keys[place], self._rows[place] = hashed, row
        self._free -= len(kept)

    def _lay_out(self, places: int) -> None:
        self._keys, self._rows = array("q", bytes(8 * places)), array("i", bytes(4 * places))
        self._mask, self._free = places - 1, places
