"""What people type about alerts, hot spots, visits and thresholds."""

from collections.abc import Iterable
from typing import Any

from django import forms

from maiam.contexts.accounts.models import Post
from maiam.contexts.hotspots.rules.alerts import EVENT_LABELS, VERDICT_LABELS, EventKind, Verdict
from maiam.contexts.hotspots.rules.files import ACTION_LABELS, ActionKind
from maiam.contexts.hotspots.rules.shades import LAYER_LABELS, Layer
from maiam.contexts.hotspots.rules.thresholds import BOUNDS, Thresholds
from maiam.contexts.places.models import Unit
from maiam.core.text import write_number
from maiam.platform.ui.forms import FilteringForm, VietnameseDateField, VietnameseForm, VietnameseNumberField
from maiam.platform.ui.messages import speak_vietnamese

_NO_NAMES = "Không ghi tên ai, không ghi địa chỉ nhà."


def _commune_choices(units: Iterable[Unit]) -> list[tuple[str, str]]:
    return [(str(unit.id), unit.name) for unit in units]


def _post_choices(posts: Iterable[Post]) -> list[tuple[str, str]]:
    def label(post: Post) -> str:
        return f"{post.title}, {post.commune.name}" if post.commune else f"{post.title} (tỉnh)"

    return [("", "Chọn người phụ trách"), *((str(post.id), label(post)) for post in posts)]


class JudgeForm(VietnameseForm):
    verdict = forms.TypedChoiceField(
        label="Xem lại các hồ sơ thì đây có phải điểm nóng không?",
        choices=[(one.value, VERDICT_LABELS[one]) for one in (Verdict.CONFIRMED, Verdict.FALSE)],
        coerce=Verdict,
        widget=forms.RadioSelect,
    )
    noticed_on = VietnameseDateField(
        label="Nếu không có cảnh báo, ngày nào cán bộ tự nhận ra?",
        required=False,
        exact=True,
        help_text="Để trống nếu chưa ai nhận ra. Dùng để biết cảnh báo sớm hơn bao nhiêu ngày.",
    )
    words = forms.CharField(
        label="Vì sao kết luận như vậy?", max_length=500, widget=forms.Textarea, help_text=_NO_NAMES
    )


class EventForm(VietnameseForm):
    kind = forms.TypedChoiceField(
        label="Việc gì?", choices=[(one.value, EVENT_LABELS[one]) for one in EventKind], coerce=EventKind
    )
    words = forms.CharField(label="Kể ngắn gọn", max_length=200, help_text=_NO_NAMES)
    first_day = VietnameseDateField(label="Từ ngày", exact=True, allow_future=True)
    last_day = VietnameseDateField(label="Đến hết ngày", exact=True, allow_future=True)
    communes = forms.TypedMultipleChoiceField(
        label="Ở xã, phường nào?", coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, communes: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = _commune_choices(communes)
        self.fields["communes"].choices = choices  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.initial.setdefault("communes", [choices[0][0]])


class OpenFileForm(VietnameseForm):
    """From an alert the communes and days are its own; by hand they are chosen."""

    title = forms.CharField(label="Gọi điểm nóng này là gì?", max_length=200, help_text=_NO_NAMES)
    first_day = VietnameseDateField(label="Bắt đầu nóng từ ngày", exact=True)
    last_day = VietnameseDateField(label="Đến hết ngày", exact=True)
    owner_post = forms.TypedChoiceField(label="Ai phụ trách?", coerce=int)
    communes = forms.TypedMultipleChoiceField(
        label="Ở xã, phường nào?", coerce=int, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, communes: Iterable[Unit], posts: Iterable[Post], is_from_alert: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_post"].choices = _post_choices(posts)  # type: ignore[attr-defined]
        if is_from_alert:
            for name in ("first_day", "last_day", "communes"):
                del self.fields[name]
        else:
            self.fields["communes"].choices = _commune_choices(communes)  # type: ignore[attr-defined]


class ActionForm(VietnameseForm):
    kind = forms.TypedChoiceField(
        label="Loại việc", choices=[(one.value, ACTION_LABELS[one]) for one in ActionKind], coerce=ActionKind
    )
    what = forms.CharField(label="Làm gì cụ thể?", max_length=300, help_text=_NO_NAMES)
    owner_post = forms.TypedChoiceField(label="Ai làm?", coerce=int)
    due_on = VietnameseDateField(label="Hạn", exact=True, allow_future=True)

    def __init__(self, *args: Any, posts: Iterable[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner_post"].choices = _post_choices(posts)  # type: ignore[attr-defined]


class DoneForm(VietnameseForm):
    done_on = VietnameseDateField(label="Làm xong ngày nào?", exact=True)
    note = forms.CharField(label="Kết quả thế nào?", max_length=500, widget=forms.Textarea, help_text=_NO_NAMES)


class ReviewForm(VietnameseForm):
    words = forms.CharField(
        label="Nhận xét, việc cần làm tiếp", max_length=500, widget=forms.Textarea, help_text=_NO_NAMES
    )


class CloseForm(VietnameseForm):
    words = forms.CharField(label="Kết luận", max_length=500, widget=forms.Textarea, help_text=_NO_NAMES)


class VisitForm(VietnameseForm):
    visited_on = VietnameseDateField(label="Đến thăm ngày nào?", exact=True)


THRESHOLD_LABELS = {
    "red_days": ("Mức đỏ: ngẫu nhiên thì bao nhiêu ngày mới có một lần?", ""),
    "amber_days": ("Mức vàng: bao nhiêu ngày mới có một lần?", "Ít hơn mức đỏ."),
    "least_cases": ("Ít nhất bao nhiêu vụ?", ""),
    "least_households": ("Từ ít nhất bao nhiêu hộ?", ""),
    "least_ratio_percent": ("Ít nhất bao nhiêu phần trăm mức bình thường?", "200 là gấp đôi."),
    "touching_days": ("Vụ gần nhất trong bao nhiêu ngày cuối?", ""),
    "close_after_days": ("Bao nhiêu ngày không còn dấu hiệu thì khép?", ""),
    "silent_days": ("Xã im lặng: không có tin nào trong bao nhiêu ngày?", ""),
    "silent_expected": ("… mà theo mức chung của tỉnh phải có ít nhất bao nhiêu vụ?", ""),
}


class ThresholdsForm(VietnameseForm):
    """A number for each threshold, within its bounds; a reason where they are set and not only tried."""

    why = forms.CharField(label="Vì sao đổi?", max_length=500, required=False, widget=forms.Textarea)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in BOUNDS:
            self.fields[name] = _threshold_field(name)
            speak_vietnamese(self.fields[name], THRESHOLD_LABELS[name][0])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "preview" not in self.data and not cleaned.get("why"):
            self.add_error("why", "Viết một câu lý do, để người sau hiểu.")
        return cleaned

    @property
    def wanted(self) -> Thresholds:
        return Thresholds.of(self.cleaned_data)

    @property
    def numbers(self) -> list[Any]:
        return [self[name] for name in BOUNDS]


def _threshold_field(name: str) -> forms.Field:
    (low, high), (label, advice) = BOUNDS[name], THRESHOLD_LABELS[name]
    return VietnameseNumberField(
        label=label,
        minimum=low,
        maximum=high,
        help_text=f"{advice} Từ {write_number(low)} đến {write_number(high)}.".strip(),
    )


class PictureForm(FilteringForm):
    """Which layer of the map, and which period."""

    layer = forms.ChoiceField(
        label="Lớp", required=False, choices=[(one.value, label) for one, label in LAYER_LABELS.items()]
    )
    frame = forms.ChoiceField(label="Thời gian", required=False)

    def offer(self, frames: list[str]) -> None:
        choices = [(str(place), label) for place, label in enumerate(frames)]
        self.fields["frame"].choices = choices  # type: ignore[attr-defined]

    @property
    def chosen_layer(self) -> Layer:
        asked = str(self.data.get("layer", ""))
        return Layer(asked) if asked in set(Layer) else Layer.HOT

    def chosen_frame(self, frames: list[str]) -> int:
        """The period asked for; the newest where none, or none there is, was."""
        asked = str(self.data.get("frame", ""))
        place = int(asked) if asked.isdigit() else len(frames) - 1
        return min(place, len(frames) - 1)
