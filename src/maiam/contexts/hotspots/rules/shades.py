"""How a commune is drawn on the map, by its Gi* or its smoothed rate; small counts keep their shade to themselves."""

from enum import StrEnum

from maiam.core.science.local import Category
from maiam.core.science.suppression import SMALLEST_SHOWN, is_small


class Layer(StrEnum):
    HOT = "hot"
    RATE = "rate"


LAYER_LABELS = {Layer.HOT: "Điểm nóng theo xã và xã lân cận (Gi*)", Layer.RATE: "Tỷ lệ một năm, đã làm mượt"}
FEW = "few"
HOT_SHADES = {
    "no_spot": "Bình thường",
    FEW: f"Có dưới {SMALLEST_SHOWN} vụ quanh đây: không hiện",
    "warm": "Hơi cao",
    "hot": "Điểm nóng",
    "very_hot": "Rất nóng",
}
RATE_SHADES = {
    "no_cases": "Không có vụ nào được báo",
    FEW: f"Dưới {SMALLEST_SHOWN} vụ: không hiện",
    "below": "Dưới mức chung của tỉnh",
    "about": "Ngang mức chung",
    "above": "Cao hơn mức chung",
    "far_above": "Từ gấp đôi mức chung",
}
SHADES = {Layer.HOT: HOT_SHADES, Layer.RATE: RATE_SHADES}
WARM, HOT, VERY_HOT = 1.65, 1.96, 2.58
CATEGORY_LABELS = {
    Category.NEW: "Mới nóng",
    Category.CONSECUTIVE: "Nóng liền mấy kỳ",
    Category.INTENSIFYING: "Nóng lâu, đang tăng",
    Category.PERSISTENT: "Nóng lâu",
    Category.DIMINISHING: "Nóng lâu, đang giảm",
    Category.SPORADIC: "Lúc nóng lúc không",
    Category.OSCILLATING: "Từng lạnh, nay nóng",
    Category.HISTORICAL: "Từng nóng, nay không",
    Category.NONE: "—",
}


def hot_shade(z: float, near: int) -> str:
    """By Gi*, which speaks of a commune and its neighbours together: hidden where these had few cases in all."""
    if is_small(near):
        return FEW
    if z >= VERY_HOT:
        return "very_hot"
    return "hot" if z >= HOT else "warm" if z >= WARM else "no_spot"


def rate_shade(rate: float, count: int, usual: float) -> str:
    """By the smoothed rate against that of the whole province."""
    if count == 0:
        return "no_cases"
    if is_small(count):
        return FEW
    share = rate / usual if usual > 0 else 0.0
    if share >= 2:
        return "far_above"
    return "above" if share >= 1.25 else "about" if share >= 0.75 else "below"
