"""A request for a no-contact measure, or for its end, as the officer writes it down."""

from typing import Any
from uuid import UUID

from django import forms

from maiam.contexts.cases.forms.choices import Choices, choices
from maiam.contexts.cases.rules.no_contact import REQUEST_CHANNEL_LABELS, RequestChannel, cancel_grounds
from maiam.contexts.cases.services.cancellations import CancellationRequest
from maiam.contexts.cases.services.requests import ConsentMissingError, Request
from maiam.core.law import no_contact as law
from maiam.core.law.no_contact import CANCEL_GROUND_LABELS, REQUESTER_LABELS, CancelGround, Ground, Requester
from maiam.platform.ui.forms import MomentField, VietnameseForm

LONGEST_STORY = 5_000


class RequestForm(VietnameseForm):
    """Who asks, against whom, since when we know. `victim_name` stands for her own request."""

    perpetrator_id = forms.TypedChoiceField(label="Đề nghị cấm ai tiếp xúc?", coerce=UUID, widget=forms.RadioSelect)
    requester = forms.TypedChoiceField(
        label="Ai đề nghị?",
        coerce=Requester,
        choices=choices(REQUESTER_LABELS),
        initial=Requester.VICTIM,
        widget=forms.RadioSelect,
    )
    requester_name = forms.CharField(
        label="Tên người hoặc cơ quan đề nghị",
        required=False,
        max_length=200,
        help_text="Bỏ trống khi chính người bị bạo lực đề nghị.",
    )
    channel = forms.TypedChoiceField(
        label="Đề nghị bằng cách nào?",
        coerce=RequestChannel,
        choices=choices(REQUEST_CHANNEL_LABELS),
        widget=forms.RadioSelect,
    )
    asked_at = MomentField(
        label="Nói hoặc gửi đề nghị lúc nào?",
        help_text="Lúc sớm nhất, với bất kỳ ai của xã. Chủ tịch xã phải trả lời trong "
        f"{law.DECIDE.in_words} kể từ lúc này.",
    )
    report_id = forms.TypedChoiceField(
        label="Đề nghị này nằm trong tin báo nào?",
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text="Nếu tin báo đã nói đến đề nghị này, đồng hồ tính từ lúc có tin báo.",
    )
    told = forms.CharField(
        label="Hành vi, tổn hại hoặc đe dọa mà người đề nghị kể",
        max_length=LONGEST_STORY,
        widget=forms.Textarea,
        help_text="Chỉ cán bộ vụ việc và Chủ tịch xã đọc được.",
    )
    consent_by = forms.CharField(
        label="Ai đồng ý?",
        required=False,
        max_length=200,
        help_text="Khi cơ quan, tổ chức đề nghị: tên người bị bạo lực hoặc người giám hộ đã đồng ý.",
    )
    consent_at = MomentField(label="Đồng ý lúc nào?", required=False)
    perpetrator_residence = forms.CharField(
        label="Nơi cư trú của người có hành vi bạo lực",
        required=False,
        max_length=300,
        help_text="Để in vào quyết định. Chủ tịch xã có thể bổ sung sau.",
    )

    def __init__(self, *args: Any, perpetrators: Choices, reports: Choices, victim_name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.victim_name = victim_name
        self.fields["perpetrator_id"].choices = perpetrators  # type: ignore[attr-defined]
        self.fields["report_id"].choices = [("", "Không, đề nghị riêng"), *reports]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        requester = cleaned.get("requester")
        if requester is Requester.VICTIM:
            cleaned["requester_name"] = self.victim_name
        elif requester and not cleaned.get("requester_name"):
            self.add_error("requester_name", "Hãy ghi tên người hoặc cơ quan đề nghị.")
        if requester and law.needs_victim_consent(requester):
            self._check_consent(cleaned)
        return cleaned

    def request(self) -> Request:
        return Request(**self.cleaned_data)

    def _check_consent(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("consent_by"):
            self.add_error("consent_by", ConsentMissingError.message)
        if not cleaned.get("consent_at") and "consent_at" not in self.errors:
            self.add_error("consent_at", "Hãy ghi lúc người đó đồng ý.")


class CancellationRequestForm(VietnameseForm):
    """Form 10: who asks for the end of an order, and why."""

    ground = forms.TypedChoiceField(label="Căn cứ", coerce=CancelGround, widget=forms.RadioSelect)
    requester = forms.TypedChoiceField(
        label="Ai đề nghị?", coerce=Requester, choices=choices(REQUESTER_LABELS), widget=forms.RadioSelect
    )
    requester_name = forms.CharField(label="Tên người hoặc cơ quan đề nghị", max_length=200)
    asked_at = MomentField(
        label="Nhận đề nghị lúc nào?",
        help_text=f"Chủ tịch xã phải hủy bỏ hoặc trả lời trong {law.CANCEL.in_words} kể từ lúc này.",
    )
    told = forms.CharField(label="Lý do người đề nghị nêu", max_length=LONGEST_STORY, widget=forms.Textarea)

    def __init__(self, *args: Any, ground: Ground, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = {code: CANCEL_GROUND_LABELS[code] for code in cancel_grounds(ground)}
        self.fields["ground"].choices = choices(fitting)  # type: ignore[attr-defined]

    def request(self) -> CancellationRequest:
        return CancellationRequest(**self.cleaned_data)
