"""Every template of the registry prints, in both formats; what is missing is named before anything is printed."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from maiam.core.law.codes import paper_facts, paper_templates
from maiam.core.papers import MissingFactError, render_docx, render_pdf
from maiam.core.papers.content import read_content, write_content
from maiam.core.papers.forms.facts import Commune, CommuneKind, Signer
from maiam.core.papers.templates import Frame, write_paper

OURS = [row for row in paper_templates().values() if row.is_for_measures]
FRAME = Frame(
    commune=Commune(CommuneKind.XA, "Đắk Mil", "tỉnh Lâm Đồng"),
    by_police=False,
    article="Điều 32",
    signer=Signer("H' Hoa Niê"),
    issued_at=datetime(2026, 11, 23, 2, 0, tzinfo=UTC),
    recipients=("Người có hành vi bạo lực",),
)


def known(row) -> dict[str, str]:
    return {fact.code: f"<{fact.code}>" for fact in row.facts}


@pytest.mark.parametrize("row", OURS, ids=lambda row: row.code)
def test_each_template_prints_every_fact_it_asked_for(row):
    paper = write_paper(row, known(row), FRAME)

    content = write_content(paper)
    assert read_content(content) == paper
    for fact in row.facts:
        assert f"<{fact.code}>" in content
    assert "{" not in "".join(str(block) for block in paper.body)


@pytest.mark.parametrize("row", OURS, ids=lambda row: row.code)
def test_each_template_names_every_fact_it_waits_for_at_once(row):
    with pytest.raises(MissingFactError) as refusal:
        write_paper(row, {}, FRAME)

    assert [fact.label for fact in refusal.value.missing] == [paper_facts()[fact.code] for fact in row.facts]


@pytest.mark.parametrize("row", OURS, ids=lambda row: row.code)
def test_each_template_makes_a_pdf_and_a_docx(row, fonts: Path):
    paper = write_paper(row, known(row), FRAME)

    assert render_pdf(paper, fonts=fonts).startswith(b"%PDF")
    assert render_docx(paper).startswith(b"PK")


def test_no_paper_claims_to_be_the_official_form():
    for row in OURS:
        assert write_paper(row, known(row), FRAME).form_mark == ""
