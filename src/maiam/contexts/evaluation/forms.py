"""The period the province looks at."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms

from maiam.core.text.dates import VIETNAM
from maiam.platform.ui.forms import FilteringForm, VietnameseDateField

DAYS_SHOWN_FIRST = 365


class PeriodForm(FilteringForm):
    since = VietnameseDateField(label="Từ ngày", required=False, exact=True)
    until = VietnameseDateField(label="Đến hết ngày", required=False, exact=True)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and since > until:
            raise forms.ValidationError({"until": "Ngày cuối phải sau ngày đầu."})
        return cleaned

    def period(self, today: date) -> tuple[datetime, datetime]:
        """The moments the period begins and ends; the last year where nothing was asked."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        until = asked.get("until") or today
        since = asked.get("since") or until - timedelta(days=DAYS_SHOWN_FIRST)
        return _midnight(since), _midnight(until + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=VIETNAM)
