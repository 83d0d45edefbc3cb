"""Names of people in a story: words with capitals beside each other. What they may be the register says."""

import re
from collections.abc import Iterator
from itertools import groupby

from maiam.core.text import fold

MOST_NAMES = 8
# A word, or whatever parts two runs of words: only blanks keep them together.
_PARTS = re.compile(r"[^\W\d_][\w'’ʼ\u0300-\u036f]*|[^\s]")
_BEFORE_NAMES = frozenset("anh ba bac be bo cau chau chi chong chu co con cu di em gia me o ong thim vo".split())  # noqa: SIM905
_FEWEST_WORDS = 2


def names_in(text: str) -> list[str]:
    """The names a text may hold, folded, each once, in the order they stand; words of kin before them left out."""
    found = [_without_kin_words(fold(run)) for run in _runs(text)]
    return list(dict.fromkeys(name for name in found if _is_name(name)))[:MOST_NAMES]


def bears(full_name: str, name: str) -> bool:
    """Whether somebody's full name holds the folded name, word for word."""
    return f" {name} " in f" {fold(full_name)} "


def _runs(text: str) -> Iterator[str]:
    for has_capital, words in groupby(_PARTS.findall(text), key=lambda word: word[0].isupper()):
        if has_capital:
            yield " ".join(words)


def _without_kin_words(folded: str) -> str:
    words = folded.split()
    while words and words[0] in _BEFORE_NAMES:
        words.pop(0)
    return " ".join(words)


def _is_name(folded: str) -> bool:
    # A single word is a name nobody can be told by, but for the H'… and K'… of the highlands.
    return len(folded.split()) >= _FEWEST_WORDS or bool(re.fullmatch(r"[hk][bcdghklmnprtvwxj]\w+", folded))
