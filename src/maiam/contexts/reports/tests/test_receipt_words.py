"""A code in eight words: each is told from all others, typed in a hurry or heard on a bad line."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.contexts.reports.rules import receipts
from maiam.contexts.reports.rules.receipt_words import WORDS, in_words
from maiam.core.text import fold

CODES = st.text("0123456789", min_size=16, max_size=16)
FIRST = re.compile("ngh|ng|nh|gh|kh|ph|th|tr|ch|qu|gi(?=[aeiouy])|[bcdghklmnpqrstvx]")
HEARD_ALIKE = {"ngh": "ng", "gh": "g", "tr": "ch", "s": "x", "gi": "d", "v": "d", "r": "d", "k": "c", "l": "n"}


def heard(word: str) -> str:
    """What is left of a word over a bad line, between people from anywhere in the country."""
    written = fold(word)
    found = FIRST.match(written)
    first = found[0] if found else ""
    rest = re.sub("(ch|c)$", "t", re.sub("(ng|nh)$", "n", written[len(first) :])).replace("y", "i")
    return HEARD_ALIKE.get(first, first) + rest


def test_a_hundred_words_carry_all_pairs_of_digits():
    assert len(WORDS) == 100


def test_no_two_words_sound_alike():
    assert len({heard(word) for word in WORDS}) == 100


@given(CODES)
def test_words_and_digits_are_the_same_code(code):
    words = in_words(code)

    assert len(words.split()) == 8
    for typed in (words, fold(words).upper(), words.replace(" ", ", "), unicodedata.normalize("NFD", words)):
        assert receipts.read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "gà", "gà vịt", "gà vịt mèo trâu bò dê ngựa máy", "gà " * 9, "gà vịt 1234"])
def test_other_words_are_no_code(typed):
    assert receipts.read_code(typed) is None


def test_the_page_shows_both_ways():
    assert in_words("0001020304050607") == "gà vịt mèo trâu bò dê ngựa voi"
