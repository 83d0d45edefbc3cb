"""What the province sends as a workbook becomes questions, or a list of what to mend and where."""

import zipfile
from io import BytesIO

import pytest

from maiam.contexts.surveys.rules.definition import QuestionType, changes, from_json, to_json
from maiam.contexts.surveys.rules.violence import speaks_of_violence
from maiam.contexts.surveys.rules.xlsform import read_xlsform, situation
from maiam.contexts.surveys.tests.conftest import workbook

SURVEY = ["type", "name", "label", "relevant", "constraint", "required", "soft_constraint", "soft_constraint_message"]
YES_NO = [["list_name", "name", "label"], ["yn", "co", "Có"], ["yn", "khong", "Không"]]


def survey(*rows):
    return workbook([SURVEY, *rows], YES_NO)


def said(content):
    return {(one.sheet, one.row, one.column): one.message for one in read_xlsform(content).problems}


def test_a_workbook_becomes_groups_and_questions_after_the_houses_own():
    reading = read_xlsform(
        survey(
            ["begin group", "nuoc", "Nước dùng", "${nuoc_sach} = 'co'"],
            ["select one yn", "gieng", "Có giếng khoan?", "", "", "yes"],
            ["int", "sau", "Giếng sâu mấy mét?", "${gieng} = 'co'", ". > 0", "", ". < 200", "Sâu quá, xem lại."],
            ["end group"],
            ["begin_repeat", "thanh_vien", "Từng người"],
            ["text", "mong_muon", "Mong muốn gì?", "${tuoi} >= 16 and ${viec_lam} = 'khong_lam'"],
            ["end_repeat"],
        )
    )

    assert reading.problems == []
    own = reading.definition.groups[len(situation().groups) :]
    assert [(group.name, group.is_of_members) for group in own] == [("nuoc", False), ("thanh_vien_them", True)]
    well, depth = own[0].questions
    assert (well.type, well.required, [choice.label for choice in well.choices]) == (
        QuestionType.SELECT_ONE,
        "true()",
        ["Có", "Không"],
    )
    assert (depth.type, depth.soft, depth.soft_message) == (QuestionType.INTEGER, ". < 200", "Sâu quá, xem lại.")
    assert reading.definition.groups[: len(situation().groups)] == situation().groups


def test_what_is_kept_as_json_comes_back_as_it_was():
    assert from_json(to_json(situation())) == situation()


@pytest.mark.parametrize(
    ("row", "column", "told"),
    [
        (["geopoint", "vi_tri", "Ở đâu?"], "type", "Kiểu “geopoint” chưa dùng được"),
        (["image", "anh", "Chụp ảnh"], "type", "chưa dùng được"),
        (["calculate", "tinh", "Tính"], "type", "chưa dùng được"),
        (["select_one tinh_thanh", "tinh", "Tỉnh nào?"], "type", "không có danh sách “tinh_thanh”"),
        (["text", "Tên Gì", "Tên gì?"], "name", "chữ thường không dấu"),
        (["text", "loai_ho", "Loại?"], "name", "của bộ câu hỏi chung"),
        (["text", "so_nguoi", "Mấy người?"], "name", "của bộ câu hỏi chung"),
        (["text", "a"], "label", "Ghi câu hỏi"),
        (["text", "a", "A?", "${b} = 1"], "relevant", "Không có câu hỏi nào mang mã “b”"),
        (["text", "a", "A?", "${tuoi} = 1"], "relevant", "Không có câu hỏi nào mang mã “tuoi”"),
        (["text", "a", "A?", "", "regex(., '.*')"], "constraint", "Hàm regex() chưa dùng được"),
        (["text", "a", "A?", "", "", "", ". != ''"], "soft_constraint_message", "Ghi lời nhắc"),
        (["begin_repeat", "vat_nuoi", "Vật nuôi"], "name", "Chỉ hỏi lặp được cho từng người"),
    ],
)
def test_what_is_not_taken_is_said_by_row_and_column(row, column, told):
    assert told in said(survey(row))["survey", 2, column]


def test_a_column_that_would_change_the_questions_is_refused_and_not_left_out():
    content = workbook([["type", "name", "label", "choice_filter"], ["text", "a", "A?", "x = 1"]])

    assert "Cột “choice_filter” chưa dùng được" in said(content)["survey", 2, "choice_filter"]


def test_every_problem_is_said_at_once():
    content = survey(["geopoint", "a", "A?"], ["text", "b"], ["text", "b", "B?"], ["end_group"])

    assert {row for _, row, _ in said(content)} == {2, 3, 4, 5}


def test_a_group_left_open_is_said():
    assert "chưa đóng" in said(survey(["begin_group", "a", "A"], ["text", "c", "C?"]))["survey", 2, "type"]


def test_a_group_within_another_is_said():
    content = survey(["begin_group", "a", "A"], ["begin_group", "b", "B"], ["text", "c", "C?"], ["end_group"])

    assert "Nhóm trong nhóm" in said(content)["survey", 3, "type"]


def test_what_only_the_standards_own_reader_sees_is_refused_too():
    content = workbook([SURVEY, ["text", "a", "A?"]], [["list_name", "list_name", "label"], ["yn", "yn", "Có"]])

    assert read_xlsform(content).definition is None


@pytest.mark.parametrize(
    "label",
    [
        "Gia đình có bạo lực không?",
        "Trong nhà có ai bị đánh không?",
        "Chồng có hành hạ vợ không?",
        "Gia dinh co bao luc khong?",
        "Có nạn nhân nào không?",
        "Any domestic violence?",
    ],
)
def test_no_question_marks_violence_on_a_household_and_it_is_said_why(label):
    assert "Báo tin" in said(survey(["text", "a", label]))["survey", 2, "label"]


def test_violence_hides_in_no_choice_name_or_title_either():
    choices = [["list_name", "name", "label"], ["yn", "bao_hanh", "Có"]]
    content = workbook(
        [SURVEY, ["select_one yn", "bao_luc_gd", "Có gì?"]],
        choices,
        [["form_id", "form_title"], ["x", "Điều tra bạo lực gia đình"]],
    )

    assert {sheet for (sheet, _, _), message in said(content).items() if "Báo tin" in message} == {
        "survey",
        "choices",
        "settings",
    }


@pytest.mark.parametrize(
    "text",
    ["Danh vọng", "để dành vở cho con", "Bí danh là gì?", "Bộ tiêu chí ứng xử", "Tôn trọng", "Đánh cá, đánh bắt"],
)
def test_other_words_are_not_taken_for_violence(text):
    assert not speaks_of_violence(text)


def test_the_houses_own_questions_mark_none():
    for group in situation().groups:
        for question in group.questions:
            assert not speaks_of_violence(question.name, question.label, question.hint, *question.labels.values())


# --- files that are none


def packed(*names, size=10):
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, b"0" * size)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"hello", "Tệp hỏng"),
        (b"", "Tệp hỏng"),
        (packed("a.xml"), "Tệp hỏng"),
        (packed("xl/vbaProject.bin"), "macro"),
        (packed("a.xml", size=20_000_000), "nén quá nhiều"),
        (packed(*(f"{number}.xml" for number in range(300))), "nén quá nhiều"),
        (b"0" * 2_000_000, "lớn quá"),
    ],
    ids=["text", "nothing", "other parts", "a macro", "a bomb", "many parts", "a large file"],
)
def test_what_is_no_workbook_or_a_trap_is_refused_unopened(content, told):
    assert told in read_xlsform(content).problems[0].message


# --- versions


def test_two_versions_are_compared_question_by_question():
    first = read_xlsform(survey(["text", "a", "A?"], ["integer", "b", "B?"])).definition
    second = read_xlsform(survey(["text", "a", "A hay không?"], ["select_one yn", "c", "C?"])).definition

    found = changes(first, second)

    assert [(one.kind_label, one.name) for one in found] == [("Sửa", "a"), ("Thêm", "c"), ("Bỏ", "b")]
    assert found[0].parts == [("Câu hỏi", "A?", "A hay không?")]
    assert changes(first, first) == []
