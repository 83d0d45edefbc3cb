"""Names of units as the sources spell them: the same unit is written in several ways."""

import re
import unicodedata

from maiam.core.text.names import fold

KIND_WORDS = {
    "tinh": "tinh", "thanh pho": "thanh_pho", "quan": "quan", "huyen": "huyen", "thi xa": "thi_xa",
    "xa": "xa", "phuong": "phuong", "thi tran": "thi_tran", "dac khu": "dac_khu",
}  # fmt: skip
_WORD_OF_KIND = re.compile(r"^(tinh|thanh pho|quan|huyen|thi xa|thi tran|phuong|dac khu|xa) (?=\w)")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def bare(name: str) -> str:
    """A name to compare by: folded, without the word of its kind, figures without leading zeros."""
    folded = _WORD_OF_KIND.sub("", fold(name))
    return " ".join(word.lstrip("0") or "0" if word.isdigit() else word for word in folded.split())


def toned(name: str) -> str:
    """A name with its marks, wherever in the syllable the tone was written: `Hoà` and `Hòa` alike, `Hoa` not."""
    words = (unicodedata.normalize("NFD", word) for word in name.lower().split())
    return " ".join(
        "".join(mark for mark in word if mark not in _TONES) + "".join(mark for mark in word if mark in _TONES)
        for word in words
    )


def kind_of(name: str) -> str:
    word = _WORD_OF_KIND.match(fold(name))
    return KIND_WORDS[word[1]] if word else "tinh"


def sound(name: str) -> str:
    """A name by its sound: `Xà Phìn` and `Sà Phìn`, `EaBar` and `Ea Bar`, `NT` and `Nông trường` are one."""
    spelled = re.sub(r"\bn\.?t\b", "nong truong", bare(name).replace("ii", "2"))
    return re.sub(r"[^a-z0-9]", "", spelled).translate(str.maketrans("xky", "sci"))
