"""The registry of papers: whole, drawn from the lists of law, and without a word for what must stay secret."""

import importlib
from dataclasses import fields

import pytest

from maiam.core.law.codes import forms, forms_not_made_here, never_on_paper, paper_templates, procedures
from maiam.core.law.codes.paper_templates import GIVEN

TEMPLATES = list(paper_templates().values())


def test_every_form_of_the_decree_is_a_template_or_has_its_reason():
    served = {row.form for row in TEMPLATES}

    assert set(forms()) - served == set(forms_not_made_here())


@pytest.mark.parametrize("row", TEMPLATES, ids=lambda row: row.code)
def test_a_layout_nobody_compared_is_not_called_official(row):
    form = forms().get(row.form or "")

    assert not row.layout_confirmed or (form and form.fields_confirmed)


@pytest.mark.parametrize("row", TEMPLATES, ids=lambda row: row.code)
def test_a_template_prints_what_it_asks_for_and_asks_for_nothing_secret(row):
    asked = {fact.code for fact in row.facts}

    assert not asked & never_on_paper()
    assert asked == row.placeholders - GIVEN


@pytest.mark.parametrize("row", [row for row in TEMPLATES if row.written_by], ids=lambda row: row.code)
def test_a_paper_with_its_own_writer_has_one_and_its_facts_hold_no_secret(row):
    module = importlib.import_module(f"maiam.core.papers.forms.{row.written_by}")

    assert callable(getattr(module, row.written_by))
    facts = next(kind for name, kind in vars(module).items() if name.endswith("Facts"))
    assert not {field.name for field in fields(facts)} & (never_on_paper() - {"why"})


def test_every_measure_the_commune_decides_has_its_paper_its_refusal_and_its_end():
    for code, procedure in procedures().items():
        if procedure.decided_by not in {"chairman", "police_chief"} or code == "M_C_BAN_COMMUNE":
            continue
        names = {row.code for row in TEMPLATES if code in row.kinds}
        assert {"measure_refusal", "measure_cancellation"} <= names, code
        assert any(row.served and code in row.kinds for row in TEMPLATES), code
