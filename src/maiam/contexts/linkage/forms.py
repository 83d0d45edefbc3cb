"""What an officer chooses when two rows are one person: which row stays, and from which side each fact comes."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.html import format_html
from django.utils.safestring import SafeString

from maiam.contexts.families.rules import Side
from maiam.contexts.linkage.queries import FactRow, PairPage
from maiam.platform.ui.forms import VietnameseForm

SIDES = ("one", "other")


class MergeForm(VietnameseForm):
    """One choice for each fact that differs. The row of the longer history stays: the one registered first."""

    def __init__(self, *args: Any, page: PairPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page = page
        for row in page.facts:
            if row.is_choice:
                choices = [(side, getattr(row, side) or "Chưa ghi") for side in SIDES]
                self.fields[str(row.field)] = forms.ChoiceField(
                    label=row.label,
                    choices=choices,
                    widget=forms.RadioSelect(attrs={"class": "govuk-radios__input"}),
                    initial=row.suggested,
                )

    @property
    def kept_id(self) -> UUID:
        return self.page.pair.one_id if self._kept == "one" else self.page.pair.other_id

    @property
    def _kept(self) -> str:
        one, other = self.page.one, self.page.other
        return "other" if one and other and other.registered_at < one.registered_at else "one"

    def rows(self) -> Iterator[tuple[FactRow, SafeString | str, SafeString | str]]:
        """Each fact with the two buttons of its choice; empty where both sides agree or nothing is to be chosen."""
        for row in self.page.facts:
            if row.is_choice and self.page.can_merge:
                one, other = self[str(row.field)]
                yield row, _button(one, row.label), _button(other, row.label)
            else:
                yield row, "", ""

    def choices(self) -> dict[str, Side]:
        """What comes from the row that is folded."""
        taken = {name: side for name, side in self.cleaned_data.items() if side != self._kept}
        return dict.fromkeys(taken, Side.FOLDED)


def _button(choice: BoundWidget, label: str) -> SafeString:
    """One side's value as a radio button; its label says the fact too, for whoever hears the page."""
    return format_html(
        '<div class="govuk-radios__item">{}<label class="govuk-label govuk-radios__label" for="{}">'
        '<span class="govuk-visually-hidden">{}: </span><mark class="app-mark">{}</mark></label></div>',
        choice.tag(),
        choice.id_for_label,
        label,
        choice.choice_label,
    )
