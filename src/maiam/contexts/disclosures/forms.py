"""What a court asked for, as the officer writes it down."""

from django import forms

from maiam.contexts.disclosures.services import Request
from maiam.platform.ui.forms import VietnameseForm


class RequestForm(VietnameseForm):
    authority = forms.CharField(
        label="Cơ quan yêu cầu", max_length=200, help_text="Ví dụ: Tòa án nhân dân khu vực 5 – Lâm Đồng."
    )
    request = forms.CharField(
        label="Văn bản yêu cầu",
        max_length=200,
        help_text="Loại, số, ngày. Ví dụ: Công văn số 12/TA ngày 20/11/2026.",
    )
    ground = forms.CharField(
        label="Căn cứ để cung cấp",
        max_length=500,
        help_text="Điều luật mà cơ quan yêu cầu viện dẫn. Đối chiếu trước khi ghi.",
        widget=forms.Textarea,
    )
    stays_silent = forms.BooleanField(label="Cơ quan yêu cầu chưa cho báo với người được bảo vệ", required=False)

    def asked(self) -> Request:
        told = self.cleaned_data
        return Request(
            authority=told["authority"],
            request=told["request"],
            ground=told["ground"],
            tells_person=not told["stays_silent"],
        )
