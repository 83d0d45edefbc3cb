"""What a person may need from others. Pure."""

from enum import StrEnum

from maiam.core.law.citations import in_vietnamese
from maiam.core.law.codes import measures


class Need(StrEnum):
    MEDICAL = "medical"
    COUNSELLING = "counselling"
    LEGAL_AID = "legal_aid"
    SHELTER = "shelter"
    ESSENTIALS = "essentials"
    SCHOOLING = "schooling"
    LIVELIHOOD = "livelihood"
    OTHER = "other"


NEED_LABELS = {
    Need.MEDICAL: "Khám, chữa bệnh, chăm sóc sức khỏe",
    Need.COUNSELLING: "Tư vấn tâm lý, kỹ năng ứng phó",
    Need.LEGAL_AID: "Trợ giúp pháp lý",
    Need.SHELTER: "Chỗ ở an toàn",
    Need.ESSENTIALS: "Ăn, mặc, đồ dùng thiết yếu",
    Need.SCHOOLING: "Việc học của con",
    Need.LIVELIHOOD: "Việc làm, sinh kế",
    Need.OTHER: "Việc khác",
}
_MEASURES = {
    Need.MEDICAL: "M_DD_MEDICAL",
    Need.COUNSELLING: "M_E_COUNSEL",
    Need.LEGAL_AID: "M_E_COUNSEL",
    Need.SHELTER: "M_D_SHELTER",
    Need.ESSENTIALS: "M_D_SHELTER",
}


def article_of(need: Need) -> str:
    """The article of the measure that meets this need, in words; empty where the law names none."""
    code = _MEASURES.get(need)
    return in_vietnamese(measures()[code].legal) if code else ""
