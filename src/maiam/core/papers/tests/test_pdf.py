"""The PDF as its reader, the archive and a curious forger see it."""

import io
from dataclasses import replace

import pypdf
import pytest

from maiam.core.papers import UnprintableError, render_pdf
from maiam.core.papers.paper import Line, Urgency

VIETNAMESE = "aàáảãạ ăằắẳẵặ âầấẩẫậ bcdđ eèéẻẽẹ êềếểễệ ghiìíỉĩị klmn oòóỏõọ ôồốổỗộ ơờớởỡợ pqrst uùúủũụ ưừứửữự vx yỳýỷỹỵ"
# M'Nông writes a breve over ê ô ơ ư, for which Unicode has no single letters; Ƀ and č are of its neighbours.
M_NONG = "ê̆ ô̆ ơ̆ ư̆ Ê̆ Ô̆ Ơ̆ Ư̆ Ƀ ƀ ŏ ŭ ĕ ĭ č ñ"
MARKUP = "#panic() $x^2$ <b>đậm</b> {{ 7*7 }} {% raw %} \\u{41} `mã` @tên //xa *sao* _gạch_ [nội] ~"


def test_the_elements_stand_in_the_order_of_the_decree(decision, fonts):
    text = text_of(render_pdf(decision, fonts=fonts))

    in_order(
        text,
        "ỦY BAN NHÂN DÂN XÃ ĐẮK WIL",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/QĐ-UBND",
        "Đắk Wil, ngày 03 tháng 02 năm 2026",
        "QUYẾT ĐỊNH Về việc cấm tiếp xúc",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ ĐẮK WIL",
        "Căn cứ Luật Phòng, chống bạo lực gia đình",
        "Điều 1.",
        "Điều 5.",
        "Nơi nhận:",
        "- Lưu: VT, VHXH.",
        "CHỦ TỊCH",
        "Trần Thị Thu Hương",
    )


def test_every_paper_prints_with_our_font_alone(paper, fonts):
    used = fonts_of(render_pdf(paper, fonts=fonts))

    assert used
    assert all("Tinos" in font for font in used)


def test_the_same_paper_is_always_the_same_file(paper, fonts):
    assert render_pdf(paper, fonts=fonts) == render_pdf(paper, fonts=fonts)


def test_a_screen_reader_finds_language_title_and_structure(decision, fonts):
    reader = pypdf.PdfReader(io.BytesIO(render_pdf(decision, fonts=fonts)))

    assert reader.root_object["/Lang"] == "vi"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "QUYẾT ĐỊNH Về việc cấm tiếp xúc"


@pytest.mark.parametrize(
    "letters",
    [VIETNAMESE, VIETNAMESE.upper(), M_NONG, "“ngoặc” – gạch … 12,5 % 1.500.000 ₫"],
    ids=["small", "capital", "m_nong", "signs"],
)
def test_every_letter_of_the_province_is_printed(decision, fonts, letters):
    paper = replace(decision, body=(Line(letters),), abstract=letters, legal_bases=(letters,))

    text = text_of(render_pdf(paper, fonts=fonts))

    assert text.count(letters) >= 3


def test_several_addressees_stand_one_below_the_other(decision, fonts):
    text = text_of(render_pdf(replace(decision, addressed_to=("Sở Y tế", "Công an tỉnh")), fonts=fonts))

    assert "- Sở Y tế; - Công an tỉnh." in text


def test_a_checked_form_carries_its_number_and_an_urgent_paper_its_stamp(decision, fonts):
    form = replace(decision, issuer=None, number=None, form_mark="Mẫu số 09")
    urgent = replace(decision, urgency=Urgency.EXPRESS)

    assert text_of(render_pdf(form, fonts=fonts)).startswith("Mẫu số 09")
    assert "HỎA TỐC" in text_of(render_pdf(urgent, fonts=fonts))


def test_typed_markup_is_text_and_never_runs(decision, fonts):
    paper = replace(decision, abstract=MARKUP, body=(Line(MARKUP),), recipients=(MARKUP,), place=MARKUP)

    text = text_of(render_pdf(paper, fonts=fonts))

    assert text.count(MARKUP) == 4


@pytest.mark.parametrize("name", ["Nguyễn Thị " * 27, "Ư" * 300], ids=["words", "one_word"])
def test_a_name_of_three_hundred_letters_is_printed_whole(decision, fonts, name):
    signature = replace(decision.signatures[0], name=name.strip())

    text = text_of(render_pdf(replace(decision, signatures=(signature,), abstract=name), fonts=fonts))

    assert text.replace(" ", "").count(name.replace(" ", "")) == 2


def test_pages_are_numbered_from_the_second_on(decision, fonts):
    pages = pypdf.PdfReader(io.BytesIO(render_pdf(decision, fonts=fonts))).pages

    assert len(pages) == 2
    assert not pages[0].extract_text().lstrip().startswith("1")
    assert "2" in pages[1].extract_text().split()


def test_a_letter_the_font_lacks_blocks_the_paper_and_is_shown(decision, fonts):
    with pytest.raises(UnprintableError, match="không có chữ “漢”"):
        render_pdf(replace(decision, abstract="漢"), fonts=fonts)


def test_without_fonts_there_is_no_paper_rather_than_an_ugly_one(decision, tmp_path):
    with pytest.raises(UnprintableError, match="phông chữ"):
        render_pdf(decision, fonts=tmp_path)


def test_a_qr_code_is_drawn_with_words_for_those_who_cannot_see_it(decision, fonts):
    pdf = render_pdf(replace(decision, check_url="https://example.vn/7KQ2"), fonts=fonts)

    assert "Quét mã để kiểm tra văn bản" in text_of(pdf)


def text_of(pdf: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    text = " ".join(page.extract_text() for page in pages)
    return " ".join(text.replace("\u200b", "").split())


def fonts_of(pdf: bytes) -> set[str]:
    pages = pypdf.PdfReader(io.BytesIO(pdf)).pages
    return {font["/BaseFont"] for page in pages for font in page["/Resources"]["/Font"].values()}


def in_order(text: str, *parts: str) -> None:
    position = 0
    for part in parts:
        position = text.find(part, position)
        assert position >= 0, part
        position += len(part)
