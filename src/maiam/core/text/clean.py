"""Text at the door: one Unicode form, nothing invisible, nothing that turns the reading direction.

Every form, API and import passes typed text through here before anything else looks at it.
"""

import re
import unicodedata

from maiam.core.text.refusals import NotReadError

_BLANKS = re.compile(r"\s+")
_BREAKS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_MANY_EMPTY_LINES = re.compile(r"\n{3,}")

# Letters and marks that show nothing, beyond the categories of controls: joiners, fillers, variation selectors.
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\ufdd0-\ufdef\ufffe\uffff"
    "\U000e0100-\U000e01ef]"
)
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf"})

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class UnreadableTextError(NotReadError):
    """The text holds half a character, which no database stores and no screen shows."""

    def __init__(self) -> None:
        super().__init__("", "Có ký tự bị hỏng, không lưu được. Gõ lại phần này, đừng dán từ nơi khác.")


def clean(text: str) -> str:
    """Bring text of one line to its stored form; what shows nothing becomes "".

    Raises `UnreadableTextError` for a lone surrogate.
    """
    return text.strip() if _is_clean(text) else _thoroughly(text)


def _thoroughly(text: str) -> str:
    return _BLANKS.sub(" ", _visible(_BLANKS.sub(" ", text))).strip()


def _is_clean(text: str) -> bool:
    """Tell text that is in its stored form already, as nearly all is: of blanks, only single spaces are printable."""
    return (
        text.isprintable()
        and "  " not in text
        and (text.isascii() or (unicodedata.is_normalized("NFC", text) and not _UNSEEN.search(text)))
    )


def clean_lines(text: str) -> str:
    """Clean a story: as `clean`, but its lines and at most one empty line between them stay."""
    lines = (clean(line) for line in _BREAKS.sub("\n", text).split("\n"))
    return _MANY_EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n")


def half_width(text: str) -> str:
    """Turn full-width letters, digits and signs (０９／) into the common ones.

    Compatibility forms would go further and read ² as 2, which is not what anyone meant.
    """
    return text if text.isascii() else text.translate(_FULL_WIDTH)


def _visible(text: str) -> str:
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise UnreadableTextError
    composed = unicodedata.normalize("NFC", _UNSEEN.sub("", _without_controls(text)))
    return composed.replace("\u00a0", " ")


def _without_controls(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    return "".join(letter for letter in text if unicodedata.category(letter) not in _UNSEEN_CATEGORIES)


# --- text in an old Vietnamese code, or read in the wrong one
# Each pattern is a run of letters no Vietnamese, Ê Đê or M'nông spelling has.
_AS_BYTES = "[\u0080-\u009f\u00a1-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_GARBLED = re.compile(
    "|".join(
        (
            "\ufffd",
            f"á[º»]{_AS_BYTES}|Ä[\u0083\u0090\u0091‘ƒ]|Æ[°¡]|Ã[¡-¿]|áº|â€",  # UTF-8 read as Latin-1 or Windows-1252
            r"[^\W\d_][¨©ª¬µ¶¸¹¼½¾Þ]|[^\W\d_][«»®·][a-z]|[§®](?:[^\W\d_]|[¨©ªµ¸¹¶×])",  # TCVN3 (.VnTime)
            r"a(?:ê[cmnpt]|[âàáãåùøûï])|e[âàáãåäùøû]|o[âåäùøû]|[uyöô][ùøûïõ]",  # VNI
        )
    )
)


def looks_garbled(text: str) -> bool:
    """Tell whether text seems to be in TCVN3 or VNI, or UTF-8 read as something else.

    A hint to show the text back and ask, never a reason to refuse a report: foreign names can look like it.
    """
    return _GARBLED.search(unicodedata.normalize("NFC", text)) is not None
