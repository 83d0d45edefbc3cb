"""What may leave, who must agree, how long it lives, and how a list that leaked names who carried it out. Pure."""

import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from maiam.core.law.retention import life_of

# docs/threat-model.md: more people than this leave only with a second person's agreement.
MOST_ALONE = 50
MOST_ROWS = 50_000
LIFE = life_of("EXPORTED_FILE")
# A line may break: the same person may fetch again for a short while after the first time.
FETCH_AGAIN = timedelta(minutes=10)


class Kind(StrEnum):
    PEOPLE = "people"
    HOUSEHOLDS = "households"


KIND_LABELS = {Kind.PEOPLE: "Danh sách người", Kind.HOUSEHOLDS: "Danh sách hộ"}


class FileType(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"
    NDJSON = "ndjson"


FILE_TYPE_LABELS = {FileType.XLSX: "Excel (.xlsx)", FileType.CSV: "CSV", FileType.NDJSON: "NDJSON, cho máy đọc"}
CONTENT_TYPES = {
    FileType.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileType.CSV: "text/csv; charset=utf-8",
    FileType.NDJSON: "application/x-ndjson",
}


class State(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    REFUSED = "refused"
    READY = "ready"
    FETCHED = "fetched"
    GONE = "gone"


STATE_LABELS = {
    State.WAITING: "Chờ Chủ tịch xã đồng ý",
    State.APPROVED: "Đang lập tệp",
    State.REFUSED: "Không đồng ý",
    State.READY: "Tải về được",
    State.FETCHED: "Đã tải về",
    State.GONE: "Đã xóa tệp",
}

# Of each kind: what may be a column, in the order it stands. Identity numbers are never written into a list.
COLUMNS = {
    Kind.PEOPLE: {
        "name": "Họ và tên",
        "sex": "Giới tính",
        "birth": "Ngày sinh",
        "village": "Thôn (bon, buôn, tổ)",
        "household": "Mã hộ",
        "role": "Quan hệ với chủ hộ",
        "ethnicity": "Dân tộc",
        "phone": "Điện thoại",
        "id": "Mã trong hệ thống",
    },
    Kind.HOUSEHOLDS: {
        "household": "Mã hộ",
        "head": "Chủ hộ",
        "village": "Thôn (bon, buôn, tổ)",
        "address": "Địa chỉ",
        "members": "Số người",
        "id": "Mã trong hệ thống",
    },
}


@dataclass(frozen=True)
class Lifetime:
    """When a list was made and first fetched."""

    made_at: datetime
    fetched_at: datetime | None = None

    @property
    def ends_at(self) -> datetime:
        last = self.made_at + LIFE
        return min(last, self.fetched_at + FETCH_AGAIN) if self.fetched_at else last


def needs_second_person(rows: int) -> bool:
    return rows > MOST_ALONE


def columns_of(kind: Kind, chosen: list[str]) -> list[str]:
    """The chosen columns that this kind has, in their order."""
    return [column for column in COLUMNS[kind] if column in chosen]


# --- the mark

_ALPHABET = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_SERIAL = re.compile(rf"\bMA-([{_ALPHABET}]{{4}})-([{_ALPHABET}]{{4}})\b")
_BITS = 5
_ZERO, _ONE, _ENDS = "\u200b", "\u200c", "\u2060"
_HIDDEN = re.compile(f"{_ENDS}([{_ZERO}{_ONE}]{{{8 * _BITS}}}){_ENDS}")


def new_serial() -> str:
    """A serial as it is printed: `MA-7KQ2-ABCD`."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(8))
    return f"MA-{letters[:4]}-{letters[4:]}"


def hidden_mark(serial: str) -> str:
    """The serial in letters without width, for those who cut the printed one away."""
    letters = serial.removeprefix("MA-").replace("-", "")
    bits = "".join(f"{_ALPHABET.index(letter):0{_BITS}b}" for letter in letters)
    return _ENDS + bits.replace("0", _ZERO).replace("1", _ONE) + _ENDS


def serials_in(text: str) -> set[str]:
    """Every serial a text carries, printed or hidden."""
    printed = {match.group(0) for match in _SERIAL.finditer(text)}
    return printed | {_shown(match.group(1)) for match in _HIDDEN.finditer(text)}


def _shown(hidden: str) -> str:
    bits = hidden.replace(_ZERO, "0").replace(_ONE, "1")
    letters = "".join(_ALPHABET[int(bits[start : start + _BITS], 2)] for start in range(0, len(bits), _BITS))
    return f"MA-{letters[:4]}-{letters[4:]}"
