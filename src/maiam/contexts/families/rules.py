"""Words and checks of the family register. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maiam.core.law import codes

OLDEST_AGE = 125
CHILD_BELOW = 16


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"
    UNKNOWN = "unknown"


SEX_LABELS = {Sex.FEMALE: "Nữ", Sex.MALE: "Nam", Sex.UNKNOWN: "Chưa rõ"}


class MemberRole(StrEnum):
    """A member's place in the household, told from its head."""

    HEAD = "head"
    SPOUSE = "spouse"
    CHILD = "child"
    PARENT = "parent"
    SIBLING = "sibling"
    GRANDCHILD = "grandchild"
    GRANDPARENT = "grandparent"
    CHILD_IN_LAW = "child_in_law"
    OTHER = "other"


MEMBER_ROLE_LABELS = {
    MemberRole.HEAD: "Chủ hộ",
    MemberRole.SPOUSE: "Vợ hoặc chồng",
    MemberRole.CHILD: "Con",
    MemberRole.PARENT: "Cha, mẹ",
    MemberRole.SIBLING: "Anh, chị, em",
    MemberRole.GRANDCHILD: "Cháu",
    MemberRole.GRANDPARENT: "Ông, bà",
    MemberRole.CHILD_IN_LAW: "Con dâu, con rể",
    MemberRole.OTHER: "Khác",
}


@dataclass(frozen=True)
class Birth:
    """A birth as well as it is known: the year at least."""

    year: int
    month: int | None
    day: int | None
    is_approximate: bool

    def age_on(self, day: date) -> int:
        """Full years on `day`; where month or day are unknown, the youngest the person can be."""
        had_birthday = (day.month, day.day) >= (self.month or 12, self.day or 31)
        return day.year - self.year - (not had_birthday)

    def is_child_on(self, day: date) -> bool:
        """Under 16 (Law on Children), or possibly so: unknown days are read in the child's favour."""
        return self.age_on(day) < CHILD_BELOW


class Side(StrEnum):
    """Which of two merged rows something is taken from."""

    KEPT = "kept"
    FOLDED = "folded"


# What may be chosen when two rows of one person become one, and the columns each choice carries.
MERGE_CHOICES = {
    "full_name": ("full_name",),
    "other_names": ("other_names",),
    "sex": ("sex",),
    "birth": ("birth_year", "birth_month", "birth_day", "birth_is_approximate"),
    "died_on": ("died_on",),
    "ethnicity": ("ethnicity",),
    "phone": ("phone",),
    "identity_number": ("identity_number_index",),
    "place": ("commune_id", "village_id"),
}
HOME = "home"
FIELD_LABELS = {
    "full_name": "họ tên",
    "other_names": "tên khác",
    "sex": "giới tính",
    "birth_year": "ngày sinh",
    "birth_month": "ngày sinh",
    "birth_day": "ngày sinh",
    "died_on": "ngày mất",
    "ethnicity": "dân tộc",
    "phone": "điện thoại",
    "identity_number_index": "số định danh",
    "commune_id": "nơi ở",
    "village_id": "nơi ở",
    "merged_into_id": "đã gộp với người khác",
    "restricted_at": "hạn chế xử lý",
    "erased_at": "đã xóa",
    "role": "vai trong hộ",
    "starts_on": "ngày bắt đầu",
    "ends_on": "ngày kết thúc",
    "relation": "quan hệ",
}


def inverse_relation(code: str) -> str:
    """The relation seen from the other side (relations.yaml)."""
    return codes.relations()[code].inverse
