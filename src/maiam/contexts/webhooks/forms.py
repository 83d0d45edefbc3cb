"""Which system is to be told, of what, where."""

from typing import Any

from django import forms

from maiam.contexts.webhooks.rules import TYPE_LABELS, EventType
from maiam.contexts.webhooks.services import Wanted
from maiam.platform.ui.forms import VietnameseForm


class SubscribeForm(VietnameseForm):
    name = forms.CharField(label="Tên hệ thống nhận", max_length=120)
    url = forms.CharField(
        label="Địa chỉ nhận", max_length=500, help_text="Bắt đầu bằng https://. Không gửi tới mạng nội bộ."
    )
    event_types = forms.MultipleChoiceField(
        label="Báo khi nào?", choices=list(TYPE_LABELS.items()), widget=forms.CheckboxSelectMultiple
    )

    def wanted(self) -> Wanted:
        typed: dict[str, Any] = self.cleaned_data
        types = tuple(EventType(one) for one in typed["event_types"])
        return Wanted(name=typed["name"], url=typed["url"], event_types=types)
