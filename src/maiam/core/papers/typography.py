"""Small typographic duties of Vietnamese official text, done once for both renderers."""

import re

from maiam.core.text.clean import clean

_NO_BREAK = "\u00a0"
_MAY_BREAK = "\u200b"
_LONGEST_WHOLE_WORD = 40

# A number stays on the line of the word it belongs to: "Điều 25", "điểm a", "ngày 03", "12 giờ", "100 m".
_WORD_THEN_NUMBER = re.compile(r"\b(Điều|khoản|điểm|Mẫu số|ngày|tháng|năm|số)\s(?=\d|[a-zđ]\b)", re.IGNORECASE)
# ("03 tháng" stays breakable: tied on both sides, a whole date could not wrap.)
_NUMBER_THEN_UNIT = re.compile(r"(?<=\d)\s(?=(?:giờ|phút|ngày|m)\b)")
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WHOLE_WORD + 1},}}")


def printed(text: str) -> str:
    """Return the text as it goes to paper: nothing unseen in it, numbers tied, giants breakable."""
    text = _WORD_THEN_NUMBER.sub(lambda found: found[1] + _NO_BREAK, clean(text))
    text = _NUMBER_THEN_UNIT.sub(_NO_BREAK, text)
    return _LONG_WORD.sub(_breakable, text)


def _breakable(found: re.Match[str]) -> str:
    # A break must not part a letter from its combining mark: M'Nông writes ê̆ as two code points.
    clusters = re.findall(r".[\u0300-\u036f]*", found[0])
    chunks = ("".join(clusters[i : i + _LONGEST_WHOLE_WORD]) for i in range(0, len(clusters), _LONGEST_WHOLE_WORD))
    return _MAY_BREAK.join(chunks)
