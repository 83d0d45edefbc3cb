"""Text files as offices here save them: UTF-8 or UTF-16 with and without a mark, Windows-1258, TCVN3 (.VnTime)."""

import codecs
import unicodedata
from dataclasses import dataclass

from maiam.core.text import looks_garbled
from maiam.platform.sheets.doors import FileRefusedError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The letters of TCVN 5712:1993 (ABC), as they look where they are taken for Windows-1252.
_TCVN3 = str.maketrans(
    "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\xadøõö÷ùýúûüþ¡¢§£¤¥¦",
    "áàảãạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ",
)
_TELLS_TCVN3 = frozenset("¸µ¶·¹¨¾»¼½©®ª«¬")


@dataclass(frozen=True)
class Encoding:
    """How a text file is read; `is_tcvn3` where its letters are then put right."""

    name: str
    is_tcvn3: bool = False


def encoding_of(start: bytes, *, is_whole: bool = True) -> Encoding:
    """Tell the encoding of a file from its beginning. Raises `FileRefusedError` for one we cannot read."""
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(name)
    if _has_many_zeros(start):
        return Encoding("utf-16-le" if start[1:2] == b"\0" else "utf-16-be")
    if _is_utf8(start, is_whole=is_whole):
        return Encoding("utf-8")
    latin = start.decode("cp1252", errors="replace")
    if is_tcvn3(latin):
        return Encoding("latin-1", is_tcvn3=True)
    if looks_garbled(unicodedata.normalize("NFC", start.decode("cp1258", errors="replace"))):
        raise FileRefusedError(
            "Tệp dùng bảng mã cũ (VNI hoặc tương tự). Mở tệp trong Excel, chuyển sang Unicode, lưu dạng .xlsx rồi gửi."
        )
    return Encoding("cp1258")


def is_tcvn3(text: str) -> bool:
    """Tell whether text was typed in a .VnTime font: signs stand inside words where letters should."""
    words = [word for word in text.split() if any(sign in _TELLS_TCVN3 for sign in word)]
    return bool(words) and any(_is_word_with_sign(word) for word in words)


def from_tcvn3(text: str) -> str:
    return text.translate(_TCVN3)


def _is_word_with_sign(word: str) -> bool:
    return any(sign in _TELLS_TCVN3 and any(other.isascii() and other.isalpha() for other in word) for sign in word)


def _has_many_zeros(start: bytes) -> bool:
    return start[:400].count(0) > len(start[:400]) // 4


def _is_utf8(start: bytes, *, is_whole: bool) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(start, final=is_whole)
    except UnicodeDecodeError:
        return False
    return True
