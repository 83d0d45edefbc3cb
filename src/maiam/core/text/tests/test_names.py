import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.text.clean import UnreadableTextError, clean, clean_lines, looks_garbled
from maiam.core.text.names import fold, initials, sort_key

VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
words = st.text("bcdđghklmnpqrstvx" + VOWELS, min_size=1, max_size=7)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "Hoà"),
        ("Nguyễn Thị Thủy", "nguyen thi thuỷ"),
        ("Đặng Ỷ", "dang y"),
        ("Lý", "Lí"),
        ("Mỹ", "Mĩ"),
        ("H'Hoa Niê", "H’Hoa Niê"),
        ("H ʼBơ̆ng Êban".replace(" ", ""), "H'Bơ̆ng Êban"),
        ("Điểu K'Rang", "dieu krang"),
    ],
)
def test_two_spellings_of_one_name_fold_alike(one, other):
    assert fold(one) == fold(other)


def test_different_names_stay_different():
    assert fold("Lan") != fold("Loan")
    assert fold("Thủy") != fold("Thị")


@given(names)
def test_marks_apart_or_composed_fold_and_sort_alike(name):
    apart = unicodedata.normalize("NFD", name)

    assert fold(apart) == fold(name)
    assert sort_key(apart) == sort_key(name)


@given(names)
def test_folding_twice_changes_nothing(name):
    assert fold(fold(name)) == fold(name)


def test_names_sort_by_given_name_in_the_order_of_the_alphabet():
    ordered = [
        "Lê Văn An",
        "Trần Thị Ánh",
        "Vũ Bình",
        "Ngô Dung",
        "Ngô Dũng",
        "Đỗ Đức",
        "Bùi Hoa",
        "Bùi Hòa",
        "Cao Ước",
    ]

    assert sorted(reversed(ordered), key=sort_key) == ordered


def test_the_surname_decides_last():
    assert sorted(["Trần Thị Lan", "Lê Thị Lan", "Lê Kim Lan"], key=sort_key) == [
        "Lê Kim Lan",
        "Lê Thị Lan",
        "Trần Thị Lan",
    ]


def test_highland_names_sort_as_given_after_their_prefix():
    assert sorted(["Y Wên Byă", "H'Blinh", "K'Tiêng"], key=sort_key) == ["H'Blinh", "K'Tiêng", "Y Wên Byă"]


def test_initials_show_no_name():
    assert initials("Nguyễn Thị Lan") == "N.T.L."


def test_text_at_the_door_loses_what_nobody_sees():
    assert clean("\ufeff Nguyễn\u200b \u202eThị\u00a0 Lan\x00\t") == "Nguyễn Thị Lan"


def test_text_of_invisible_marks_alone_is_empty():
    assert clean("\u202e\u200b") == ""


def test_the_letters_of_the_highlands_are_kept():
    assert clean("ê̆ ô̆ ơ̆ ư̆ Ƀ č ñ") == "ê̆ ô̆ ơ̆ ư̆ Ƀ č ñ"


def test_lines_are_kept_where_a_story_has_them():
    assert clean_lines("một \r\n\r\n\r\n\r\n hai") == "một\n\nhai"


def test_half_a_letter_is_refused():
    with pytest.raises(UnreadableTextError):
        clean("\ud800")


@pytest.mark.parametrize("text", ["Nguyá»…n Thá»‹ Lan", "NguyÔn V¨n A"])
def test_text_of_old_fonts_is_noticed(text):
    assert looks_garbled(text)


@pytest.mark.parametrize("text", ["Nguyễn Thị Lan", "H'Bơ̆ng Êban", "Trường Á"])
def test_honest_text_is_not_taken_for_old_fonts(text):
    assert not looks_garbled(text)
