"""A round to prepare, a village to give, a household not met, a sample, an end; a workbook; a second hearing."""

from collections.abc import Sequence
from typing import Any

from django import forms

from maiam.contexts.accounts.models import Post
from maiam.contexts.surveys.forms.pages import field_of, kept, tidy
from maiam.contexts.surveys.models import QuestionnaireVersion
from maiam.contexts.surveys.queries import RecheckPage
from maiam.contexts.surveys.rules.rounds import LIMITS, ROUND_KIND_LABELS, WHY_NOT_MET_LABELS, RoundKind
from maiam.core.law.limits import time_limit
from maiam.platform.ui.forms import VietnameseForm

SHARES = ((0.05, "5% số hộ"), (0.1, "10% số hộ"), (0.2, "20% số hộ"))


class ActForm(VietnameseForm):
    """A button and nothing to type: it only carries what a rule said."""


class PrepareForm(VietnameseForm):
    """What is asked, of whom, and how long collectors have."""

    title = forms.CharField(label="Tên đợt", max_length=200, help_text="Ví dụ: Tình hình gia đình năm 2026.")
    version_id = forms.ChoiceField(label="Hỏi gì?", widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label="Hỏi hộ nào?",
        choices=list(ROUND_KIND_LABELS.items()),
        initial=RoundKind.EVERY,
        widget=forms.RadioSelect,
    )
    limit = forms.ChoiceField(
        label="Các thôn có bao lâu?",
        help_text="Tính từ lúc bắt đầu đợt. Thời hạn này do địa phương tự đặt.",
        widget=forms.RadioSelect,
        initial=LIMITS[1],
    )

    def __init__(self, *args: Any, versions: Sequence[QuestionnaireVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(version.id), f"{version.title}, bản {version.number}") for version in versions]
        self.fields["version_id"].choices = choices  # type: ignore[attr-defined]
        self.fields["limit"].choices = [(code, time_limit(code).in_words) for code in LIMITS]  # type: ignore[attr-defined]
        if len(choices) == 1:
            self.fields["version_id"].initial = choices[0][0]


class AssignForm(VietnameseForm):
    """Who collects a village."""

    post_id = forms.TypedChoiceField(label="Người thu thập", coerce=int)

    def __init__(self, *args: Any, posts: Sequence[Post], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post_id"].choices = [(post.id, post.title) for post in posts]  # type: ignore[attr-defined]


class NotMetForm(VietnameseForm):
    why_not_met = forms.ChoiceField(
        label="Vì sao chưa gặp được?", choices=list(WHY_NOT_MET_LABELS.items()), widget=forms.RadioSelect
    )
    words = forms.CharField(label="Ghi thêm", required=False, max_length=300)


class HandInForm(VietnameseForm):
    affirms_nil = forms.BooleanField(label="Tôi xác nhận: các hộ không có phiếu không có thay đổi", required=False)


class GiveBackForm(VietnameseForm):
    why = forms.CharField(
        label="Cần sửa gì?",
        max_length=500,
        widget=forms.Textarea,
        help_text="Người thu thập đọc lời này. Ví dụ: ba hộ đầu ngõ ghi nhầm nhà ở.",
    )


class DrawForm(VietnameseForm):
    share = forms.TypedChoiceField(
        label="Hỏi lại bao nhiêu hộ?", choices=SHARES, coerce=float, initial=0.1, widget=forms.RadioSelect
    )


class CloseForm(VietnameseForm):
    why = forms.CharField(
        label="Lý do kết thúc sớm",
        required=False,
        max_length=500,
        widget=forms.Textarea,
        help_text="Chỉ cần khi còn thôn chưa nộp, hoặc còn hộ chưa phúc tra.",
    )


class UploadForm(VietnameseForm):
    file = forms.FileField(
        label="Bộ câu hỏi (XLSForm, tệp .xlsx)", help_text="Câu hỏi của tỉnh đứng sau bộ câu hỏi chung."
    )


class RecheckForm(VietnameseForm):
    """The household's questions once more, without what was answered the first time."""

    def __init__(self, *args: Any, page: RecheckPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in page.questions:
            self.fields[question.name] = field_of(question)
            tidy(self.fields[question.name], question.label)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not self.errors and all(value in (None, "", []) for value in typed.values()):
            self.add_error(None, "Ghi ít nhất một câu trả lời.")
        return {name: kept(value) for name, value in typed.items()}
