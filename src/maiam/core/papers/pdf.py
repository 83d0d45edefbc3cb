"""The PDF renderer: Typst lays out the paper; data reaches it as JSON, never as source text."""

import io
import json
import re
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, Final

import qrcode
import typst
from qrcode.image.svg import SvgPathImage

from maiam.core.papers.layout import DECREE_30, Layout
from maiam.core.papers.paper import (
    CHECK_WORDS,
    MOTTO,
    NATIONAL_TITLE,
    Field,
    Fill,
    Line,
    OfficialPaper,
    PrintedBlock,
    Table,
)
from maiam.core.papers.typography import printed

TEMPLATE: Final = Path(__file__).with_name("official.typ")

# UA-1 tags the paper for screen readers; A-2b keeps it readable for the archive, and demands a date.
_ACCESSIBLE: Final = "ua-1"
_ARCHIVAL: Final = "a-2b"
_UNKNOWN_TEXT: Final = re.compile(r'the text `"(.+?)"` could not be displayed')


class UnprintableError(ValueError):
    """The paper cannot be printed as it is: a letter no font of ours holds, or a fault of layout."""


def render_pdf(paper: OfficialPaper, *, fonts: Path, layout: Layout = DECREE_30) -> bytes:
    """Return the paper as PDF; the same paper gives the same bytes.

    Raises `UnprintableError`, also on a mere warning: a missing font is only a warning to Typst.
    """
    if not any(fonts.glob("*.ttf")):
        raise UnprintableError("Không in được văn bản: máy chủ chưa có phông chữ Tinos.")
    try:
        pdf, warnings = typst.compile_with_warnings(
            str(TEMPLATE),
            font_paths=_only(fonts),
            sys_inputs={"data": json.dumps(_as_data(paper, layout), ensure_ascii=False)},
            pdf_standards=[_ACCESSIBLE, _ARCHIVAL] if paper.issued_on else [_ACCESSIBLE],
        )
    except typst.TypstError as fault:
        raise UnprintableError(_in_words(fault)) from fault
    if warnings:
        raise UnprintableError(f"Không in được văn bản: {'; '.join(str(w.message) for w in warnings)}")
    return pdf


def _in_words(fault: typst.TypstError) -> str:
    unknown = _UNKNOWN_TEXT.search(str(fault))
    if unknown:
        return f"Không in được văn bản: phông chữ không có chữ “{unknown[1]}”. Hãy viết lại bằng chữ khác."
    return f"Không in được văn bản: {fault}"


@cache
def _only(folder: Path) -> typst.Fonts:
    """These fonts and no others, neither the system's nor those inside Typst."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def _as_data(paper: OfficialPaper, layout: Layout) -> dict[str, Any]:
    return {
        "layout": asdict(layout) | {"text_width_mm": layout.text_width_mm},
        "title": printed(paper.title),
        "author": printed(" ".join(paper.issuer.lines)) if paper.issuer else None,
        "date": [paper.issued_on.year, paper.issued_on.month, paper.issued_on.day] if paper.issued_on else None,
        "national_title": NATIONAL_TITLE,
        "motto": MOTTO,
        "governing": _texts(paper.issuer.governing) if paper.issuer else [],
        "issuer": _texts(paper.issuer.lines) if paper.issuer else [],
        "number": printed(paper.number.text) if paper.number else None,
        "place_and_date": printed(paper.place_and_date),
        "urgency": paper.urgency,
        "form_mark": printed(paper.form_mark),
        "type_name": printed(paper.type_name),
        "abstract": printed(paper.abstract),
        "authority": printed(paper.authority),
        "addressed_to": _texts(paper.printed_addressees),
        "legal_bases": _texts(paper.printed_bases),
        "enacting_words": printed(paper.enacting_words),
        "body": [_block(block) | {"keep": keep} for block, keep in paper.printed_body()],
        "signatures": [
            {"capacity": _texts(s.capacity), "note": printed(s.note), "name": printed(s.name or "")}
            for s in paper.signatures
        ],
        "recipients": _texts(paper.recipients),
        "check_words": CHECK_WORDS,
        "qr": _qr_svg(paper.check_url) if paper.check_url else None,
    }


def _texts(lines: tuple[str, ...]) -> list[str]:
    return [printed(line) for line in lines]


def _block(block: PrintedBlock) -> dict[str, Any]:
    match block:
        case Line():
            return {"kind": "line", "lead": printed(block.lead), "text": printed(block.text)}
        case Field():
            return _field(printed(block.label), block.value)
        case Table():
            return _table(block)


def _table(table: Table) -> dict[str, Any]:
    return {
        "kind": "table",
        "titles": [printed(column.title) for column in table.columns],
        "widths": [column.width for column in table.columns],
        "cells": [printed(cell) for row in table.rows for cell in row],
    }


def _field(label: str, value: str | Fill) -> dict[str, Any]:
    if isinstance(value, Fill):
        return {"kind": "fill", "label": label, "pattern": printed(value.pattern), "lines": value.lines}
    return {"kind": "field", "label": label, "text": printed(value)}


def _qr_svg(url: str) -> str:
    drawing = io.BytesIO()
    qrcode.make(url, image_factory=SvgPathImage, border=0).save(drawing)
    return drawing.getvalue().decode()
