"""Which table the reader wants: of which place, day or part of a year, on which map."""

from datetime import date, datetime
from typing import Any

from django import forms

from maiam.contexts.statistics.queries import MAP_LABELS, WHOLE, Map, Question
from maiam.contexts.statistics.rules import Definition, Subject, reporting_year, spans_of
from maiam.core.text import VIETNAM
from maiam.platform.ui.forms import VietnameseDateField, VietnameseForm

FIRST_YEAR = 2015


class QuestionForm(VietnameseForm):
    """A form without anything asked means today and the whole place."""

    unit = forms.IntegerField(required=False, min_value=0, max_value=2**31, widget=forms.HiddenInput)
    day = VietnameseDateField(label="Tình hình đến ngày", required=False, exact=True)
    year = forms.TypedChoiceField(label="Năm báo cáo", required=False, coerce=int, empty_value=None)
    span = forms.ChoiceField(label="Kỳ", required=False)
    on_map = forms.ChoiceField(
        label="Theo địa giới", required=False, choices=[(one.value, label) for one, label in MAP_LABELS.items()]
    )

    def __init__(self, *args: Any, definition: Definition, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition, self.today = definition, now.astimezone(VIETNAM).date()
        this_year = reporting_year(self.today)
        asked = str(self.data.get("year", ""))
        year = int(asked) if asked.isdigit() and FIRST_YEAR <= int(asked) <= this_year else this_year
        years = [
            (number, f"{number} (1/12/{number - 1} – 30/11/{number})") for number in range(this_year, FIRST_YEAR, -1)
        ]
        self.fields["year"].choices = years  # type: ignore[attr-defined]
        self.fields["span"].choices = [(span.code, span.label) for span in spans_of(year)]  # type: ignore[attr-defined]
        unwanted = ("day",) if definition.subject is Subject.EVENTS else ("year", "span")
        for name in unwanted:
            del self.fields[name]
        first = {"day": self.today, "year": this_year, "span": "year", "on_map": Map.TODAY.value}
        self.initial = first | dict(self.initial)

    def question(self) -> Question:
        """What is asked; where nothing readable was typed, today's state of the whole place."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        day: date = asked.get("day") or self.today
        return Question(
            code=self.definition.code,
            day=day,
            year=asked.get("year") or reporting_year(day),
            span=asked.get("span") or "year",
            on_map=Map(asked.get("on_map") or Map.TODAY),
            unit_id=asked.get("unit") or WHOLE,
        )
