"""Whatever its sheets are called, a file is read, and what is said of it names the sheet as Excel does."""

import io
import unicodedata
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from maiam.contexts.families.models import Person
from maiam.contexts.imports import queries
from maiam.contexts.imports.tests import workbooks
from maiam.platform.access import acting

pytestmark = pytest.mark.django_db
WRONG_DAY = [list(row) for row in workbooks.PLAIN]
WRONG_DAY[2][3] = "31/02/1982"
NAMES = [
    "Sheet1",
    "Trang tính1",
    "Hộ thôn Đồng Tâm, quý III",
    unicodedata.normalize("NFD", "Bon Bu Đăk – hộ nghèo"),
    "A & B <2026>",
    'Lan\'s "mới"',
]


@pytest.mark.parametrize("name", NAMES)
def test_the_only_sheet_is_read_and_its_doubts_are_told_by_its_name(check, client_for, lan, name):
    row = check(workbooks.workbook(WRONG_DAY, name=name))

    (page,) = row.read_as.pages
    assert (page.name, page.is_taken) == (name, True)
    shown = client_for(lan).get(f"/gia-dinh/nhap/{row.id}/can-xem/?muc=error").context["shown"]
    assert [(line.sheet, line.problem.row, line.column) for line in shown.lines] == [(name, 3, "D")]


@pytest.mark.parametrize("name", NAMES)
def test_a_broken_cell_and_a_hidden_row_are_seen_on_a_sheet_of_any_name(check, lan, name):
    book = load_workbook(io.BytesIO(workbooks.with_broken_cell(workbooks.PLAIN, "D3", "#REF!")))
    book.active.title = name
    book.active.row_dimensions[5].hidden = True
    row = check(workbooks.saved(book))

    assert row.read_as.pages[0].hidden_rows == 1
    with acting(lan):
        assert "#REF!" in {one.typed for one in queries.all_problems(lan, row.id)}


@pytest.mark.parametrize("hides", ["hidden", "veryHidden"])
def test_hidden_sheets_before_and_after_are_named_and_left_out(check, take, client_for, lan, hides):
    book = Workbook()
    book.active.title = "Danh mục"
    for name, rows in (("Sheet1", WRONG_DAY), ("Cũ", workbooks.PLAIN)):
        sheet = book.create_sheet(name)
        for cells in rows:
            sheet.append(cells)
    book.active = 1
    book["Danh mục"].sheet_state = book["Cũ"].sheet_state = hides
    row = check(workbooks.saved(book))

    pages = [(page.name, page.is_hidden, page.is_taken) for page in row.read_as.pages]
    assert pages == [("Danh mục", True, False), ("Sheet1", False, True), ("Cũ", True, False)]
    shown = client_for(lan).get(f"/gia-dinh/nhap/{row.id}/can-xem/?muc=error").content.decode()
    assert "Sheet1, dòng 3, cột D" in shown
    take(row)
    assert Person.objects.count() == 4


def test_a_file_written_by_other_software_names_its_sheets_too(check):
    """Its part need not be called sheet1.xml, nor say how far the sheet reaches."""
    content = workbooks.workbook(name="Sheet1")
    plain = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(plain, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part.replace("worksheets/sheet1", "worksheets/trang"), _renamed(source.read(part)))

    row = check(plain.getvalue())

    assert [page.name for page in row.read_as.pages] == ["Sheet1"]


def _renamed(content: bytes) -> bytes:
    return content.replace(b"worksheets/sheet1.xml", b"worksheets/trang.xml").replace(b'<dimension ref="A1:H6"/>', b"")


def test_the_copy_with_notes_keeps_the_names_and_the_hidden_sheets(check, client_for, lan):
    book = load_workbook(io.BytesIO(workbooks.workbook(WRONG_DAY, name="Hộ thôn Đồng Tâm")))
    book.create_sheet("Ẩn").sheet_state = "hidden"
    row = check(workbooks.saved(book))

    answer = client_for(lan).get(f"/gia-dinh/nhap/{row.id}/tep-ghi-chu/")

    marked = load_workbook(io.BytesIO(b"".join(answer)))
    assert marked.sheetnames[:2] == ["Hộ thôn Đồng Tâm", "Ẩn"]
    assert marked["Ẩn"].sheet_state == "hidden"
    assert "Tháng 2 không có ngày 31" in marked["Hộ thôn Đồng Tâm"]["D3"].comment.text
