import pytest

from maiam.core.science.linkage.names import take_apart


@pytest.mark.parametrize(
    ("name", "given", "middle", "surname"),
    [
        ("Nguyễn Thị Thu Hà", "ha", "thi thu", "nguyen"),
        ("Lê Lợi", "loi", "", "le"),
        ("Lan", "lan", "", ""),
        ("H'Bia Niê Kdăm", "hbia", "", "nie kdam"),
        ("Y Thịnh Mlô", "thinh", "", "mlo"),
        ("Ka Nhơi", "nhoi", "", ""),
        ("K'Brêng", "kbreng", "", ""),
        ("Điểu K'Rang", "krang", "", "dieu"),
        ("Giàng A Páo", "pao", "a", "giang"),
        ("", "", "", ""),
    ],
)
def test_a_name_is_taken_apart_after_the_manner_of_its_people(name, given, middle, surname):
    parts = take_apart(name)

    assert (parts.given, parts.middle, parts.surname) == (given, middle, surname)


@pytest.mark.parametrize("written", ["H'Bia Niê", "H’Bia Niê", "H Bia Niê", "HBia Niê", "h'bia  niê"])
def test_however_the_apostrophe_is_written_it_is_one_name(written):
    assert take_apart(written) == take_apart("H'Bia Niê")


@pytest.mark.parametrize(("one", "other"), [("Hoà", "Hòa"), ("Thuỷ", "Thủy"), ("Lý", "Lí"), ("Mỹ", "Mĩ")])
def test_two_ways_to_spell_one_sound_are_the_same_name(one, other):
    assert take_apart(f"Trần {one}") == take_apart(f"Trần {other}")


def test_marks_tell_names_apart_but_their_folded_form_is_one():
    anh, other = take_apart("Trần Anh"), take_apart("Trần Ánh")

    assert anh.given == other.given
    assert anh.given_toned != other.given_toned


def test_a_name_without_marks_is_known_as_such():
    assert not take_apart("Tran Thi Hoa").is_marked
    assert take_apart("Trần Thi Hoa").is_marked


@pytest.mark.parametrize(("one", "other"), [("Sương", "Xương"), ("Trang", "Chan"), ("Giung", "Dun"), ("Lan", "Nan")])
def test_names_that_sound_alike_share_their_sound(one, other):
    assert take_apart(f"Lê {one}").given_sound == take_apart(f"Lê {other}").given_sound


def test_the_middle_word_everyone_shortens_is_written_out():
    assert take_apart("Nguyễn T. Lan").middle == "thi"


def test_words_in_another_order_are_the_same_words():
    assert take_apart("Lan Nguyễn Thị").words == take_apart("Nguyễn Thị Lan").words
