"""What is said of a cell, a row or a household: how grave it is, what was typed, what was understood, what to do."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    ERROR = "error"
    QUESTION = "question"
    WARNING = "warning"
    NOTE = "note"


SEVERITY_LABELS = {
    Severity.ERROR: "Không đưa vào sổ",
    Severity.QUESTION: "Cần bạn trả lời",
    Severity.WARNING: "Nên xem lại",
    Severity.NOTE: "Đã hiểu, đã sửa giúp",
}


class Kind(StrEnum):
    NAME = "name"
    BIRTH = "birth"
    SEX = "sex"
    NUMBER = "number"
    PHONE = "phone"
    ROLE = "role"
    PLACE = "place"
    HOUSEHOLD = "household"
    DOUBLE = "double"
    DOUBLE_HOME = "double_home"
    IN_REGISTER = "in_register"
    DIFFERS = "differs"
    NOTE = "note"
    SKIPPED = "skipped"
    CELL = "cell"


KIND_LABELS = {
    Kind.NAME: "Họ tên",
    Kind.BIRTH: "Ngày sinh",
    Kind.SEX: "Giới tính",
    Kind.NUMBER: "Số định danh",
    Kind.PHONE: "Điện thoại",
    Kind.ROLE: "Quan hệ với chủ hộ",
    Kind.PLACE: "Nơi ở",
    Kind.HOUSEHOLD: "Hộ",
    Kind.DOUBLE: "Trùng trong tệp",
    Kind.DOUBLE_HOME: "Hộ giống hộ trong sổ",
    Kind.IN_REGISTER: "Đã có trong sổ",
    Kind.DIFFERS: "Khác với sổ",
    Kind.NOTE: "Ghi chú",
    Kind.SKIPPED: "Dòng bỏ qua",
    Kind.CELL: "Ô bị lỗi",
}


@dataclass(frozen=True)
class Problem:
    """One thing to know about one place of a file. `page` and `column` count from 0, `row` as Excel shows it."""

    page: int
    row: int
    column: int | None
    severity: Severity
    kind: Kind
    typed: str
    says: str

    @property
    def can_be_answered(self) -> bool:
        """A doubt about one person or one home; words nobody knows are settled once for the whole list."""
        return self.severity is Severity.QUESTION and self.kind in {Kind.IN_REGISTER, Kind.DOUBLE_HOME}

    def as_json(self) -> dict[str, Any]:
        return dict(vars(self))

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> "Problem":
        return cls(**{**told, "severity": Severity(told["severity"]), "kind": Kind(told["kind"])})
