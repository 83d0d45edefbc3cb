"""Which table the reader wants: of which place, day or part of a year, on which map."""

from datetime import date, datetime
from typing import Any

from django import forms

from maiam.contexts.statistics.queries import MAP_LABELS, WHOLE, Map, Question
from maiam.contexts.statistics.rules import Definition, Subject, last_set_day, months_of, reporting_year, spans_of
from maiam.core.text import VIETNAM
from maiam.platform.ui.forms import FilteringForm, VietnameseDateField

FIRST_YEAR = 2015


class QuestionForm(FilteringForm):
    """A form without anything asked means the last set day and the whole place."""

    unit = forms.IntegerField(required=False, min_value=0, max_value=2**31, widget=forms.HiddenInput)
    day = VietnameseDateField(
        label="Tình hình đến ngày",
        required=False,
        exact=True,
        help_text="Số liệu chốt vào cuối mỗi tháng; ngày khác thì lấy kỳ chốt gần nhất trước đó.",
    )
    year = forms.TypedChoiceField(label="Năm báo cáo", required=False, coerce=int, empty_value=None)
    span = forms.ChoiceField(label="Kỳ", required=False)
    on_map = forms.ChoiceField(
        label="Theo địa giới", required=False, choices=[(one.value, label) for one, label in MAP_LABELS.items()]
    )

    def __init__(self, *args: Any, definition: Definition, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition, self.today = definition, now.astimezone(VIETNAM).date()
        last = last_set_day(self.today)
        this_year = reporting_year(last)
        asked = str(self.data.get("year", ""))
        year = int(asked) if asked.isdigit() and FIRST_YEAR <= int(asked) <= this_year else this_year
        years = [
            (number, f"{number} (1/12/{number - 1} – 30/11/{number})") for number in range(this_year, FIRST_YEAR, -1)
        ]
        self.fields["year"].choices = years  # type: ignore[attr-defined]
        begun = [span for span in spans_of(year) if months_of(year)[span.first] <= last]
        self.fields["span"].choices = [(span.code, span.label) for span in begun]  # type: ignore[attr-defined]
        unwanted = ("day",) if definition.subject is Subject.EVENTS else ("year", "span")
        for name in unwanted:
            del self.fields[name]
        first = {"day": last, "year": this_year, "span": "year", "on_map": Map.TODAY.value}
        self.initial = first | dict(self.initial)

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day and not date(FIRST_YEAR, 1, 1) <= day <= self.today:
            raise forms.ValidationError(f"Chọn ngày từ 1/1/{FIRST_YEAR} đến hôm nay.")
        return day

    def question(self) -> Question:
        """What is asked; where nothing readable was typed, today's state of the whole place."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        day: date = asked.get("day") or last_set_day(self.today)
        return Question(
            code=self.definition.code,
            day=day,
            year=asked.get("year") or reporting_year(day),
            span=asked.get("span") or "year",
            on_map=Map(asked.get("on_map") or Map.TODAY),
            unit_id=asked.get("unit") or WHOLE,
        )
