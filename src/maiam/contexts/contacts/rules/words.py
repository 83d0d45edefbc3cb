"""What is written to a person: her own cover words, or words that mean nothing to whoever reads along. Pure."""

import re
from collections.abc import Iterable
from enum import StrEnum

from maiam.core.text import fold


class Purpose(StrEnum):
    """What a person is to be told. The message itself never says it."""

    CALL_BACK = "call_back"
    COME = "come"
    ANSWER_WAITS = "answer_waits"
    PAPER_READY = "paper_ready"
    RECEIPT = "receipt"
    FOLLOW_UP = "follow_up"


PURPOSE_LABELS = {
    Purpose.CALL_BACK: "Xin gọi lại khi tiện",
    Purpose.COME: "Hẹn gặp",
    Purpose.ANSWER_WAITS: "Có câu hỏi, câu trả lời chờ",
    Purpose.PAPER_READY: "Có văn bản cần nhận",
    Purpose.RECEIPT: "Gửi mã tin",
    Purpose.FOLLOW_UP: "Hỏi thăm, xem có an toàn",
}
# As from a shop or a relative: nobody who picks the phone up learns anything.
_PLAIN = {
    Purpose.CALL_BACK: "Khi nào tiện gọi lại giúp em nhé.",
    Purpose.COME: "Khi nào tiện ghé em một chút nhé.",
    Purpose.ANSWER_WAITS: "Đơn của mình có cập nhật rồi nhé.",
    Purpose.PAPER_READY: "Đồ gửi đã về, khi nào tiện ghé lấy nhé.",
    Purpose.RECEIPT: "Mã đơn",
    Purpose.FOLLOW_UP: "Khi nào tiện gọi lại giúp em nhé.",
}
LONGEST_TEXT = 160

# Folded, as whole words: the violence, those who act on it, what they do.
_GIVES_AWAY = (
    "bao luc", "bao hanh", "danh dap", "bi danh", "hanh ha", "xam hai", "hiep dam", "nguoc dai", "de doa", "giet",
    "nan nhan", "nguoi bi hai", "thu pham", "to cao", "to giac", "trinh bao", "tin bao", "vu viec",
    "cong an", "canh sat", "toa an", "vien kiem sat", "cam tiep xuc", "tam lanh", "nha tam", "dia chi tin cay",
    "mai am", "uy ban", "ubnd", "chu tich xa", "phong chong", "an toan", "bi mat", "xoa tin", "dung cho ai biet",
)  # fmt: skip
_LEADS_AWAY = re.compile(r"https?:|www\.|[a-z0-9-]+\.(?:vn|com|net|org|info|link|me|ly)\b", re.IGNORECASE)


def compose(purpose: Purpose, *, cover_words: str, code: str = "") -> str:
    """Write a message: the cover words alone where she chose some; nothing else, but a receipt's code."""
    said = cover_words or _PLAIN[purpose]
    return f"{said} {code}".strip() if purpose is Purpose.RECEIPT else said


def is_unsafe(text: str, *, names: Iterable[str] = ()) -> bool:
    """Would these words give her away: what happened, who we are, a link, somebody's whole name; or not fit?"""
    folded = f" {' '.join(_words(text))} "
    if not folded.strip() or len(text) > LONGEST_TEXT or _LEADS_AWAY.search(text):
        return True
    if any(f" {phrase} " in folded for phrase in _GIVES_AWAY):
        return True
    return any(f" {' '.join(_words(name))} " in folded for name in names if len(_words(name)) > 1)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text))
