"""How one form field is drawn: which template, which classes, and what its label, hint and error are called."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField, Widget
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

# The first class that fits decides; CheckboxSelectMultiple is a RadioSelect to Django, so it comes before.
_TEMPLATES: tuple[tuple[type[Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.MultiWidget, "several"),
    (forms.Select, "labelled"),
    (forms.Textarea, "labelled"),
    (forms.FileInput, "labelled"),
    (forms.TextInput, "labelled"),
    (forms.PasswordInput, "labelled"),
)
_CLASSES: tuple[tuple[type[Widget], str], ...] = (
    (forms.Select, "govuk-select"),
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.TextInput, "govuk-input"),
    (forms.PasswordInput, "govuk-input"),
    (forms.MultiWidget, "govuk-input app-width-10"),
)


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a template may ask of one field.

    `heading` makes its label the page's heading (one question a page); `width` is in letters.
    """

    size: str = ""
    heading: bool = False
    width: int = 0
    inline: bool = False
    rows: int = 0
    optional_mark: bool = True


def draw_field(bound: BoundField, look: Look) -> SafeString:
    """Draw a field with its label, hint, errors and control, tied together for screen readers."""
    template = _first_fitting(_TEMPLATES, bound.field.widget)
    context = {
        "field": bound,
        "look": look,
        "hint_id": f"{bound.auto_id}_hint" if bound.help_text else "",
        "error_id": f"{bound.auto_id}_error" if bound.errors else "",
        "described_by": described_by(bound),
        "option_hints": getattr(bound.field, "option_hints", {}),
    }
    if template in {"labelled", "several"}:
        context["control"] = bound.as_widget(attrs=_attributes(bound, look))
    return render_to_string(f"ui/fields/{template}.html", context)


def described_by(bound: BoundField) -> str:
    """Name the hint and the error of a field, for `aria-describedby`."""
    names = [f"{bound.auto_id}_hint"] if bound.help_text else []
    return " ".join([*names, f"{bound.auto_id}_error"] if bound.errors else names)


def anchor(bound: BoundField) -> str:
    """Return the id of the first control of a field: where a link in the error summary leads."""
    widget = bound.field.widget
    if isinstance(widget, forms.RadioSelect | forms.MultiWidget):
        return f"{bound.auto_id}_0"
    return str(bound.auto_id)


def _attributes(bound: BoundField, look: Look) -> dict[str, Any]:
    widget = bound.field.widget
    attributes: dict[str, Any] = {"class": " ".join(_classes(bound, look))}
    # The parts of a group are described by their fieldset.
    if described_by(bound) and not isinstance(widget, forms.MultiWidget):
        attributes["aria-describedby"] = described_by(bound)
    if look.rows and isinstance(widget, forms.Textarea):
        attributes["rows"] = look.rows
    return attributes


def _classes(bound: BoundField, look: Look) -> list[str]:
    own = _first_fitting(_CLASSES, bound.field.widget)
    classes = [own, *str(bound.field.widget.attrs.get("class", "")).split()]
    if bound.errors:
        classes.append(f"{own.split()[0]}--error")
    width = look.width or getattr(bound.field, "width", 0)
    if width:
        classes.append(f"app-width-{width}")
    return classes


def _first_fitting(table: tuple[tuple[type[Widget], str], ...], widget: Widget) -> str:
    for kind, name in table:
        if isinstance(widget, kind):
            return name
    raise TypeError(f"No way to draw a {type(widget).__name__}")
