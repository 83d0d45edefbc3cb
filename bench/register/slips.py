"""How the same name, number or day comes out of another hand: the slips that registers in Vietnam really hold.

Each takes the text and a random source and returns it as the other hand wrote it, or unchanged where a slip
does not fit.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from random import Random

Slip = Callable[[str, Random], str]

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OLD_PLACE = re.compile(r"([oOuU])([\u0300\u0301\u0303\u0309\u0323])([aeyAEY])(?=\s|$)")
_NEW_PLACE = re.compile(r"([oOuU])([aeyAEY])([\u0300\u0301\u0303\u0309\u0323])(?=\s|$)")
# Lý, Mỹ, Kỳ, Sỹ, Vy, Quý; never Thị, Chi, Nhi.
_I_OR_Y = re.compile(r"(?:(?<=\b[hklmstvHKLMSTV])|(?<=\bQu))([iyIY])(?=[\u0300\u0301\u0303\u0309\u0323]?(?:\s|$))")
# Sounds that are one in much of the country.
_SOUNDS = [("s", "x"), ("x", "s"), ("ch", "tr"), ("tr", "ch"), ("gi", "d"), ("n ", "ng "), ("ng ", "n "), ("t ", "c ")]
_NEAR = {"a": "sqz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "g": "fh", "h": "gj", "i": "uo", "k": "jl", "l": "k",
         "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry", "u": "yi", "v": "cb",
         "x": "zc", "y": "tu"}  # fmt: skip


def without_marks(name: str, _: Random) -> str:
    return _bare(name)


@lru_cache(maxsize=100_000)
def _bare(name: str) -> str:
    apart = unicodedata.normalize("NFD", name)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return bare.replace("đ", "d").replace("Đ", "D")


def other_tone_place(name: str, _: Random) -> str:
    """`Hòa` for `Hoà` and the other way round."""
    apart = _tones_last(name)
    if _OLD_PLACE.search(apart):
        return unicodedata.normalize("NFC", _OLD_PLACE.sub(r"\1\3\2", apart))
    return unicodedata.normalize("NFC", _NEW_PLACE.sub(r"\1\3\2", apart))


def other_i(name: str, _: Random) -> str:
    """`Lý` for `Lí`, `Mỹ` for `Mĩ`."""
    swap = {"i": "y", "y": "i", "I": "Y", "Y": "I"}
    apart = _I_OR_Y.sub(lambda found: swap[found[1]], _tones_last(name))
    return unicodedata.normalize("NFC", apart)


def wrong_tone(name: str, random: Random) -> str:
    """Hỏi for ngã, a tone lost, a tone too many."""
    words = name.split()
    place = random.randrange(len(words))
    apart = unicodedata.normalize("NFD", words[place])
    present = [letter for letter in apart if letter in _TONES]
    if present:
        apart = apart.replace(present[0], random.choice(["", *_TONES]))
    words[place] = unicodedata.normalize("NFC", apart)
    return " ".join(words)


def as_heard(name: str, random: Random) -> str:
    text = f"{name.lower()} "  # a blank after, so that ends of words are found
    fitting = [pair for pair in _SOUNDS if pair[0] in text]
    if not fitting:
        return name
    heard, written = random.choice(fitting)
    return text.replace(heard, written, 1).strip().title()


def mistyped(name: str, random: Random) -> str:
    """One key wrong: the neighbour's, one left out, one twice, two swapped."""
    place = random.randrange(1, len(name))
    kind, letter = random.randrange(4), name[place]
    if letter == " ":
        return name
    if kind == 0:
        return name[:place] + random.choice(_NEAR.get(_bare(letter).lower(), "n")) + name[place + 1 :]
    if kind == 1 and len(name) > 4:
        return name[:place] + name[place + 1 :]
    if kind == 2:
        return name[:place] + letter + name[place:]
    return name[: place - 1] + letter + name[place - 1] + name[place + 1 :]


def without_middle(name: str, random: Random) -> str:
    """One of the middle words left out: `Nguyễn Thị Thu Hà` as `Nguyễn Thu Hà`."""
    words = name.split()
    if len(words) > 2:
        del words[random.randrange(1, len(words) - 1)]
    return " ".join(words)


def shortened_middle(name: str, _: Random) -> str:
    return name.replace(" Thị ", " T. ").replace(" Văn ", " V. ")


def given_first(name: str, _: Random) -> str:
    """As foreign programs order names."""
    words = name.split()
    return " ".join([words[-1], *words[:-1]])


def nickname(name: str, random: Random) -> str:
    """What the house calls them, after the surname: the second-born, the last, the small one."""
    words = name.split()
    return " ".join([words[0], random.choice(["Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Út", "Cu", "Bé", "Tèo"])])


def shouted(name: str, _: Random) -> str:
    return name.upper()


def other_apostrophe(name: str, random: Random) -> str:
    """`H'Bia` as `H’Bia`, `H Bia`, `HBia`."""
    return name.replace("'", random.choice(["’", " ", "", "' "]))


# Highland names have slips of their own; the others fit every name.
NAME_SLIPS: tuple[tuple[Slip, float], ...] = (
    (other_apostrophe, 0.25),
    (without_marks, 0.15),
    (other_tone_place, 0.15),
    (other_i, 0.08),
    (wrong_tone, 0.05),
    (as_heard, 0.02),
    (mistyped, 0.05),
    (without_middle, 0.015),
    (shortened_middle, 0.01),
    (given_first, 0.005),
    (nickname, 0.005),
    (shouted, 0.05),
)


def rewritten(name: str, random: Random, *, harshness: float = 1.0) -> str:
    """The name as another hand writes it: each slip by its own chance, one after another."""
    for slip, chance in NAME_SLIPS:
        if random.random() < chance * harshness:
            name = slip(name, random)
    return name


def wrong_digit(number: str, random: Random) -> str:
    """One digit wrong, or two neighbours swapped."""
    place = random.randrange(3, len(number))
    if random.random() < 0.5:
        return f"{number[:place]}{random.randrange(10)}{number[place + 1 :]}"
    return f"{number[: place - 1]}{number[place]}{number[place - 1]}{number[place + 1 :]}"


def _tones_last(name: str) -> str:
    """Letters apart from their tones, but whole with their shapes: ê stays one letter."""
    out = []
    for letter in name:
        apart = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in apart if mark in _TONES)
        out.append(unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES)) + tone)
    return "".join(out)
