"""What the province asks beside the house's own questions, as the workbook its analyst sends."""

from io import BytesIO
from random import Random
from typing import Any

from xlsxwriter import Workbook

CODE = "doi_song"
FILE_NAME = "Đời sống gia đình 2026.xlsx"
_SURVEY = (
    ("type", "name", "label", "hint", "relevant", "required"),
    ("begin_group", "doi_song", "Đời sống hằng ngày", "", "", ""),
    ("select_one duong", "duong_vao_nha", "Xe máy vào được tới nhà những mùa nào?", "", "", "yes"),
    ("select_multiple tin", "nguon_tin", "Gia đình biết tin của xã qua đâu?", "Chọn được nhiều.", "", "yes"),
    ("end_group", "", "", "", "", ""),
    ("begin_repeat", "thanh_vien", "Bảo hiểm y tế", "", "", ""),
    ("select_one the", "the_bao_hiem", "Có thẻ bảo hiểm y tế còn hạn?", "", "", "yes"),
    ("end_repeat", "", "", "", "", ""),
)
_CHOICES = (
    ("list_name", "name", "label"),
    ("duong", "quanh_nam", "Quanh năm"),
    ("duong", "mua_kho", "Chỉ mùa khô"),
    ("duong", "khong_toi", "Không tới được"),
    ("tin", "loa", "Loa của thôn, bon, buôn"),
    ("tin", "zalo", "Nhóm Zalo của thôn"),
    ("tin", "hop", "Họp thôn, họp hội"),
    ("tin", "dai", "Đài, truyền hình"),
    ("tin", "khong_dau", "Không biết qua đâu cả"),
    ("the", "co", "Có"),
    ("the", "het_han", "Có, đã hết hạn"),
    ("the", "khong", "Không có"),
)
_SETTINGS = (("form_id", "form_title"), (CODE, "Tình hình và đời sống gia đình"))
_ROADS = {"quanh_nam": 68, "mua_kho": 24, "khong_toi": 8}
_NEWS = {"loa": 0.6, "zalo": 0.55, "hop": 0.45, "dai": 0.3}
_CARDS = {"co": 88, "het_han": 7, "khong": 5}


def workbook() -> bytes:
    """The questions as an XLSForm."""
    content = BytesIO()
    book = Workbook(content, {"in_memory": True})
    for title, rows in (("survey", _SURVEY), ("choices", _CHOICES), ("settings", _SETTINGS)):
        sheet = book.add_worksheet(title)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return content.getvalue()


def household_answers(random: Random) -> dict[str, Any]:
    heard = [place for place, share in _NEWS.items() if random.random() < share]
    return {
        "duong_vao_nha": random.choices(list(_ROADS), weights=list(_ROADS.values()))[0],
        "nguon_tin": heard or ["khong_dau"],
    }


def member_answers(random: Random) -> dict[str, Any]:
    return {"the_bao_hiem": random.choices(list(_CARDS), weights=list(_CARDS.values()))[0]}
