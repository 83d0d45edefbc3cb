"""What an officer decides, asks and answers about a report."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone

from maiam.contexts.reports.forms.fields import new_entry_key
from maiam.contexts.reports.forms.places import PlaceFields
from maiam.contexts.reports.queries import ReportFilter
from maiam.contexts.reports.rules.limits import MOST_MESSAGE_LETTERS, MOST_REASON_LETTERS
from maiam.contexts.reports.rules.states import (
    OF_INCIDENTS,
    OUTCOME_LABELS,
    STATE_LABELS,
    Outcome,
    Step,
)
from maiam.core.text import VIETNAM
from maiam.platform.ui.forms import FilteringForm, MomentField, VietnameseDateField, VietnameseForm

_ANY = ("", "Tất cả")
_OUTCOME_LABELS = OUTCOME_LABELS | {Outcome.UNFOUNDED: "Đề nghị: không có căn cứ (người thứ hai xác nhận)"}


class TriageForm(VietnameseForm):
    """One step of triage. Incidents are opened on their own page."""

    outcome = forms.ChoiceField(
        label="Kết quả",
        widget=forms.RadioSelect,
        choices=[
            (Step.GRADED, "Đang xem xét, chưa có kết quả"),
            *[(outcome, label) for outcome, label in _OUTCOME_LABELS.items() if outcome not in OF_INCIDENTS],
        ],
    )
    reason = forms.CharField(
        label="Lý do", max_length=MOST_REASON_LETTERS, widget=forms.Textarea, help_text="Đã làm gì, thấy gì."
    )
    receiver = forms.CharField(
        label="Nơi nhận",
        required=False,
        max_length=200,
        help_text="Chỉ khi chuyển đi. Ví dụ: Cơ quan CSĐT Công an tỉnh",
    )
    accepted_at = MomentField(label="Nơi đó nhận lúc", required=False)
    reference = forms.CharField(label="Số văn bản, biên nhận", required=False, max_length=200)


class SecondForm(VietnameseForm):
    """The second person's word on a proposal."""

    verdict = forms.ChoiceField(
        label="Bạn có đồng ý là tin không có căn cứ?",
        widget=forms.RadioSelect,
        choices=[("agree", "Đồng ý"), ("decline", "Không đồng ý, giữ tin đang mở")],
    )
    reason = forms.CharField(label="Lý do", max_length=MOST_REASON_LETTERS, widget=forms.Textarea)


class AskForm(VietnameseForm):
    entry_key = forms.CharField(widget=forms.HiddenInput, initial=new_entry_key, max_length=64, required=False)
    body = forms.CharField(
        label="Hỏi người báo tin",
        max_length=MOST_MESSAGE_LETTERS,
        widget=forms.Textarea,
        help_text="Hiện khi họ mở bằng mã. Không hỏi “vì sao”. Không ghi tên ai.",
    )


class AnswerForm(VietnameseForm):
    body = forms.CharField(
        label="Viết cho người báo tin",
        required=False,
        max_length=MOST_MESSAGE_LETTERS,
        widget=forms.Textarea,
        help_text="Hiện khi họ mở bằng mã.",
    )
    way = forms.CharField(
        label="Hoặc ghi đã báo bằng cách nào; nếu báo là không an toàn thì vì sao",
        required=False,
        max_length=MOST_REASON_LETTERS,
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("body") and not cleaned.get("way") and not self.errors:
            self.add_error("body", "Viết câu trả lời; hoặc ghi đã báo bằng cách nào.")
        return cleaned


class AttemptForm(VietnameseForm):
    tried_at = MomentField(label="Liên lạc lúc")
    result = forms.CharField(label="Kết quả", max_length=MOST_REASON_LETTERS, widget=forms.Textarea)


class PlaceForm(VietnameseForm, PlaceFields):
    reason = forms.CharField(label="Vì sao là nơi này?", max_length=MOST_REASON_LETTERS, widget=forms.Textarea)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("commune_id") and not {"commune", "commune_text"} & set(self.errors):
            self.add_error("commune_text", "Gõ tên xã, phường rồi chọn.")
        return cleaned


class ReturnForm(VietnameseForm):
    reason = forms.CharField(label="Vì sao không thuộc xã mình?", max_length=MOST_REASON_LETTERS, widget=forms.Textarea)


class FilterForm(FilteringForm):
    state = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[_ANY, *STATE_LABELS.items()],
        widget=forms.Select({"data-keys": "filter"}),
    )
    outcome = forms.ChoiceField(label="Kết quả", required=False, choices=[_ANY, *OUTCOME_LABELS.items()])
    is_doubtful = forms.BooleanField(label="Chỉ tin gửi quá nhanh", required=False)

    def wanted(self) -> ReportFilter:
        """Which reports were asked for; what cannot be read asks for all."""
        return ReportFilter(**self.cleaned_data) if self.is_valid() else ReportFilter()


class LedgerForm(FilteringForm):
    """A period, both days included; this year where none is given."""

    since = VietnameseDateField(label="Từ ngày", exact=True, required=False)
    until = VietnameseDateField(label="Đến hết ngày", exact=True, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", "Ngày cuối phải sau ngày đầu.")
        return cleaned

    def days(self) -> tuple[date, date]:
        """The first and the last day asked for."""
        today = timezone.localdate()
        asked = self.cleaned_data if self.is_bound and self.is_valid() else {}
        return asked.get("since") or date(today.year, 1, 1), asked.get("until") or today

    def period(self) -> tuple[datetime, datetime]:
        first, last = self.days()
        return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), VIETNAM)
