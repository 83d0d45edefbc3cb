"""What was answered, in words, before it is sent; each line leads back to its question."""

from dataclasses import dataclass

from django import forms

from maiam.contexts.reports.forms.places import PlaceFields
from maiam.contexts.reports.forms.public_state import FormState


@dataclass(frozen=True)
class ToldLine:
    """One question with its answer, and the page to change it on."""

    label: str
    value: str
    page: str


_ASKED = {
    "what": ("kinds", "story", "signs", "happening"),
    "where": ("commune_text", "village_text", "place", "place_unknown"),
    "who": ("in_danger",),
    "contact": ("way", "phone", "starts", "ends", "cover_words", "must_not_pick_up", "full_name"),
}


def read_back(state: FormState) -> list[ToldLine]:
    """Every answer that was given, as it was typed."""
    return [line for page in _ASKED for line in _lines(state, page)]


def _lines(state: FormState, page: str) -> list[ToldLine]:
    form = state.form(page)
    lines = []
    for name in _ASKED[page]:
        value = _in_words(form, name)
        if value:
            lines.append(ToldLine(str(form.fields[name].label), value, page))
    return lines


def _in_words(form: forms.Form, name: str) -> str:
    bound = form[name]
    if name == "commune_text" and isinstance(form, PlaceFields):
        return form.chosen_label or str(bound.value() or "")
    if isinstance(bound.field, forms.ChoiceField):
        chosen = bound.value() if isinstance(bound.value(), list) else [bound.value()]
        options = (widget.data for widget in bound.subwidgets)
        return ", ".join(str(option["label"]) for option in options if option["value"] in chosen)
    if isinstance(bound.field, forms.BooleanField):
        return "Đúng" if bound.value() else ""
    return str(bound.value() or "")
