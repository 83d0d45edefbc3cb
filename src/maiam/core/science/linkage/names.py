"""A name taken apart for comparing: what tells people apart stands alone, what all share weighs little.

Nguyễn alone covers 38 % of people, so the given name and the middle words carry the evidence. Ê Đê, M'nông, Mạ and K'ho
names follow no Kinh pattern: after the prefix (Y, H', K', Ka) comes the given name, then the clan.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from maiam.core.text import clean, fold

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
# A prefix written without its apostrophe: no Vietnamese syllable begins like this.
_JOINED_PREFIX = re.compile(r"h[bcdghklmnprstvwj]|k[bcdgklmnprstvwj]")
_APART_PREFIXES = frozenset({"y", "ka"})
_PLAIN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_LONE_PREFIX = re.compile(r"(?:^| )[hk](?: |$)")

# Sounds that are one in much of the country: s/x, ch/tr, d/gi/v, l/n; final n/ng, t/c.
_ONSETS = re.compile(r"^(?:tr|x|gi(?=[aeou])|v|l(?=[aeiouy]))")
_SAME_ONSET = {"tr": "ch", "x": "s", "gi": "d", "v": "d", "l": "n"}
_ENDS = re.compile(r"(?:ng|c)$")
_SAME_END = {"ng": "n", "c": "t"}


@dataclass(frozen=True, slots=True)
class NameParts:
    """One name in the forms that are compared; folded unless its name says otherwise.

    `given_toned` and `middle_toned` keep their marks, each tone at the end of its syllable: so `hoà` and `hòa` agree
    and `anh` and `ánh` do not. `words` are all words in the order of the alphabet.
    """

    given: str
    given_toned: str
    given_sound: str
    middle: str
    middle_toned: str
    surname: str
    words: str
    is_marked: bool


def take_apart(full_name: str) -> NameParts:
    """Take a name apart; a name that says nothing gives empty parts."""
    spelled = _in_full(_words(full_name))
    if not spelled:
        return NameParts("", "", "", "", "", "", "", is_marked=False)
    plain = [word.folded for word in spelled]
    given, middle, surname = _places(plain)
    return NameParts(
        given=plain[given],
        given_toned=spelled[given].toned,
        given_sound=spelled[given].sound,
        middle=" ".join(plain[middle]),
        middle_toned=" ".join(word.toned for word in spelled[middle]),
        surname=" ".join(plain[surname]),
        words=" ".join(sorted(plain)),
        is_marked=any(word.is_marked for word in spelled),
    )


def _in_full(words: list["_Word"]) -> list["_Word"]:
    """Write out the middle words that everyone shortens: `T.` for Thị, `V.` for Văn."""
    return [_SHORT.get(word.folded, word) if 0 < place < len(words) - 1 else word for place, word in enumerate(words)]


def _places(words: list[str]) -> tuple[int, slice, slice]:
    """Where given name, middle words and surname (or clan) stand."""
    if len(words) > 1 and words[0] in _APART_PREFIXES:
        return 1, slice(0, 0), slice(2, None)
    if _JOINED_PREFIX.match(words[0]):
        return 0, slice(0, 0), slice(1, None)
    return len(words) - 1, slice(1, len(words) - 1), slice(0, 1 if len(words) > 1 else 0)


@dataclass(frozen=True, slots=True)
class _Word:
    folded: str
    toned: str
    sound: str
    is_marked: bool


def _words(full_name: str) -> list[_Word]:
    text = unicodedata.normalize("NFC", full_name).casefold()
    if _PLAIN.fullmatch(text) and not _LONE_PREFIX.search(text):
        return [_word(word) for word in text.split()]
    text = clean(full_name).casefold()
    # Only the whole name tells which apostrophes, hyphens and lone letters belong to a prefix.
    folded = fold(text.replace(".", " ").replace("-", " ")).split()
    toned = _join_prefixes(unicodedata.normalize("NFC", text)).split()
    if len(toned) != len(folded):
        return [_Word(word, word, _sound(word), is_marked=False) for word in folded]
    return [
        _Word(plain, _word(marked).toned, _sound(plain), _word(marked).is_marked)
        for plain, marked in zip(folded, toned, strict=True)
    ]


def _join_prefixes(text: str) -> str:
    """Write H' and K' as `fold` does: joined to the name, without the apostrophe."""
    bare = re.sub("[’‘ʼʻ´`′‛ʹˈ＇']", "'", text).replace(".", " ").replace("-", " ")
    return re.sub(r"\b([hk])'?\s+(?=\w)", r"\1", bare).replace("'", "")


@lru_cache(maxsize=200_000)
def _word(word: str) -> _Word:
    folded = fold(word)
    apart = unicodedata.normalize("NFD", word)
    tone = "".join(mark for mark in apart if mark in _TONES)
    shape = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES))
    if len(shape) == len(folded):
        # One spelling of i and y in both forms.
        shape = "".join("i" if plain == "i" else letter for plain, letter in zip(folded, shape, strict=True))
    return _Word(folded, shape + tone, _sound(folded), is_marked=shape + tone != folded)


@lru_cache(maxsize=200_000)
def _sound(word: str) -> str:
    """A word by its sound: `sương` and `xương`, `trang` and `chan` are one."""
    begun = _ONSETS.sub(lambda found: _SAME_ONSET[found[0]], word)
    return _ENDS.sub(lambda found: _SAME_END[found[0]], begun)


_SHORT = {"t": _word("thị"), "v": _word("văn")}
