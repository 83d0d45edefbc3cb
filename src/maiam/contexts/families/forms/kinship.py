"""Who is related to whom, also beyond the household."""

from django import forms

from maiam.contexts.families.forms.people import A_DAY
from maiam.core.law import codes
from maiam.platform.ui.forms import VietnameseDateField, VietnameseForm


class EndKinForm(VietnameseForm):
    ends_on = VietnameseDateField(label="Không còn từ ngày", exact=True, help_text=A_DAY)


class KinshipForm(VietnameseForm):
    relative = forms.UUIDField(label="Người thân", error_messages={"required": "Chọn một người trong danh sách."})
    relation = forms.ChoiceField(label="Là gì của người này?")
    starts_on = VietnameseDateField(label="Từ ngày", required=False, exact=True, help_text=f"Nếu biết. {A_DAY}")

    field_order = ("relative", "relation", "starts_on")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["relation"].choices = [  # type: ignore[attr-defined]
            ("", "Chọn"),
            *((code, relation.vi) for code, relation in codes.relations().items()),
        ]
