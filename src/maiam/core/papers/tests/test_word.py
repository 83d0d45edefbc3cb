"""The DOCX as the commune's clerk opens it."""

import io
from dataclasses import replace

import docx
from docx.oxml.ns import qn

from maiam.core.papers import render_docx
from maiam.core.papers.layout import DECREE_30
from maiam.core.papers.paper import Line, Urgency
from maiam.core.papers.tests.test_pdf import M_NONG, MARKUP, in_order


def test_the_nine_elements_stand_in_order(decision):
    text = text_of(render_docx(decision))

    in_order(
        text,
        "ỦY BAN NHÂN DÂN XÃ ĐẮK WIL",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
        "Số: 05/QĐ-UBND",
        "Đắk Wil, ngày 03 tháng 02 năm 2026",
        "QUYẾT ĐỊNH Về việc cấm tiếp xúc",
        "Điều 1.",
        "Nơi nhận:",
        "- Lưu: VT, VHXH.",
        "CHỦ TỊCH Trần Thị Thu Hương",
    )


def test_every_paper_opens_in_times_new_roman_and_in_no_other_font(paper):
    document = opened(render_docx(paper))

    in_runs = {name for fonts in document.element.iter(qn("w:rFonts")) for name in fonts.attrib.values()}
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert not in_runs


def test_the_page_is_a4_with_the_margins_of_the_decree(decision):
    section = opened(render_docx(decision)).sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert round(section.left_margin.mm) == DECREE_30.margin_left_mm
    assert round(section.right_margin.mm) == DECREE_30.margin_right_mm


def test_the_page_number_is_hidden_on_the_first_page(decision):
    section = opened(render_docx(decision)).sections[0]

    assert section.different_first_page_header_footer
    assert "PAGE" in section.header._element.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_the_same_paper_is_always_the_same_file(paper):
    assert render_docx(paper) == render_docx(paper)


def test_typed_markup_and_rare_letters_are_text(decision):
    paper = replace(decision, abstract=MARKUP, body=(Line(M_NONG),))

    text = text_of(render_docx(paper))

    assert MARKUP in text
    assert M_NONG in text


def test_several_addressees_stand_one_below_the_other(decision):
    text = text_of(render_docx(replace(decision, addressed_to=("Sở Y tế", "Công an tỉnh"))))

    assert "Kính gửi: - Sở Y tế; - Công an tỉnh." in text


def test_an_urgent_paper_carries_its_stamp_and_a_checkable_one_its_code(decision):
    paper = replace(decision, urgency=Urgency.EXPRESS, check_url="https://example.vn/7KQ2")

    document = opened(render_docx(paper))

    assert "HỎA TỐC" in text_of(render_docx(paper))
    assert len(document.inline_shapes) == 1


def opened(file: bytes):
    return docx.Document(io.BytesIO(file))


def text_of(file: bytes) -> str:
    paragraphs = opened(file).element.body.iter(qn("w:p"))
    texts = ("".join(text.text or "" for text in paragraph.iter(qn("w:t"))) for paragraph in paragraphs)
    return " ".join(" ".join(texts).replace("Kính gửi:-", "Kính gửi: -").split())
