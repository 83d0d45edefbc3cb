"""What python-docx has no words for: borders, page numbers, dot leaders, and a file without a clock."""

import io
import zipfile
from typing import Final

from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

_MM_PER_PT: Final = 25.4 / 72
# Mean advances of bold Times in em, measured over our own headings: within 2 % of the true width there.
_CAPITAL_EM: Final = 0.71
_SMALL_EM: Final = 0.49
_SPACE_EM: Final = 0.25
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def set_default_font(document: Document, name: str, size: Length) -> None:
    """Make one font the font of everything, also where Word looks for another script's font."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = name, size
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = 1
    properties = normal.element.get_or_add_rPr()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        properties.rFonts.set(qn(script), name)
    properties.append(_element("w:lang", {"w:val": "vi-VN", "w:eastAsia": "vi-VN"}))


def add_page_number(paragraph: Paragraph, size: Length) -> None:
    """Add the field that Word turns into the number of the page."""
    for kind, instruction in (("begin", None), (None, "PAGE"), ("end", None)):
        run = paragraph.add_run()
        run.font.size = size
        if kind:
            run._r.append(_element("w:fldChar", {"w:fldCharType": kind}))
        else:
            text = _element("w:instrText", {"xml:space": "preserve"})
            text.text = instruction
            run._r.append(text)


def draw_line_above(paragraph: Paragraph) -> None:
    """Turn a tiny empty paragraph into a rule; its indents say how long."""
    paragraph.paragraph_format.line_spacing = paragraph.paragraph_format.space_before = Pt(4)
    borders = _element("w:pBdr", {})
    borders.append(_element("w:top", {"w:val": "single", "w:sz": "6", "w:space": "1", "w:color": "000000"}))
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def frame_text(paragraph: Paragraph) -> None:
    """Put a single frame around the text of a stamp."""
    for run in paragraph.runs:
        run._r.get_or_add_rPr().append(
            _element("w:bdr", {"w:val": "single", "w:sz": "8", "w:space": "0", "w:color": "auto"})
        )


def add_dot_leader(paragraph: Paragraph, width: Length) -> None:
    """Let a tab run as dots to the right margin: room to write by hand."""
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(width.mm), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def drop_cell_margins(table: Table) -> None:
    """Let a layout table use the whole text width, as if there were no table."""
    margins = _element("w:tblCellMar", {})
    for side in ("w:left", "w:right"):
        margins.append(_element(side, {"w:w": "0", "w:type": "dxa"}))
    table._tbl.tblPr.append(margins)


def keep_row_whole(cell: _Cell) -> None:
    """Keep a row on one page: a signature must never stand alone, nor be cut in two."""
    row = cell._tc.getparent()
    row.get_or_add_trPr().append(_element("w:cantSplit", {}))


def text_width_mm(text: str, size_pt: float) -> float:
    """Estimate how wide one line of bold text is."""
    capitals, spaces = sum(map(str.isupper, text)), sum(map(str.isspace, text))
    small = len(text) - capitals - spaces
    return (capitals * _CAPITAL_EM + small * _SMALL_EM + spaces * _SPACE_EM) * size_pt * _MM_PER_PT


def without_clock(docx: bytes) -> bytes:
    """Rewrite the archive with fixed times, so that one paper is always one file."""
    steady = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return steady.getvalue()


def _element(tag: str, attributes: dict[str, str]) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(name), value)
    return element
