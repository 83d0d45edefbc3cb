"""No question may put a mark of violence on a household: whoever reads the form at home would learn who spoke.

Violence is told by a report (tin báo), which leaves no trace in the household. So such questions are refused.
"""

import re
import unicodedata

from maiam.core.text import fold

REFUSAL = (
    "Không hỏi về bạo lực trong phiếu hộ gia đình: người gây bạo lực có thể đứng cạnh khi hỏi, và phiếu sẽ để lại "
    "dấu trên cả hộ. Ai biết việc bạo lực thì dùng “Báo tin”. Hãy bỏ câu này."
)
# With or without marks they mean nothing else.
_PLAIN = (
    "bao luc",
    "bao hanh",
    "danh dap",
    "hanh ha",
    "hanh hung",
    "nguoc dai",
    "xam hai",
    "cuong buc tinh",
    "cuong ep tinh duc",
    "hiep dam",
    "cam tiep xuc",
    "nan nhan",
    "domestic violence",
    "violence",
    "violent",
    "abuse",
    "abused",
    "abusive",
)
# Without marks they could be other words: "danh vo" is also "dành vở".
_MARKED = (
    "bị đánh",
    "đánh vợ",
    "đánh chồng",
    "đánh con",
    "đánh mẹ",
    "đánh cha",
    "đánh nhau",
    "chửi mắng",
    "đe dọa",
    "đe doạ",
)


def speaks_of_violence(*texts: str) -> bool:
    """Say whether any of these texts asks about violence in the home."""
    return any(_speaks(text) for text in texts if text)


def _speaks(text: str) -> bool:
    plain = f" {' '.join(re.findall(r'[a-z0-9]+', fold(text.replace('_', ' '))))} "
    if any(f" {fold(phrase)} " in plain for phrase in _PLAIN):
        return True
    marked = " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold().replace("_", " ")))
    has_marks = fold(marked) != marked
    if has_marks:
        return any(f" {phrase} " in f" {marked} " for phrase in _MARKED)
    return any(f" {fold(phrase)} " in plain for phrase in _MARKED)
