"""Lists as they really come: whatever can be understood is, and whatever was not plain is told by its cell."""

import io
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from maiam.contexts.families.models import Household, HouseholdMembership, Person
from maiam.contexts.imports import queries, services
from maiam.contexts.imports.models import ImportedList, ListPart, ListPiece
from maiam.contexts.imports.rules import Kind, SeenRows, Severity, State, read_birth
from maiam.contexts.imports.rules.words import is_no_person
from maiam.contexts.imports.tests import workbooks
from maiam.core.text import PartialDate
from maiam.platform.access import acting
from maiam.platform.sheets import FileRefusedError

pytestmark = pytest.mark.django_db


@pytest.fixture
def messy(check) -> ImportedList:
    return check(workbooks.messy())


@pytest.fixture
def said(lan):
    def of(row: ImportedList) -> dict[tuple[int, Kind], str]:
        with acting(lan):
            return {(one.row, one.kind): one.says for one in queries.all_problems(lan, row.id)}

    return of


def test_two_rows_of_merged_headings_and_a_hidden_sheet_are_understood(messy):
    first, hidden = messy.read_as.pages

    assert first.first_row == 7
    assert {first.headings[column]: field.value for column, field in first.columns.items()} == {
        "STT hộ": "household_mark",
        "Họ và tên": "full_name",
        "Năm sinh Nam": "birth_if_male",
        "Năm sinh Nữ": "birth_if_female",
        "QH với chủ hộ": "role",
        "CCCD/CMND": "identity_number",
        "SĐT": "phone",
        "Tên thường gọi": "other_names",
        "Ghi chú": "note",
    }
    assert (hidden.is_hidden, hidden.is_taken) == (True, False)
    assert str(messy.read_as.listed_on) == "2026-06-30"


def test_what_excel_did_to_dates_and_numbers_is_put_right_and_told(messy, said):
    told = said(messy)

    assert "067070001234" in told[7, Kind.NUMBER]
    assert "năm 1971" in told[8, Kind.BIRTH]
    assert "01/01/2010" in told[9, Kind.BIRTH]
    assert "tuổi mụ 75" in told[12, Kind.BIRTH]
    assert "mất các chữ số cuối" in told[14, Kind.NUMBER]


def test_a_day_that_does_not_exist_keeps_its_row_out_and_the_others_in(messy, said, take):
    assert "Tháng 2 không có ngày 31" in said(messy)[13, Kind.BIRTH]

    take(messy)

    assert not Person.objects.filter(full_name="Lê Văn Sáu").exists()
    assert Person.objects.count() == 6


def test_the_same_row_twice_counts_once_and_sums_are_no_people(messy, said):
    told = said(messy)

    assert "dòng 9" in told[10, Kind.DOUBLE]
    assert (15, Kind.SKIPPED) in told


def test_households_come_as_blocks_with_the_head_first(messy, take):
    take(messy)

    roles = dict(HouseholdMembership.objects.values_list("person__full_name", "role"))
    assert roles["Nguyễn Văn Hoà"] == "head"
    assert roles["Điểu K'Rang"] == "head"
    assert roles["Nguyễn Văn Tí"] == "child"
    assert Household.objects.count() == 3


def test_letters_taken_apart_are_stored_as_one_and_nicknames_kept(messy, take):
    take(messy)

    assert Person.objects.get(full_name="Trần Thị Thuỷ").sex == "female"
    assert Person.objects.get(full_name="Nguyễn Văn Hoà").other_names == "Ba Hoà"


def test_violence_in_a_note_is_not_stored_and_leads_to_a_report(messy, said, take):
    assert "Báo tin" in said(messy)[11, Kind.NOTE]

    take(messy)

    rang = Person.objects.get(full_name="Điểu K'Rang")
    assert "đánh" not in f"{rang.other_names} {rang.search_text}"


def test_a_word_nobody_knows_is_asked_once_and_remembered(messy, lan, now, work, check):
    assert [(word["kind"], word["written"]) for word in messy.words] == [("role", "bà cố ngoại")]

    with acting(lan):
        services.settle_words(
            actor=lan, list_id=messy.id, meanings={("role", messy.words[0]["key"]): "grandparent"}, now=now
        )
    work()

    messy.refresh_from_db()
    assert messy.words == []
    assert check(workbooks.messy()).words == []


def test_old_communes_are_found_under_todays_and_others_refused(check, said):
    row = check(workbooks.of_old_places())

    told = said(row)
    assert (2, Kind.HOUSEHOLD) not in told
    assert (3, Kind.HOUSEHOLD) not in told
    assert "không thuộc xã bạn giữ sổ" in told[4, Kind.HOUSEHOLD]
    assert [word["kind"] for word in row.words] == ["commune"]


def test_the_same_excel_comes_back_with_comments_and_without_formulas(messy, lan, now):
    with acting(lan):
        content = b"".join(queries.marked_pieces(lan, messy.id, now))

    book = load_workbook(io.BytesIO(content))
    sheet = book["Thôn Đồng Tâm"]
    assert "Tháng 2 không có ngày 31" in sheet["D13"].comment.text
    assert sheet["C7"].value == "Nguyễn Văn Hoà"
    listed = book["Các chỗ cần xem"]
    assert any(row[1].value == 13 and row[2].value == "D" for row in listed.iter_rows(min_row=2))


@pytest.mark.parametrize(
    ("encoding", "separator"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-8", "\t"), ("utf-16-le", ";")],
)
def test_a_csv_is_read_in_whatever_way_it_was_saved(check, take, encoding, separator):
    row = take(check(workbooks.csv_of(separator=separator, encoding=encoding), "ds.csv"))

    assert row.people_added == 5
    assert Person.objects.filter(full_name="Điểu K'Rang").exists()


def test_text_of_a_vntime_font_is_brought_to_letters(bring):
    rows = (("Mã hộ", "Họ và tên", "Quan hệ với chủ hộ"), ("A1", "NguyÔn V¨n Hµ", "Chñ hé"))

    examples = bring(workbooks.workbook(rows)).read_as.pages[0].examples

    assert examples[0][1:] == ["Nguyễn Văn Hà", "Chủ hộ"]


def test_a_quote_that_never_closes_is_told_by_its_line(bring):
    content = workbooks.csv_of() + b'\r\nDM-003,"L\xc3\xaa V\xc4\x83n' + b"x" * 200_000

    row = bring(content, "ds.csv")

    assert row.state == State.REFUSED
    assert "dòng 7" in row.refusal


def test_two_heads_in_one_household_are_asked_about_and_neither_taken(check, take, said):
    rows = [*workbooks.PLAIN[:2], ("DM-001", "Trần Thị Bình", "Nữ", "1982", "Chủ hộ", "", "", "")]

    row = check(workbooks.workbook(rows))

    assert "2 chủ hộ" in said(row)[2, Kind.HOUSEHOLD]
    with pytest.raises(services.NothingToTakeError):
        take(row)


def test_a_household_scattered_over_the_list_is_one(check, take):
    rows = [*workbooks.PLAIN[:2], *workbooks.PLAIN[4:], workbooks.PLAIN[2], workbooks.PLAIN[3]]

    take(check(workbooks.workbook(rows)))

    assert HouseholdMembership.objects.filter(household__code="DM-001").count() == 3


def test_a_formula_that_came_to_nothing_keeps_its_row_out(check, said):
    rows = [list(row) for row in workbooks.PLAIN]
    rows[2][1] = "#REF!"

    assert "Công thức trong ô này bị lỗi" in said(check(workbooks.workbook(rows)))[3, Kind.CELL]
    assert (3, Kind.CELL) in said(check(workbooks.csv_of(rows), "ds.csv"))


def _archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    whole = zipfile.ZipFile(io.BytesIO(workbooks.workbook()))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for part in whole.infolist():
            copy.writestr(part.filename, parts.pop(part.filename, whole.read(part)))
        for name, content in parts.items():
            copy.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "trống"),
        (b"%PDF-1.7", "PDF"),
        (b"<html><table>", "trang web"),
        (_archive(**{"xl/vbaProject.bin": b"x"}), "macro"),
        (_archive(**{"xl/media/bomb.xml": b"0" * 200_000_000}), "nén"),
        (_archive(**{"../sly.xml": b"x"}), "không phải bảng Excel"),
        (workbooks.workbook()[:-400], "hỏng"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    ],
    ids=["empty", "pdf", "html", "macro", "bomb", "slip", "cut", "password"],
)
def test_what_is_no_list_is_refused_unread_with_the_cure(lan, now, content, words):
    with acting(lan), pytest.raises(FileRefusedError, match=words):
        services.bring_list(actor=lan, file_name="ds.xlsx", content=content, now=now)
    assert ListPiece.objects.count() == 0


def test_entities_in_a_sheet_are_refused_by_the_worker(bring):
    evil = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'

    row = bring(_archive(**{"xl/worksheets/sheet1.xml": evil}))

    assert row.state == State.REFUSED


def test_a_cell_in_a_far_corner_is_told_before_it_fills_the_memory(bring):
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )

    row = bring(_archive(**{"xl/worksheets/sheet1.xml": far}))

    assert row.state == State.REFUSED
    assert "ô ở rất xa" in row.refusal


def test_every_doubt_is_told_by_sheet_row_and_column(messy, lan):
    with acting(lan):
        problems = list(queries.all_problems(lan, messy.id))

    assert all(one.page == 0 and one.row >= 7 for one in problems)
    assert any(one.column is not None and one.severity is Severity.ERROR for one in problems)


def test_a_formula_that_came_to_nothing_is_told_and_its_row_not_taken(check, lan):
    rows = [list(row) for row in workbooks.PLAIN]
    row = check(workbooks.with_broken_cell(rows, "D3", "#REF!"))

    with acting(lan):
        told = [one for one in queries.all_problems(lan, row.id) if one.severity is Severity.ERROR]
    assert [(one.row, one.column, one.typed) for one in told] == [(3, 3, "#REF!")]


def test_hidden_rows_are_read_and_told(bring, check):
    content = workbooks.with_hidden_rows(workbooks.PLAIN, {3, 4})

    assert bring(content).read_as.pages[0].hidden_rows == 2
    assert sum(part.counts["people"] for part in ListPart.objects.filter(imported=check(content))) == 5


@pytest.mark.parametrize("typed", ["00/00/1970", "0/0/1970", "00/1970", "1970"])
def test_a_year_filled_up_with_zeros_is_a_year(typed):
    assert read_birth(typed, today=date(2026, 11, 28)).birth == PartialDate(1970)


@pytest.mark.parametrize("name", ["Tống Công Minh", "Tống Thị Mai", "TONG VAN AN", "Công Tôn Nữ Hà", "Tống Số Một"])
def test_whose_surname_sounds_like_a_sum_is_a_person(name):
    assert not is_no_person(name)


@pytest.mark.parametrize(
    "text",
    [
        "Tổng cộng",
        "TỔNG SỐ: 25",
        "Tổng cộng: 8 nhân khẩu",
        "Cộng hộ 3",
        "Tổng số nhân khẩu toàn thôn: 120",
        "Cộng",
        "Tổng",
    ],
)
def test_a_sum_is_no_person(text):
    assert is_no_person(text)


def test_merged_codes_speak_for_every_row_under_them_and_for_no_other(check, take):
    book = load_workbook(io.BytesIO(workbooks.workbook()))
    for row in (3, 4, 6):
        book.active.cell(row, 1).value = None
    book.active.merge_cells("A2:A4")
    book.active.merge_cells("A5:A6")

    take(check(workbooks.saved(book)))

    homes = HouseholdMembership.objects.values_list("household__code", flat=True)
    assert sorted(homes) == ["DM-001"] * 3 + ["DM-002"] * 2


@given(st.lists(st.tuples(st.integers(0, 3_000), st.integers(1, 250_000)), max_size=4_000))
@settings(deadline=None, max_examples=30)
def test_what_was_met_is_remembered_as_a_dict_would(met):
    seen, expected = SeenRows(), {}
    for key, row in met:
        assert seen.get(str(key)) == expected.get(str(key))
        seen.keep(str(key), row)
        expected[str(key)] = row

    assert len(seen) == len(expected)
    assert all(seen.get(key) == row for key, row in expected.items())
