import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.text.clean import UnreadableTextError, _thoroughly, clean, clean_lines, half_width, looks_garbled

any_text = st.text(st.characters(exclude_categories=["Cs"]))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("\ufeffNguyễn\u200b Thị\u00a0Lan\u202e", "Nguyễn Thị Lan"),
        ("a\x00b\x07", "ab"),
        ("Lan\t\t Anh\r\n", "Lan Anh"),
        ("\u2066Đắk\u2069 Mil\u00ad", "Đắk Mil"),
        ("  hai   khoảng  ", "hai khoảng"),
        ("Nguy\u200b\u0065\u0302\u0303n", "Nguyễn"),
    ],
)
def test_what_nobody_sees_is_gone_at_the_door(typed, kept):
    assert clean(typed) == kept


@pytest.mark.parametrize("typed", ["", " ", "\u202e\u200b", "\u3164", "\u2800\u00a0", "\ufe0f\u034f", "\x00", "\u200d"])
def test_only_invisible_letters_are_nothing(typed):
    assert clean(typed) == ""
    assert clean_lines(typed) == ""


def test_half_a_character_is_refused_with_a_cure():
    with pytest.raises(UnreadableTextError, match="Gõ lại"):
        clean("Lan \ud800")


def test_the_letters_of_mnong_and_ede_are_kept():
    assert clean("ê̆ ô̆ ơ̆ ư̆ Ƀ ƀ č ñ H'Bia") == "ê̆ ô̆ ơ̆ ư̆ Ƀ ƀ č ñ H'Bia"


@pytest.mark.parametrize("typed", ["<svg onload=alert(1)>", "{{7*7}}", "100%n", "Robert'); DROP TABLE --", "null", "0"])
def test_code_is_plain_text_and_stays_as_typed(typed):
    assert clean(typed) == typed


def test_a_story_keeps_its_lines_and_one_empty_line():
    assert clean_lines("một \r\n\n\n\n hai\u2028ba\n") == "một\n\nhai\nba"


def test_a_long_story_stays_whole():
    story = "Anh ấy lại đánh tôi.\n" * 20_000

    assert len(clean_lines(story)) == len(story) - 1


@given(any_text)
def test_cleaning_twice_changes_nothing(typed):
    assert clean(clean(typed)) == clean(typed)
    assert clean_lines(clean_lines(typed)) == clean_lines(typed)


@given(any_text)
def test_what_is_kept_is_composed_and_of_one_line(typed):
    kept = clean(typed)

    assert kept == unicodedata.normalize("NFC", kept)
    assert "\n" not in kept
    assert not any(unicodedata.category(letter) in {"Cc", "Cf"} for letter in kept)


@given(any_text)
def test_composed_or_not_text_is_stored_alike(typed):
    assert clean(unicodedata.normalize("NFD", typed)) == clean(unicodedata.normalize("NFC", typed))


def test_full_width_becomes_common_and_a_square_stays_a_square():
    assert half_width("０２／０３　２²") == "02/03 2²"


@pytest.mark.parametrize(
    "typed",
    [
        "NguyÔn V¨n A",
        "TrÇn ThÞ Hoµng",
        "§inh V¨n ®×nh",
        "Nguyeãn Vaên A",
        "Traàn Thò Haèng",
        "Phaïm Thò Boán",
        "Nguyá»…n VÄƒn A",
        "Äáº·ng Thá»‹ Lan",
        "Nguy\ufffdn",
    ],
)
def test_old_codes_and_wrong_codes_are_noticed(typed):
    assert looks_garbled(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "Nguyễn Thị Hoà",
        "Khuê, Tuý, Thuở, Quỳ, Nguyện, Toán, Khoa",
        "Y Bhiăo Êban",
        "Aê Diê",
        "H'Bơ̆ng Êban",
        "Müller, François, Raúl, Zoë",
        "Trường Á, 50 m², 2 × 3, 30°",
        "",
    ],
)
def test_honest_text_is_not_taken_for_garbled(typed):
    assert not looks_garbled(typed)


@given(st.text("aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ "))
def test_utf_8_read_as_latin_1_is_noticed_wherever_a_vowel_has_two_marks(typed):
    misread = typed.encode().decode("latin-1")

    assert looks_garbled(misread) or not set(typed) & set("ằẳẵắặầẩẫấậềểễếệồổỗốộờởỡớợừửữứựạảẹẻẽọỏụủỉịỳỷỹỵ")


@given(st.text("aàạêệđĐ'\u0301\u0323\u034f\u115f\u2800\ufe0f\u00a0\u200b\u3000 \t\n.0") | st.text())
def test_the_short_way_for_plain_text_leads_where_the_long_one_does(text):
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        return

    assert clean(text) == _thoroughly(text)
