import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.text import UnreadableTextError, clean
from maiam.core.text.names import _fold_at_length, fold, initials, is_doubtful, sort_key

VOWELS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ"
LETTERS = "bcdđghklmnpqrstvx" + VOWELS
words = st.text(LETTERS, min_size=1, max_size=7)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)


# --- search
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hòa", "Hoà"),
        ("Thủy", "thuỷ"),
        ("Nguyễn Thị Thủy", "nguyen thi thuy"),
        ("Đặng Ỷ", "dang y"),
        ("Lý", "Lí"),
        ("Mỹ Kỳ", "Mĩ Kì"),
        ("Quý", "Quí"),
        ("H'Hoa Niê", "H’Hoa Niê"),
        ("HʼBơ̆ng Êban", "H' bong  eban"),
        ("H Bia Byă", "H'Bia Byă"),
        ("Điểu K'Rang", "dieu krang"),
        ("Ƀ", "b"),
        ("ＮＧＵＹＥＮ", "nguyễn"),
    ],
)
def test_two_spellings_of_one_name_fold_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Lan", "Loan"), ("Thủy", "Thị"), ("Thúy", "Thúi"), ("Tây", "Tai"), ("Y Thanh", "I Thanh")]
)
def test_different_names_stay_different(one, other):
    assert fold(one) != fold(other)


@given(names)
def test_composed_or_not_a_name_folds_and_orders_alike(name):
    apart = unicodedata.normalize("NFD", name)

    assert fold(apart) == fold(name)
    assert sort_key(apart) == sort_key(name)


@given(names)
def test_a_folded_name_is_plain_letters(name):
    assert fold(name).isascii()
    assert fold(name) == fold(name.upper())


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_twice_changes_nothing(typed):
    assert fold(fold(typed)) == fold(typed)


@pytest.mark.parametrize("typed", ["%", "_", "\\", "Robert'); DROP TABLE persons; --", "a" * 5000])
def test_anything_may_be_searched_for(typed):
    assert isinstance(fold(typed), str)


# --- order
def stand_in_order(*full_names):
    """Compare as PostgreSQL's C collation does: by the bytes of the keys, each above the one before."""
    keys = [sort_key(name).encode() for name in full_names]
    return keys == sorted(set(keys))


def test_names_order_by_given_name_in_the_order_of_the_alphabet():
    right = [
        "Lê Văn An", "Trần Thị Anh", "Trần Thị Ánh", "Lê Ăn", "Lê Ân", "Vũ Bình", "Ngô Dung", "Ngô Dũng",
        "Đỗ Đức", "Lê Em", "Lê Ê", "Bùi Hoa", "Bùi Hòa", "Cao Oanh", "Cao Ơn", "Cao Uyên", "Cao Ước",
    ]  # fmt: skip

    assert stand_in_order(*right)


def test_tones_come_in_the_order_of_the_dictionary():
    right = ["Lê Ma", "Lê Mà", "Lê Mả", "Lê Mã", "Lê Má", "Lê Mạ"]

    assert stand_in_order(*right)


def test_a_tone_counts_only_between_the_same_letters():
    right = ["Lê Hoa", "Lê Hòa", "Lê Hoan", "Lê Hoàn"]

    assert stand_in_order(*right)


def test_middle_names_decide_before_the_surname():
    right = ["Trần Lan", "Trần Kim Lan", "Lê Thị Lan", "Trần Thị Lan", "Lê Thị Ngọc Lan"]

    assert stand_in_order(*right)


def test_old_and_new_tone_placement_have_one_key():
    assert sort_key("Lê Hoà") == sort_key("LÊ HÒA")


def test_highland_names_order_by_the_letter_after_the_prefix_and_as_spoken():
    right = ["H'Bia Byă", "H’Blinh", "Hồ Dung", "Y Thanh Niê", "K'Tiêng", "Y Wên Byă"]

    assert stand_in_order(*right)


@pytest.mark.parametrize("spelling", ["H'Bia Byă", "H’Bia Byă", "H' Bia Byă", "H Bia Byă"])
def test_however_the_prefix_is_written_the_order_is_one(spelling):
    assert sort_key(spelling) == sort_key("H'Bia Byă")


def test_highland_letters_stand_beside_their_sisters():
    right = ["Y Ê", "Y Ê̆", "Y Ga", "Y Ô", "Y Ô̆", "Y Ơ"]

    assert stand_in_order(*right)


@pytest.mark.parametrize("name", ["", "Lan", "Y", "123", "'", "王 小明", "Müller Zoë", "Lê-Thị-Lan", "null"])
def test_every_name_has_a_place(name):
    assert isinstance(sort_key(name), str)


ALPHABET = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
TONES = "\u0300\u0309\u0303\u0301\u0323"


def rank(word):
    """An independent reading of the dictionary's order: letters one by one, then the tone."""
    letters, tone = [], 0
    for letter in unicodedata.normalize("NFC", word):
        plain = unicodedata.normalize("NFC", "".join(m for m in unicodedata.normalize("NFD", letter) if m not in TONES))
        letters.append(ALPHABET.index(plain))
        marks = [TONES.index(mark) + 1 for mark in unicodedata.normalize("NFD", letter) if mark in TONES]
        tone = tone or (marks[0] if marks else 0)
    return letters, tone


syllables = st.tuples(
    st.sampled_from(["b", "d", "đ", "h", "ng", "th", "tr"]), st.sampled_from(VOWELS), st.sampled_from(["", "n", "ng"])
).map("".join)
full_names = st.tuples(syllables, st.lists(syllables, max_size=2), syllables)


@given(full_names, full_names)
def test_the_order_of_keys_is_the_order_of_the_dictionary(one, other):
    def place(name):
        surname, middle, given_name = name
        return rank(given_name), [rank(word) for word in middle], rank(surname)

    def key(name):
        surname, middle, given_name = name
        return sort_key(" ".join((surname, *middle, given_name))).encode()

    assert (key(one) < key(other)) == (place(one) < place(other))


# --- initials
@pytest.mark.parametrize(
    ("name", "short"),
    [("Nguyễn Thị Lan", "N.T.L."), ("đỗ  ước", "Đ.Ư."), ("H'Bia Byă", "H.B."), ("Ê̆ban", "Ê̆."), ("", ""), ("' -", "")],
)
def test_initials_show_no_name(name, short):
    assert initials(name) == short


# --- doubt
@pytest.mark.parametrize("typed", ["null", "None", "NaN", "0", "Không rõ", "chưa biết", "...", "", "\u202e\u200b"])
def test_what_stands_in_the_place_of_a_name_is_asked_about(typed):
    assert is_doubtful(typed)


@pytest.mark.parametrize("typed", ["Nguyễn Văn Không", "Na", "Y", "H'Bia", "Ý"])
def test_a_short_or_rare_name_is_a_name(typed):
    assert not is_doubtful(typed)


spoken = st.sampled_from(
    ["H'Bia", "H", "K", "h'", "Y", "Quý", "Lý", "Thúy", "-h", "o-h", "3", "ＡＮ", "q", "uy", "Điểu", "đ́"]
)


@given(st.lists(words | spoken | st.text(max_size=4), max_size=5).map(" ".join))
def test_the_short_way_to_fold_a_name_ends_where_the_long_one_does(name):
    try:
        cleaned = clean(name)
    except UnreadableTextError:
        return

    assert fold(name) == _fold_at_length(cleaned.split(" "))
