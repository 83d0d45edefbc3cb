"""The structure of a paper: numbering, padding, punctuation, what is left to the pen."""

from datetime import date

import pytest

from maiam.core.papers.paper import Article, Choice, Clause, Field, Fill, Line, Number, OfficialPaper, Signature
from maiam.core.papers.typography import printed
from maiam.core.papers.wording import date_in_words, sentence


def paper_with(*body, **more):
    return OfficialPaper(
        type_name="QUYẾT ĐỊNH", abstract="", place="Đắk Wil", issued_on=None, body=body, signatures=(), **more
    )


def lines_of(paper):
    return [(block.lead, block.text) for block, _ in paper.printed_body() if isinstance(block, Line)]


def test_articles_clauses_and_points_are_numbered_as_the_decree_says():
    paper = paper_with(Article("Mở đầu:", clauses=(Clause("Một:", points=("a", "b", "c", "d", "đ")),)), Article("Hết."))

    assert lines_of(paper) == [
        ("Điều 1.", "Mở đầu:"),
        ("", "1. Một:"),
        ("", "a) a"),
        ("", "b) b"),
        ("", "c) c"),
        ("", "d) d"),
        ("", "đ) đ"),
        ("Điều 2.", "Hết."),
    ]


def test_more_points_than_letters_is_refused_not_cut():
    with pytest.raises(IndexError):
        lines_of(paper_with(Article("", points=("x",) * 30)))


def test_every_legal_basis_ends_with_a_semicolon_and_the_last_with_a_full_stop():
    assert paper_with(legal_bases=("Căn cứ A", "Căn cứ B")).printed_bases == ("Căn cứ A;", "Căn cứ B.")


def test_a_line_that_announces_stays_with_what_follows_and_the_last_with_the_signature():
    paper = paper_with(Line("Như sau:"), Line("Một."), Line("Hai."))

    assert [keep for _, keep in paper.printed_body()] == [True, False, True]


def test_numbers_below_ten_get_a_nought_and_an_unknown_number_a_gap():
    assert Number(5, "QĐ-UBND").text == "Số: 05/QĐ-UBND"
    assert Number(125, "QĐ-UBND").text == "Số: 125/QĐ-UBND"
    assert Number(None, "QĐ-UBND").text == "Số: ......./QĐ-UBND"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 3), "ngày 03 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 23), "ngày 23 tháng 11 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_get_a_nought(day, words):
    assert date_in_words(day) == words


def test_what_is_left_to_the_pen_is_listed():
    paper = paper_with(Field("Lý do", Fill("lý do")), Choice("Có"))

    assert paper.left_by_hand == ("ngày, tháng, năm", "lý do")


def test_a_seal_is_asked_for_where_there_is_one():
    paper = paper_with()
    signature = Signature(("CHỦ TỊCH",), "Trần Thị Thu Hương", has_seal=True)

    assert "dấu của cơ quan" not in paper.left_by_hand
    assert (
        "dấu của cơ quan"
        in OfficialPaper(
            type_name="", abstract="", place="", issued_on=None, body=(), signatures=(signature,)
        ).left_by_hand
    )


def test_a_box_shows_whether_it_is_ticked():
    assert Choice("Có").as_line().text[0] == "□"
    assert Choice("Có", is_chosen=True).as_line().text[0] == "■"


def test_a_number_stays_with_its_word():
    assert printed("Điều 25 khoản 1 điểm a, 12 giờ, 100 m") == (
        "Điều\u00a025 khoản\u00a01 điểm\u00a0a, 12\u00a0giờ, 100\u00a0m"
    )


def test_typed_letters_are_composed_and_what_nobody_sees_is_dropped():
    assert printed("Ho\u0300a\x00\u202e\nBình") == "Hòa Bình"


def test_an_endless_word_may_break_but_not_between_a_letter_and_its_mark():
    broken = printed("ê̆" * 100)

    assert broken.replace("\u200b", "") == "ê̆" * 100
    assert "\u200b\u0306" not in broken


def test_a_reason_ends_with_one_full_stop():
    assert sentence(" đã đánh; ") == "đã đánh."
    assert sentence("đã đánh.") == "đã đánh."
