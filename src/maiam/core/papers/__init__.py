"""Official documents in the layout of Decree 30/2020/NĐ-CP, as PDF and as DOCX, ready to sign.

The path of a paper: facts of one form in `forms/` -> `OfficialPaper` -> `render_pdf` or `render_docx`.
A form is a pure function. A renderer decides nothing: what it prints stands in the paper.
"""

from maiam.core.papers.missing import BY_HAND, ByHand, MissingFactError
from maiam.core.papers.paper import OfficialPaper
from maiam.core.papers.pdf import UnprintableError, render_pdf
from maiam.core.papers.word import render_docx

__all__ = [
    "BY_HAND",
    "ByHand",
    "MissingFactError",
    "OfficialPaper",
    "UnprintableError",
    "render_docx",
    "render_pdf",
]
