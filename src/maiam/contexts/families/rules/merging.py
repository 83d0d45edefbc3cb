"""When two rows of one person become one: what may be chosen, and how its fields are called."""

from enum import StrEnum


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
