"""The forms of measures: who asks, what is decided, served, done; the facts of each kind come from its procedure."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms

from maiam.contexts.measures.queries.measures import AddresseeLine
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.rules.states import SERVICE_METHOD_LABELS, EventKind, ServiceMethod
from maiam.contexts.measures.services import Decision, PaperHandover, Served, Told, Wish
from maiam.core.law.codes import choice_lists
from maiam.core.law.codes.procedures import Ask
from maiam.core.law.no_contact import REQUESTER_LABELS, Requester
from maiam.core.text import write_date, write_datetime, write_number
from maiam.platform.ui.forms import MomentField, VietnameseDateField, VietnameseForm, VietnameseNumberField
from maiam.platform.ui.messages import speak_vietnamese

LONGEST_LINE, LONGEST_TEXT = 200, 3_000
_SECRECY = "Người có hành vi bạo lực có thể đọc. Không ghi người bị bạo lực đang ở đâu, không ghi ai báo tin."


def _choices(labels: Any) -> list[tuple[str, str]]:
    return [(str(code), label) for code, label in labels.items()]


def _own_fields(form: VietnameseForm) -> list[forms.BoundField]:
    return [form[name] for name in form.fields if not name.startswith("fact_")]


class StepForm(VietnameseForm):
    """A form without facts of a kind, drawn by the same part of the page."""

    def own_fields(self) -> Iterable[forms.BoundField]:
        return _own_fields(self)


class FactsForm(VietnameseForm):
    """A form with the facts its kind of measure asks at one step."""

    step = "request"

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.asks = kinds.procedure(kind).asked_at(self.step)
        for ask in self.asks:
            self.fields[_name(ask)] = field = _field(ask, is_read_by_perpetrator=kinds.is_about_perpetrator(kind))
            speak_vietnamese(field, ask.vi)

    def fact_fields(self) -> Iterable[forms.BoundField]:
        return [self[_name(ask)] for ask in self.asks]

    def own_fields(self) -> Iterable[forms.BoundField]:
        """Every field that is no fact of the kind."""
        return _own_fields(self)

    def facts(self) -> dict[str, str]:
        """What was written down, as people will read it."""
        return {ask.code: _written(self.cleaned_data.get(_name(ask))) for ask in self.asks}

    def fact_date(self, code: str) -> date | None:
        found = self.cleaned_data.get(f"fact_{code}")
        return found if isinstance(found, date) else None


class DecisionFacts(FactsForm):
    step = "decision"


class OutcomeFacts(FactsForm):
    step = "outcome"


class WishForm(FactsForm):
    """Who asks for it, about whom, since when, with whose yes."""

    person_id = forms.TypedChoiceField(label="Với ai?", coerce=UUID, widget=forms.RadioSelect, required=False)
    requester = forms.TypedChoiceField(
        label="Ai đề nghị?",
        coerce=Requester,
        choices=[("", "Xã tự đề nghị"), *_choices(REQUESTER_LABELS)],
        required=False,
        empty_value=None,
    )
    requester_name = forms.CharField(label="Tên người hoặc cơ quan đề nghị", required=False, max_length=LONGEST_LINE)
    asked_at = MomentField(label="Đề nghị lúc nào?")
    consent_by = forms.CharField(
        label="Ai đồng ý?",
        required=False,
        max_length=LONGEST_LINE,
        help_text="Người được giúp, hoặc người giám hộ không phải là người có hành vi bạo lực.",
    )
    consent_at = MomentField(label="Đồng ý lúc nào?", required=False)

    def __init__(self, *args: Any, kind: str, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        self.people = people
        if people:
            self.fields["person_id"].choices = people  # type: ignore[attr-defined]
            self.fields["person_id"].required = True
        else:
            del self.fields["person_id"]
        if not kinds.starts_with_request(kind):
            self.fields["asked_at"].label = "Ghi nhận lúc nào?"

    def wish(self) -> Wish:
        told = self.cleaned_data
        return Wish(
            kind=self.kind,
            asked_at=told["asked_at"],
            person_id=told.get("person_id") or None,
            requester=told["requester"] or None,
            requester_name=told["requester_name"],
            facts=self.facts(),
            consent_by=told["consent_by"],
            consent_at=told["consent_at"],
        )


class DecisionForm(FactsForm):
    """What is decided, or was decided elsewhere: from when, until when, why."""

    step = "decision"

    reason = forms.CharField(
        label="Lý do", max_length=LONGEST_TEXT, widget=forms.Textarea, required=False, help_text=_SECRECY
    )
    starts_at = MomentField(label="Bắt đầu lúc nào?", required=False)
    ends_at = MomentField(label="Đến khi nào?", required=False, allow_future=True)
    secret_place = forms.CharField(
        label="Ở đâu?",
        required=False,
        max_length=300,
        help_text="Cất riêng. Chỉ cán bộ vụ việc và Chủ tịch xã mở được, mỗi lần mở đều được ghi lại.",
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, kind=kind, **kwargs)
        row = kinds.procedure(kind)
        signed = kinds.decider(kind) is not None
        if not row.secret_place or signed:
            del self.fields["secret_place"]
        if not row.term:
            del self.fields["ends_at"]
        if signed:
            del self.fields["starts_at"]
            self.fields["reason"].required = True

    def decision(self) -> Decision:
        told = self.cleaned_data
        return Decision(
            reason=told["reason"],
            starts_at=told.get("starts_at"),
            ends_at=told.get("ends_at"),
            decided_on=self.fact_date("decided_on"),
            facts=self.facts(),
            secret_place=told.get("secret_place", ""),
        )


class OutcomeForm(FactsForm):
    step = "outcome"

    ended_at = MomentField(label="Kết thúc lúc nào?")


class ReasonForm(StepForm):
    reason = forms.CharField(label="Lý do", max_length=LONGEST_TEXT, widget=forms.Textarea, help_text=_SECRECY)


class ServeForm(StepForm):
    addressee = forms.ChoiceField(label="Giao cho ai?", widget=forms.RadioSelect)
    method = forms.TypedChoiceField(
        label="Giao bằng cách nào?",
        coerce=ServiceMethod,
        choices=_choices(SERVICE_METHOD_LABELS),
        widget=forms.RadioSelect,
    )
    served_at = MomentField(label="Giao lúc nào?")
    received_by = forms.CharField(label="Ai nhận?", required=False, max_length=LONGEST_LINE)
    receipt = forms.CharField(
        label="Giấy nhận số", required=False, max_length=120, help_text="Bắt buộc khi chuyển hồ sơ cho cơ quan khác."
    )

    def __init__(self, *args: Any, addressees: list[AddresseeLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["addressee"].choices = [(one.code, one.label) for one in addressees]  # type: ignore[attr-defined]

    def served(self) -> Served:
        return Served(**self.cleaned_data)


class BeginForm(StepForm):
    happened_at = MomentField(label="Bắt đầu thực hiện lúc nào?")


class EventForm(StepForm):
    """A session, or a breach."""

    kind = forms.TypedChoiceField(label="Ghi gì?", coerce=EventKind, widget=forms.RadioSelect)
    happened_at = MomentField(label="Lúc nào?")
    attended = forms.TypedChoiceField(
        label="Người ấy có dự không?",
        choices=[("", "Không áp dụng"), ("yes", "Có dự"), ("no", "Vắng")],
        coerce=lambda value: value == "yes",
        empty_value=None,
        required=False,
    )
    told = forms.CharField(label="Chuyện gì đã diễn ra?", max_length=LONGEST_TEXT, widget=forms.Textarea)

    def __init__(self, *args: Any, events: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = events  # type: ignore[attr-defined]

    def event(self) -> Told:
        return Told(**self.cleaned_data)


class PaperForm(StepForm):
    """What a paper needs and the record does not hold."""

    def __init__(self, *args: Any, typed: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, label in typed:
            self.fields[code] = field = forms.CharField(
                label=label[:1].upper() + label[1:], max_length=LONGEST_TEXT, help_text=_SECRECY
            )
            speak_vietnamese(field, label)


class PaperDeliveryForm(StepForm):
    addressee = forms.ChoiceField(label="Giao cho ai?", widget=forms.RadioSelect)
    method = forms.TypedChoiceField(
        label="Giao bằng cách nào?",
        coerce=ServiceMethod,
        choices=_choices(SERVICE_METHOD_LABELS),
        widget=forms.RadioSelect,
    )
    delivered_at = MomentField(label="Giao lúc nào?")
    received_by = forms.CharField(label="Ai nhận?", required=False, max_length=LONGEST_LINE)

    def __init__(self, *args: Any, addressees: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["addressee"].choices = addressees  # type: ignore[attr-defined]

    def handover(self) -> PaperHandover:
        return PaperHandover(**self.cleaned_data)


class ProtectorForm(VietnameseForm):
    name = forms.CharField(label="Họ tên", max_length=LONGEST_LINE)
    standing = forms.CharField(
        label="Chức vụ, cơ quan", max_length=LONGEST_LINE, help_text="Ví dụ: người làm công tác bảo vệ trẻ em cấp xã."
    )


def _name(ask: Ask) -> str:
    return f"fact_{ask.code}"


def _field(ask: Ask, *, is_read_by_perpetrator: bool) -> forms.Field:
    common: dict[str, Any] = {"label": ask.vi, "required": ask.required}
    match ask.kind:
        case "text":
            help_text = _SECRECY if is_read_by_perpetrator else ""
            return forms.CharField(max_length=LONGEST_TEXT, widget=forms.Textarea, help_text=help_text, **common)
        case "date":
            return VietnameseDateField(exact=True, allow_future=ask.code == "review_on", **common)
        case "moment":
            return MomentField(allow_future=True, **common)
        case "money":
            return VietnameseNumberField(maximum=10**12, **common)
        case "yes":
            return forms.BooleanField(**common)
        case "choice":
            options = [(one.code, one.vi) for one in choice_lists()[str(ask.choices)]]
            blank = [] if ask.required else [("", "Không")]
            return forms.ChoiceField(choices=[*blank, *options], widget=forms.RadioSelect, **common)
        case _:
            return forms.CharField(max_length=LONGEST_LINE, **common)


def _written(value: Any) -> str:
    if isinstance(value, datetime):
        return write_datetime(value)
    if isinstance(value, date):
        return write_date(value)
    if isinstance(value, bool):
        return "yes" if value else ""
    return write_number(value) if isinstance(value, int) else str(value or "")
