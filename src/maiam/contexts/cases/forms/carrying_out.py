"""What those who carry an order out write down: service, supervisors, the meeting, contacts, breaches."""

from typing import Any

from django import forms

from maiam.contexts.cases.forms.choices import choices
from maiam.contexts.cases.queries.documents import DocumentLine
from maiam.contexts.cases.rules.no_contact import (
    BREACH_KIND_LABELS,
    DELIVERY_METHOD_LABELS,
    Addressee,
    BreachKind,
    DeliveryMethod,
)
from maiam.contexts.cases.services.breaches import BreachFacts
from maiam.contexts.cases.services.deliveries import Handover
from maiam.contexts.cases.services.supervision import Assigned, Contact
from maiam.core.law import no_contact as law
from maiam.core.law.no_contact import CONTACT_REASON_LABELS, ContactReason
from maiam.platform.ui.forms import MomentField, VietnameseForm
from maiam.platform.ui.messages import speak_vietnamese

LONGEST_STORY = 5_000
MOST_SUPERVISORS = 4
_STANDINGS = (
    "Ví dụ: Trưởng thôn; thành viên tổ bảo vệ an ninh, trật tự ở cơ sở; Ban công tác Mặt trận; "
    "Chi hội Phụ nữ; người có uy tín."
)


class DeliveryForm(VietnameseForm):
    """One addressee of one document, reached."""

    addressee = forms.TypedChoiceField(label="Đã giao cho ai?", coerce=Addressee, widget=forms.RadioSelect)
    method = forms.TypedChoiceField(
        label="Bằng cách nào?", coerce=DeliveryMethod, choices=choices(DELIVERY_METHOD_LABELS), widget=forms.RadioSelect
    )
    delivered_at = MomentField(label="Lúc nào?")
    received_by = forms.CharField(
        label="Ai nhận?", required=False, max_length=200, help_text="Họ tên người nhận, nếu không phải chính người đó."
    )

    def __init__(self, *args: Any, document: DocumentLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        self.fields["addressee"].choices = [(line.addressee, line.label) for line in document.waiting]  # type: ignore[attr-defined]

    def handover(self) -> Handover:
        return Handover(kind=self.document.kind, **self.cleaned_data)


class SupervisorsForm(VietnameseForm):
    """The supervisors, each with what they are in the village; lines left empty are nobody."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for place in range(1, MOST_SUPERVISORS + 1):
            self._ask(place, is_needed=place == 1)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for place in range(2, MOST_SUPERVISORS + 1):
            name, standing = cleaned.get(f"name_{place}"), cleaned.get(f"standing_{place}")
            if name and not standing:
                self.add_error(f"standing_{place}", "Hãy ghi chức vụ hoặc thành phần của người này.")
            if standing and not name:
                self.add_error(f"name_{place}", "Hãy ghi họ tên người này.")
        return cleaned

    def supervisors(self) -> list[Assigned]:
        told = self.cleaned_data
        lines = range(1, MOST_SUPERVISORS + 1)
        return [Assigned(told[f"name_{place}"], told[f"standing_{place}"]) for place in lines if told[f"name_{place}"]]

    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"name_{place}"], self[f"standing_{place}"]) for place in range(1, MOST_SUPERVISORS + 1)]

    def _ask(self, place: int, *, is_needed: bool) -> None:
        name = forms.CharField(label=f"Họ tên người giám sát {place}", required=is_needed, max_length=200)
        standing = forms.CharField(
            label=f"Chức vụ, thành phần của người giám sát {place}",
            required=is_needed,
            max_length=200,
            help_text=_STANDINGS if place == 1 else "",
        )
        for code, field in ((f"name_{place}", name), (f"standing_{place}", standing)):
            self.fields[code] = field
            speak_vietnamese(field, str(field.label))


class MeetingForm(VietnameseForm):
    met_at = MomentField(label="Gặp hai bên lúc nào?")
    plan = forms.CharField(
        label="Kế hoạch giám sát",
        max_length=LONGEST_STORY,
        widget=forms.Textarea,
        help_text="Ai theo dõi, khi nào, báo cho ai khi có vi phạm.",
    )


class ContactForm(VietnameseForm):
    """A contact notified on Form 09 and countersigned."""

    reason = forms.TypedChoiceField(
        label="Vì việc gì?", coerce=ContactReason, choices=choices(CONTACT_REASON_LABELS), widget=forms.RadioSelect
    )
    notified_at = MomentField(label="Người giám sát nhận thông báo lúc nào?")
    countersigned_at = MomentField(label="Người giám sát ký xác nhận lúc nào?")
    countersigned_by = forms.CharField(label="Người giám sát đã ký", max_length=200)
    starts_at = MomentField(label="Tiếp xúc từ", allow_future=True)
    ends_at = MomentField(label="Đến", allow_future=True, help_text=f"Mỗi lần không quá {law.CONTACT_MAX.in_words}.")

    def contact(self) -> Contact:
        return Contact(**self.cleaned_data)


class BreachForm(VietnameseForm):
    kind = forms.TypedChoiceField(
        label="Vi phạm thế nào?", coerce=BreachKind, choices=choices(BREACH_KIND_LABELS), widget=forms.RadioSelect
    )
    occurred_at = MomentField(label="Lúc nào?")
    told = forms.CharField(label="Chuyện đã xảy ra", max_length=LONGEST_STORY, widget=forms.Textarea)

    def breach(self) -> BreachFacts:
        return BreachFacts(**self.cleaned_data)
