"""Names of people: how they are searched, ordered and shortened.

Vietnamese lists order by given name (the last word), then middle names, then surname. Ê Đê, M'nông, Mạ and
K'ho names have no surname that way: after their prefix (Y, H', K', Ka) they order as they are spoken.
"""

import re
import unicodedata
from functools import lru_cache

from maiam.core.text.clean import clean, half_width

_APOSTROPHES = re.compile("[’‘ʼʻ´`′‛ʹˈ＇]")

_WORDS_KEPT, _NAMES_KEPT = 16_384, 32_768

# Đ and the barred B of M'nông have no decomposition.
_BARRED = str.maketrans({"đ": "d", "ƀ": "b", "ı": "i", "ł": "l", "ø": "o"})


# --- search
# "Lý" and "Lí", "Mỹ" and "Mĩ", "Quý" and "Quí" are one name in two spellings, so a y straight after a consonant
# (or after "qu") reads as i. A y after another vowel ("Thúy", "Tây", "Nguyễn") is another sound and stays, as does
# the y that begins a word ("Y Thanh", "Yến"), after a prefix too ("H'Yar"): no syllable has a consonant, y and a vowel.
_Y_FOR_I = re.compile(r"(?<=[bcdghklmnprstvx])y(?![aeou])|(?<=\bqu)y")

# "H'Bia", "H’ Bia", "H Bia" and "HBia" are written for one name, so search knows them all as "hbia".
_APART_FROM_NAME = re.compile(r"\b([hk])'?\s+(?=\w)")


def fold(text: str) -> str:
    """Give the form in which text is searched: small letters, no marks, one spelling.

    `hoà`, `hòa` and `HÒA` fold alike, composed or not; so do `Lý` and `Lí`, `H'Bia` and `H’ Bia`.
    """
    words = clean(text).split(" ")
    plain = [folded for word in words if (folded := _plainly_folded(word)) is not None]
    return " ".join(plain) if len(plain) == len(words) else _fold_at_length(words)


def _fold_at_length(words: list[str]) -> str:
    bare = " ".join(_without_marks(word) for word in words)
    joined = _APART_FROM_NAME.sub(r"\1", clean(bare)).replace("'", "")
    return _Y_FOR_I.sub("i", clean(joined))


# Names are made of few words: what was made of one is kept, as no mark reaches over a blank.
@lru_cache(maxsize=_WORDS_KEPT)
def _plainly_folded(word: str) -> str | None:
    """Fold a word that says all by itself; None for one that may join its neighbour, or holds more than letters."""
    bare = _without_marks(word)
    is_plain = bare.isascii() and (bare.isalnum() or not word) and bare not in {"h", "k"}
    return _Y_FOR_I.sub("i", bare) if is_plain else None


@lru_cache(maxsize=_WORDS_KEPT)
def _without_marks(word: str) -> str:
    plain = _APOSTROPHES.sub("'", half_width(word))
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).translate(_BARRED)


# For names alone, which are asked for again and again: a name of a list is compared, checked and then written.
fold_name = lru_cache(maxsize=_NAMES_KEPT)(fold)


# --- order
# The dictionary order, with the extra letters of the Central Highlands and of foreign names in their places.
_ALPHABET = (
    "a ă â b ƀ c č d đ e ĕ ê ê̆ f g h i ĭ j k l m n ñ o ŏ ô ô̆ ơ ơ̆ p q r s t u ŭ ư ư̆ v w x y z".split()  # noqa: SIM905
)
# One ASCII letter for each, rising, so that plain byte order (PostgreSQL's C collation) is the dictionary's order.
_RANKS = dict(zip(_ALPHABET, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", strict=False))

_LEVEL = "0"
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_SHAPES = "\u031b\u0302\u0306\u030c"  # horn, circumflex, breve, caron: they make another letter, in this order
_TILDE = "\u0303"

# Both sort below every letter and tone, and the space below the comma: a shorter name comes first.
_NEXT_PART = " "
_NEXT_WORD = ","

_HIGHLAND_WORDS = frozenset({"y", "h", "h'", "k'", "ka"})
_HIGHLAND_PREFIX = re.compile(r"[hk]'(?=\w)")
_HYPHENS = re.compile(r"[-‐‑–_.]+")


@lru_cache(maxsize=_NAMES_KEPT)
def sort_key(full_name: str) -> str:
    """Give a plain string whose byte order is the Vietnamese order of names; store it beside the name."""
    words = _words(full_name)
    if not words:
        return ""
    first, *rest = words
    if first in _HIGHLAND_WORDS and rest:
        return _spoken_order(rest)
    if _HIGHLAND_PREFIX.match(first):
        return _spoken_order(words)
    if not rest:
        return _key_of(first)
    return _NEXT_PART.join((_key_of(words[-1]), _keys_of(words[1:-1]), _key_of(first)))


def initials(full_name: str) -> str:
    """Shorten a name for small screens others may see: `Nguyễn Thị Lan` to `N.T.L.`."""
    letters = (_first_letter(word) for word in clean(full_name).split())
    return "".join(f"{letter}." for letter in letters if letter)


# What machines and tired people leave where a name should stand.
_NO_NAMES = frozenset(
    {"null", "none", "nan", "undefined", "n/a", "test", "khong", "khong ro", "khong biet", "chua ro", "chua biet"}
)


def is_doubtful(full_name: str) -> bool:
    """Tell whether a name should be asked about before it is accepted: `null`, `0`, `không rõ`, no letter at all."""
    return is_no_name(fold(full_name))


def is_no_name(folded: str) -> bool:
    """Tell the same of a name already folded."""
    return folded in _NO_NAMES or not any(map(str.isalpha, folded))


# What is brought to another form before a name is cut into words; most names hold none of it.
_UNUSUAL = re.compile(f"{_APOSTROPHES.pattern}|{_HYPHENS.pattern}|[\uff01-\uff5e\u3000]")


def _words(full_name: str) -> list[str]:
    cleaned = clean(full_name)
    if not _UNUSUAL.search(cleaned):
        return cleaned.lower().split()
    plain = _APOSTROPHES.sub("'", half_width(cleaned))
    return _HYPHENS.sub(" ", unicodedata.normalize("NFC", plain).lower()).split()


def _spoken_order(words: list[str]) -> str:
    """Order a name without surname by its first word, then the others as they stand."""
    return _NEXT_PART.join((_key_of(words[0]), _keys_of(words[1:]))).rstrip()


def _keys_of(words: list[str]) -> str:
    return _NEXT_WORD.join(_key_of(word) for word in words)


@lru_cache(maxsize=_WORDS_KEPT)
def _key_of(word: str) -> str:
    """Rank the letters of a word, then its tone: tones count only between words of the same letters."""
    letters, tones = [], []
    for base, marks in _letters(_HIGHLAND_PREFIX.sub("", word)):
        shape = "".join(mark for mark in _SHAPES if mark in marks)
        shape += _TILDE if base == "n" and _TILDE in marks else ""
        tones += [_TONES[mark] for mark in marks if mark in _TONES and not (base == "n" and mark == _TILDE)]
        letters.append(_rank(base, shape))
    return "".join(letters) + ("".join(tones) or _LEVEL)


def _letters(word: str) -> list[tuple[str, str]]:
    """Split a word into base letters, each with its marks."""
    found: list[tuple[str, str]] = []
    for letter in unicodedata.normalize("NFD", word):
        if not unicodedata.combining(letter):
            found.append((letter, ""))
        elif found:
            base, marks = found[-1]
            found[-1] = (base, marks + letter)
    return found


def _rank(base: str, shape: str) -> str:
    """Place a letter; signs are passed over, digits come before letters, unknown scripts after them."""
    letter = unicodedata.normalize("NFC", base + shape)
    if letter in _RANKS:
        return _RANKS[letter]
    if base in _RANKS:
        return _RANKS[base]
    if base.isdecimal():
        return f"9{unicodedata.decimal(base)}"
    return base if base.isalnum() and base > "z" else ""


def _first_letter(word: str) -> str:
    shown = next((i for i, letter in enumerate(word) if letter.isalnum()), None)
    if shown is None:
        return ""
    base, marks = _letters(word[shown:])[0]
    return unicodedata.normalize("NFC", base + marks).upper()
