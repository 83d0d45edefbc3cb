"""Workbooks as communes really keep them, built by code: every fault here was seen in a list somebody sent."""

import io
import unicodedata
from collections.abc import Sequence
from datetime import date

from openpyxl import Workbook, load_workbook

PLAIN = (
    ("Mã hộ", "Họ và tên", "Giới tính", "Ngày sinh", "Quan hệ với chủ hộ", "Số CCCD", "Điện thoại", "Dân tộc"),
    ("DM-001", "Nguyễn Văn An", "Nam", "12/05/1980", "Chủ hộ", "067080001234", "0905000111", "Kinh"),
    ("DM-001", "Trần Thị Bình", "Nữ", "1982", "Vợ", "067182001235", "", "Kinh"),
    ("DM-001", "Nguyễn Văn Cường", "Nam", "03/2010", "Con", "", "", "Kinh"),
    ("DM-002", "Điểu K'Rang", "Nam", "1975", "Chủ hộ", "245123456", "", "M'nông"),
    ("DM-002", "Thị Mai", "Nữ", "khoảng 1978", "Vợ", "", "", "M'nông"),
)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def workbook(rows: Sequence[Sequence[object]] = PLAIN, name: str = "Danh sách") -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def with_broken_cell(rows: Sequence[Sequence[object]], place: str, says: str) -> bytes:
    """A formula that came to nothing, as Excel saves it."""
    book = load_workbook(io.BytesIO(workbook(rows)))
    cell = book.active[place]
    cell.value, cell.data_type = says, "e"
    return saved(book)


def with_hidden_rows(rows: Sequence[Sequence[object]], hidden: set[int]) -> bytes:
    book = load_workbook(io.BytesIO(workbook(rows)))
    for number in hidden:
        book.active.row_dimensions[number].hidden = True
    return saved(book)


def csv_of(rows: Sequence[Sequence[object]] = PLAIN, separator: str = ",", encoding: str = "utf-8") -> bytes:
    text = "\r\n".join(separator.join(str(cell) for cell in row) for row in rows)
    return text.encode(encoding)


def messy() -> bytes:
    """Titles above, two rows of merged headings, the sex told by the column of the year, household blocks, signatures.

    Row by row: a year in a cell of dates, a number as a float without its zero, a date as a serial number, a lunar
    age, the same row twice, letters taken apart (NFD), old tone marks, an unknown word for kin, violence in a note.
    """
    book = Workbook()
    sheet = book.active
    sheet.title = "Thôn Đồng Tâm"
    sheet["A1"] = "UBND XÃ ĐẮK MIL"
    sheet["A2"] = "DANH SÁCH HỘ GIA ĐÌNH (tính đến ngày 30 tháng 6 năm 2026)"
    sheet.merge_cells("A2:J2")
    top = (
        "STT",
        "STT hộ",
        "Họ và tên",
        "Năm sinh",
        None,
        "QH với chủ hộ",
        "CCCD/CMND",
        "SĐT",
        "Tên thường gọi",
        "Ghi chú",
    )
    for column, heading in enumerate(top, start=1):
        sheet.cell(4, column, heading)
    sheet.cell(5, 4, "Nam")
    sheet.cell(5, 5, "Nữ")
    for cells in ("D4:E4", "A4:A5", "B4:B5", "C4:C5", "F4:F5", "G4:G5", "H4:H5", "I4:I5", "J4:J5"):
        sheet.merge_cells(cells)
    for column in range(1, 11):
        sheet.cell(6, column, f"({column})")
    rows = (
        (1, 1, "Nguyễn Văn Hoà", "12.05.70", None, "Chủ hộ", 67070001234.0, 905000111.0, "Ba Hoà", None),
        (2, None, unicodedata.normalize("NFD", "Trần Thị Thuỷ"), None, date(1905, 5, 24), "Vợ", None, None, None, None),
        (3, None, "Nguyễn Văn Tí", 40179, None, "con thứ 2", None, "không có", None, None),
        (4, None, "Nguyễn Văn Tí", 40179, None, "con thứ 2", None, None, None, None),
        (5, 2, "Điểu K'Rang", "1975", None, None, 245123456.0, "0905 000 112; 0905 000 113", None, "chồng hay đánh vợ"),
        (6, None, "H' Bia Niê", None, "75 tuổi mụ", "bà cố ngoại", None, None, None, None),
        (7, 3, "Lê Văn Sáu", "31/02/1990", None, "Chủ hộ", None, None, None, None),
        (8, 4, "Phạm Thị Bảy", None, "01/01/1960", "Chủ hộ", "6.7E+10", None, None, None),
        (None, None, "Tổng cộng: 8 nhân khẩu", None, None, None, None, None, None, None),
    )
    for number, row in enumerate(rows, start=7):
        for column, cell in enumerate(row, start=1):
            sheet.cell(number, column, cell)
    for row in (8, 9, 10):
        sheet.cell(row, 2, None)
    sheet.merge_cells("B7:B10")
    sheet.cell(20, 8, "NGƯỜI LẬP BIỂU")
    hidden = book.create_sheet("Cũ 2019")
    hidden.append(PLAIN[0])
    hidden.append(PLAIN[1])
    hidden.sheet_state = "hidden"
    return saved(book)


def of_old_places() -> bytes:
    """Communes and districts by the names of before July 2025, spelled three ways; one that went elsewhere."""
    rows = [("Mã hộ", "Họ và tên", "Năm sinh", "Quan hệ với chủ hộ", "Xã", "Huyện", "Tỉnh")]
    places = (
        ("Thị trấn Đắk Mil", "Đắk Mil"), ("TT Đăk Mil", "Huyện Đăk Mil"), ("Xã Đắk Wil", "Cư Jút"),
        ("Xã Không Có", "Đắk Mil"),
    )  # fmt: skip
    for number, (commune, district) in enumerate(places, start=1):
        rows.append(
            (f"OLD-{number}", f"Nguyễn Văn Số {number}", 1960 + number, "Chủ hộ", commune, district, "Đắk Nông")
        )
    return workbook(rows)
