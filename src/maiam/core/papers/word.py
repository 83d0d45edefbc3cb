"""The DOCX renderer: the same paper for the commune's own Word, fully editable."""

import io
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

import qrcode
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from maiam.core.papers import word_marks as marks
from maiam.core.papers.layout import DECREE_30, Layout
from maiam.core.papers.paper import (
    CHECK_WORDS,
    MOTTO,
    NATIONAL_TITLE,
    Field,
    Fill,
    Issuer,
    Line,
    OfficialPaper,
    Signature,
    Table,
)
from maiam.core.papers.typography import printed

FONT: Final = "Times New Roman"
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
_SHORT_RULE: Final = 0.4  # Annex I: a third to a half of the text above it
_NO_DATE: Final = datetime(1980, 1, 1, tzinfo=UTC)


def render_docx(paper: OfficialPaper, *, layout: Layout = DECREE_30) -> bytes:
    """Return the paper as DOCX; the same paper gives the same bytes."""
    document = _Writer(paper, layout).write()
    unstable = io.BytesIO()
    document.save(unstable)
    return marks.without_clock(unstable.getvalue())


@dataclass(frozen=True, slots=True)
class _Look:
    size_pt: float
    is_bold: bool = False
    is_italic: bool = False


class _Writer:
    def __init__(self, paper: OfficialPaper, layout: Layout) -> None:
        self.paper = paper
        self.layout = layout
        self.document: WordDocument = Document()

    def write(self) -> WordDocument:
        self._set_up()
        if self.paper.issuer:
            self._official_heading(self.paper.issuer)
        else:
            self._citizen_heading()
        self._title()
        self._preamble()
        self._body()
        self._closing()
        return self.document

    def _set_up(self) -> None:
        layout, section = self.layout, self.document.sections[0]
        section.page_width, section.page_height = Mm(layout.page_width_mm), Mm(layout.page_height_mm)
        section.top_margin, section.bottom_margin = Mm(layout.margin_top_mm), Mm(layout.margin_bottom_mm)
        section.left_margin, section.right_margin = Mm(layout.margin_left_mm), Mm(layout.margin_right_mm)
        section.header_distance = Mm(layout.margin_top_mm / 2)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.alignment = _CENTRE
        marks.add_page_number(number, Pt(layout.page_number_pt))
        marks.set_default_font(self.document, FONT, Pt(layout.body_pt))
        self._set_properties()

    def _set_properties(self) -> None:
        properties, day = self.document.core_properties, self.paper.issued_on
        properties.title = printed(self.paper.title)[:255]
        properties.author = printed(" ".join(self.paper.issuer.lines))[:255] if self.paper.issuer else ""
        properties.comments, properties.language = "", "vi-VN"
        properties.created = properties.modified = datetime.combine(day, time.min) if day else _NO_DATE

    def _official_heading(self, issuer: Issuer) -> None:
        paper, layout = self.paper, self.layout
        widths = (layout.issuer_column_mm, layout.text_width_mm - layout.issuer_column_mm)
        (left, right), (lower_left, lower_right) = self._grid(2, widths)
        for text in issuer.governing:
            self._put(left, text, _Look(layout.issuer_pt), _CENTRE)
        for text in issuer.lines:
            self._put(left, text, _Look(layout.issuer_pt, is_bold=True), _CENTRE)
        self._rule(left, _SHORT_RULE * marks.text_width_mm(issuer.lines[-1], layout.issuer_pt), widths[0])
        self._national_title(right, widths[1])
        self._put(lower_left, paper.number.text if paper.number else "", _Look(layout.number_pt), _CENTRE)
        self._put(lower_right, paper.place_and_date, _Look(layout.place_and_date_pt, is_italic=True), _CENTRE)
        if paper.urgency:
            stamp = self._put(lower_left, paper.urgency, _Look(layout.stamp_pt, is_bold=True), _CENTRE)
            stamp.paragraph_format.space_before = self._gap
            marks.frame_text(stamp)

    def _citizen_heading(self) -> None:
        layout = self.layout
        if self.paper.form_mark:
            self._put(self.document, self.paper.form_mark, _Look(layout.body_pt, is_bold=True), _RIGHT)
        self._national_title(self.document, layout.text_width_mm)
        look = _Look(layout.place_and_date_pt, is_italic=True)
        date_line = self._put(self.document, self.paper.place_and_date, look, _RIGHT)
        date_line.paragraph_format.space_before = self._gap

    def _national_title(self, container: "_Container", room_mm: float) -> None:
        layout = self.layout
        self._put(container, NATIONAL_TITLE, _Look(layout.national_title_pt, is_bold=True), _CENTRE)
        self._put(container, MOTTO, _Look(layout.motto_pt, is_bold=True), _CENTRE)
        self._rule(container, marks.text_width_mm(MOTTO, layout.motto_pt), room_mm)

    def _title(self) -> None:
        paper, layout = self.paper, self.layout
        title = self._put(self.document, paper.type_name, _Look(layout.type_name_pt, is_bold=True), _CENTRE)
        title.paragraph_format.space_before = Pt(2 * layout.paragraph_gap_pt)
        if paper.abstract:
            self._put(self.document, paper.abstract, _Look(layout.abstract_pt, is_bold=True), _CENTRE)
            one_line_mm = min(marks.text_width_mm(paper.abstract, layout.abstract_pt), layout.text_width_mm)
            self._rule(self.document, _SHORT_RULE * one_line_mm, layout.text_width_mm)

    def _preamble(self) -> None:
        paper = self.paper
        if paper.authority:
            self._centred_line(paper.authority, is_bold=True)
        if paper.addressed_to:
            self._addressees()
        for basis in paper.printed_bases:
            self._indented(self._put(self.document, basis, _Look(self.layout.body_pt, is_italic=True)))
        if paper.enacting_words:
            self._centred_line(paper.enacting_words, is_bold=True)

    def _centred_line(self, text: str, *, is_bold: bool) -> None:
        line = self._put(self.document, text, _Look(self.layout.body_pt, is_bold=is_bold), _CENTRE)
        line.paragraph_format.space_before = line.paragraph_format.space_after = self._gap

    def _addressees(self) -> None:
        addressees = self.paper.printed_addressees
        if len(addressees) == 1:
            self._centred_line(f"Kính gửi: {addressees[0]}", is_bold=False)
            return
        for position, addressee in enumerate(addressees):
            line = self._put(self.document, "Kính gửi:" if position == 0 else "", self._plain)
            line.add_run("\t")
            self._run(line, f"- {addressee}", self._plain)
            line.paragraph_format.left_indent = Mm(30)
            line.paragraph_format.tab_stops.add_tab_stop(Mm(53))

    def _body(self) -> None:
        for block, keep in self.paper.printed_body():
            match block:
                case Line():
                    paragraph = self._put(self.document, block.lead, self._strong)
                    if block.lead:
                        paragraph.add_run(" ")
                    self._run(paragraph, block.text, self._plain)
                    self._indented(paragraph)
                    paragraph.paragraph_format.keep_with_next = keep
                case Field(value=Fill() as fill):
                    self._fill(block.label, fill)
                case Field():
                    self._indented(self._put(self.document, f"{block.label}: {block.value}", self._plain))
                case Table():
                    self._table(block)

    def _fill(self, label: str, fill: Fill) -> None:
        if fill.pattern:
            self._indented(self._put(self.document, f"{label}: {fill.pattern}", self._plain))
            return
        for position in range(fill.lines):
            paragraph = self._put(self.document, f"{label}:" if position == 0 else "", self._plain)
            paragraph.add_run(" \t" if position == 0 else "\t")
            marks.add_dot_leader(paragraph, Mm(self.layout.text_width_mm))
            paragraph.paragraph_format.space_after = self._gap
            if position == 0:
                paragraph.paragraph_format.first_line_indent = Mm(self.layout.first_line_mm)

    def _table(self, table: Table) -> None:
        total = sum(column.width for column in table.columns)
        widths = [self.layout.text_width_mm * column.width / total for column in table.columns]
        rows = self._grid(1 + len(table.rows), widths, style="Table Grid")
        for cell, column in zip(rows[0], table.columns, strict=True):
            self._put(cell, column.title, self._strong, _CENTRE)
        for cells, row in zip(rows[1:], table.rows, strict=True):
            for cell, text in zip(cells, row, strict=True):
                self._put(cell, text, self._plain)
        self.document.add_paragraph().paragraph_format.line_spacing = self._gap

    def _closing(self) -> None:
        paper, half = self.paper, self.layout.text_width_mm / 2
        self.document.add_paragraph().paragraph_format.keep_with_next = True
        has_left = bool(paper.recipients) or len(paper.signatures) == 1
        (cells,) = self._grid(1, [half] * (has_left + len(paper.signatures)))
        marks.keep_row_whole(cells[0])
        if paper.recipients:
            self._recipients(cells[0])
        for cell, signature in zip(cells[has_left:], paper.signatures, strict=True):
            self._signature(cell, signature)

    def _recipients(self, cell: _Cell) -> None:
        layout = self.layout
        self._put(cell, "Nơi nhận:", _Look(layout.recipients_title_pt, is_bold=True, is_italic=True))
        for recipient in self.paper.recipients:
            self._put(cell, f"- {recipient}", _Look(layout.recipients_pt))
        if self.paper.check_url:
            code = io.BytesIO()
            qrcode.make(self.paper.check_url, border=0).save(code)
            cell.add_paragraph().add_run().add_picture(code, width=Mm(20))
            self._put(cell, CHECK_WORDS, _Look(9))

    def _signature(self, cell: _Cell, signature: Signature) -> None:
        layout, look = self.layout, _Look(self.layout.signer_pt, is_bold=True)
        for text in signature.capacity:
            self._put(cell, text, look, _CENTRE)
        if signature.note:
            self._put(cell, signature.note, _Look(layout.recipients_title_pt, is_italic=True), _CENTRE)
        name = self._put(cell, signature.name or "", look, _CENTRE)
        name.paragraph_format.space_before = Mm(layout.signature_gap_mm)

    def _grid(
        self, rows: int, widths_mm: "list[float] | tuple[float, ...]", style: str | None = None
    ) -> list[list[_Cell]]:
        table = self.document.add_table(rows, len(widths_mm), style)
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        if style is None:
            marks.drop_cell_margins(table)
        for column, width in zip(table.columns, widths_mm, strict=True):
            column.width = Mm(width)
            for cell in column.cells:
                cell.width = Mm(width)
        return [list(row.cells) for row in table.rows]

    def _put(
        self, container: "_Container", text: str, look: _Look, align: WD_ALIGN_PARAGRAPH | None = None
    ) -> Paragraph:
        """Add a paragraph; the empty one every Word cell is born with is used first."""
        is_new_cell = isinstance(container, _Cell) and len(container.paragraphs) == 1 and not container.text
        paragraph = container.paragraphs[0] if is_new_cell else container.add_paragraph()
        paragraph.alignment = align
        self._run(paragraph, text, look)
        return paragraph

    def _run(self, paragraph: Paragraph, text: str, look: _Look) -> None:
        if text:
            run = paragraph.add_run(printed(text))
            run.font.size, run.bold, run.italic = Pt(look.size_pt), look.is_bold, look.is_italic

    def _rule(self, container: "_Container", length_mm: float, room_mm: float) -> None:
        paragraph = container.add_paragraph()
        paragraph.paragraph_format.left_indent = Mm((room_mm - length_mm) / 2)
        paragraph.paragraph_format.right_indent = Mm((room_mm - length_mm) / 2)
        marks.draw_line_above(paragraph)

    def _indented(self, paragraph: Paragraph) -> None:
        shape = paragraph.paragraph_format
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        shape.first_line_indent = Mm(self.layout.first_line_mm)
        shape.space_after = self._gap
        shape.line_spacing = self.layout.line_spacing

    @property
    def _gap(self) -> Pt:
        return Pt(self.layout.paragraph_gap_pt)

    @property
    def _plain(self) -> _Look:
        return _Look(self.layout.body_pt)

    @property
    def _strong(self) -> _Look:
        return _Look(self.layout.body_pt, is_bold=True)


_Container = WordDocument | _Cell
