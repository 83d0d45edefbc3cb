"""The chairman's forms: an order until when and why, a refusal with reasons, an answer to a request to cancel."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms

from maiam.contexts.cases.forms.choices import Choices, choices
from maiam.contexts.cases.rules.no_contact import cancel_grounds, to_the_minute
from maiam.contexts.cases.services.orders import Order, TermNotLawfulError
from maiam.core import text
from maiam.core.law import no_contact as law
from maiam.core.law.no_contact import CANCEL_GROUND_LABELS, CancelGround, Ground
from maiam.platform.ui.forms import MomentField, VietnameseForm

LONGEST_REASON = 2_000
OTHER_END = "other"


class OrderForm(VietnameseForm):
    """Until when, why, and where the perpetrator lives. The longest lawful term is offered first."""

    term = forms.ChoiceField(label="Cấm tiếp xúc đến khi nào?", widget=forms.RadioSelect)
    ends_at = MomentField(label="Thời điểm khác", required=False, allow_future=True)
    reason = forms.CharField(
        label="Lý do",
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
        help_text=(
            "Lý do được in vào quyết định, người có hành vi bạo lực cũng đọc. "
            "Không ghi ai báo tin, không ghi người bị bạo lực đang ở đâu."
        ),
    )
    perpetrator_residence = forms.CharField(label="Nơi cư trú của người có hành vi bạo lực", max_length=300)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_at = to_the_minute(now)
        self.fields["term"].choices = self._terms()  # type: ignore[attr-defined]
        self.fields["term"].initial = str(law.TERM.duration.days)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        term = cleaned.get("term")
        if term and term != OTHER_END:
            cleaned["ends_at"] = self.starts_at + timedelta(days=int(term))
        elif term and not cleaned.get("ends_at") and "ends_at" not in self.errors:
            self.add_error("ends_at", "Hãy ghi ngày và giờ kết thúc.")
        if cleaned.get("ends_at") and not law.is_term_lawful(self.starts_at, cleaned["ends_at"]):
            self.add_error("ends_at", TermNotLawfulError.message)
        return cleaned

    def order(self) -> Order:
        decided = self.cleaned_data
        return Order(decided["ends_at"], decided["reason"], decided["perpetrator_residence"])

    def _terms(self) -> Choices:
        longest = law.TERM.duration.days
        days = [
            (str(count), f"{count} ngày, đến {text.write_datetime(self.starts_at + timedelta(days=count))}")
            for count in range(longest, 0, -1)
        ]
        return [*days, (OTHER_END, "Thời điểm khác, sớm hơn")]


class LifeThreatForm(OrderForm):
    """An order without a request also says against whom."""

    perpetrator_id = forms.TypedChoiceField(
        label="Cấm ai tiếp xúc với người bị bạo lực?", coerce=UUID, widget=forms.RadioSelect
    )
    field_order = ("perpetrator_id",)

    def __init__(self, *args: Any, perpetrators: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["perpetrator_id"].choices = perpetrators  # type: ignore[attr-defined]


class RefusalForm(VietnameseForm):
    reason = forms.CharField(
        label="Lý do không ra quyết định",
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
        help_text="Lý do được gửi bằng văn bản cho người đề nghị. Mỗi dòng là một lý do.",
    )


class CancelForm(VietnameseForm):
    """Cancel an order, on a ground the law knows for it."""

    ground = forms.TypedChoiceField(label="Căn cứ", coerce=CancelGround, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Lý do",
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
        help_text="Lý do được in vào quyết định hủy bỏ, cả hai bên đều đọc.",
    )

    def __init__(self, *args: Any, ground: Ground, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = {code: CANCEL_GROUND_LABELS[code] for code in cancel_grounds(ground)}
        self.fields["ground"].choices = choices(fitting)  # type: ignore[attr-defined]


class DeclineForm(VietnameseForm):
    reason = forms.CharField(
        label="Lý do giữ nguyên quyết định",
        max_length=LONGEST_REASON,
        widget=forms.Textarea,
        help_text="Người đề nghị được trả lời bằng văn bản, nêu rõ lý do.",
    )
