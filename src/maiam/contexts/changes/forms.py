"""What somebody types who wants the register changed, and what the officer answers."""

from typing import Any

from django import forms

from maiam.contexts.changes import queries
from maiam.contexts.changes.queries import AskAbout, ChangePage
from maiam.contexts.changes.rules import ASKER_LABELS, SHOWN_LABELS, Asker, Kind, Shown, Values
from maiam.contexts.changes.services import Asked
from maiam.contexts.families import queries as families
from maiam.contexts.families.rules import MEMBER_ROLE_LABELS, SEX_LABELS, Sex
from maiam.contexts.places import queries as places
from maiam.core.text import NotReadError, PartialDate, read_identity_number
from maiam.platform.access import Actor
from maiam.platform.ui.forms import PhoneField, VietnameseDateField, VietnameseForm

BIRTH_HELP = "25/12/1984, hoặc 12/1984, hoặc 1984, hoặc khoảng 1984."


class AskForm(VietnameseForm):
    """Who asks and why. Each kind adds what is to change, as the register keeps it."""

    kind: Kind
    asker = forms.ChoiceField(
        label="Ai đề nghị?",
        choices=[(asker.value, label) for asker, label in ASKER_LABELS.items()],
        initial=Asker.VILLAGE_HEAD,
        widget=forms.RadioSelect,
    )
    asker_name = forms.CharField(
        label="Tên người đề nghị", required=False, max_length=300, help_text="Khi đó không phải chính người được sửa."
    )
    shown = forms.ChoiceField(
        label="Biết người đề nghị là ai bằng cách nào?",
        choices=[(shown.value, label) for shown, label in SHOWN_LABELS.items()],
        initial=Shown.KNOWN,
        widget=forms.RadioSelect,
    )
    why = forms.CharField(
        label="Nói thêm",
        required=False,
        max_length=500,
        widget=forms.Textarea,
        help_text="Ví dụ: giấy khai sinh ghi năm 1985.",
    )

    def __init__(self, *args: Any, actor: Actor, about: AskAbout, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.about = actor, about

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.get("asker") in {Asker.GUARDIAN, Asker.RELATIVE} and not typed.get("asker_name"):
            self.add_error("asker_name", "Ghi tên người đề nghị.")
        return typed

    def values(self) -> Values:
        """What is asked for; the kinds say how it is typed."""
        return {}

    def household_id(self) -> Any:
        return self.about.household.id if self.about.household else None

    def asked(self) -> Asked:
        typed = self.cleaned_data
        return Asked(
            kind=self.kind,
            values=self.values(),
            person_id=self.about.person.id if self.about.person else None,
            household_id=self.household_id(),
            number=typed.get("identity_number", ""),
            why=typed["why"],
            asker=Asker(typed["asker"]),
            asker_name=typed["asker_name"],
            shown=Shown(typed["shown"]),
        )


class FactsForm(AskForm):
    """What the register says of a person; what is left as it stands is not asked for."""

    kind = Kind.FACTS
    full_name = forms.CharField(label="Họ và tên", max_length=300)
    other_names = forms.CharField(label="Tên khác", required=False, max_length=300)
    sex = forms.ChoiceField(
        label="Giới tính", choices=[(sex.value, SEX_LABELS[sex]) for sex in Sex], widget=forms.RadioSelect
    )
    birth = VietnameseDateField(label="Ngày sinh", required=False, help_text=BIRTH_HELP)
    village_id = forms.TypedChoiceField(label="Thôn (bon, buôn, tổ)", required=False, coerce=int, empty_value=None)
    ethnicity = forms.CharField(label="Dân tộc", required=False, max_length=40)
    phone = PhoneField(label="Điện thoại", required=False)
    identity_number = forms.CharField(
        label="Số định danh hoặc CMND",
        required=False,
        max_length=30,
        help_text="Chỉ ghi khi số trong sổ sai hoặc chưa có. Số được niêm phong.",
    )
    field_order = [
        "full_name", "other_names", "sex", "birth", "village_id", "ethnicity", "phone", "identity_number",
    ]  # fmt: skip

    def __init__(self, *args: Any, about: AskAbout, **kwargs: Any) -> None:
        known = dict(about.known)
        birth = known.get("birth")
        initial = known | {"birth": PartialDate(*birth) if birth else None, "identity_number": ""}
        super().__init__(*args, about=about, initial=initial, **kwargs)
        villages = [(village.id, village.name) for village in places.villages_of(about.commune_id)]
        self.fields["village_id"].choices = [("", "Chưa rõ"), *villages]  # type: ignore[attr-defined]

    def clean_identity_number(self) -> str:
        typed = str(self.cleaned_data["identity_number"])
        try:
            return read_identity_number(typed).digits if typed else ""
        except NotReadError as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def values(self) -> Values:
        typed = self.cleaned_data
        plain = ("full_name", "other_names", "sex", "village_id", "ethnicity", "phone")
        asked = {name: typed[name] for name in plain} | {"birth": queries.birth_value(typed["birth"])}
        number = queries.number_value(typed["identity_number"])
        return asked | ({"identity_number": number} if number else {})


class MovedOutForm(AskForm):
    kind = Kind.MOVED_OUT
    on = VietnameseDateField(label="Chuyển đi ngày nào?", exact=True)
    field_order = ["on"]

    def values(self) -> Values:
        return {"home": "", "on": queries.day_value(self.cleaned_data["on"])}


class MovedInForm(AskForm):
    kind = Kind.MOVED_IN
    home = forms.CharField(label="Mã hộ chuyển đến", max_length=30)
    role = forms.ChoiceField(label="Là gì trong hộ", choices=list(MEMBER_ROLE_LABELS.items()))
    on = VietnameseDateField(label="Chuyển đến ngày nào?", exact=True)
    field_order = ["home", "role", "on"]

    def clean_home(self) -> str:
        code = str(self.cleaned_data["home"])
        self.home_found = families.household_by_code(self.actor, self.about.commune_id, code)
        if self.home_found is None:
            raise forms.ValidationError(f"Xã không có hộ nào mang mã “{code}”.")
        return code

    def household_id(self) -> Any:
        return self.home_found.id if self.home_found else None

    def values(self) -> Values:
        typed = self.cleaned_data
        return {"home": typed["home"], "role": typed["role"], "on": queries.day_value(typed["on"])}


class RoleForm(AskForm):
    kind = Kind.ROLE
    role = forms.ChoiceField(label="Đúng ra là gì trong hộ", choices=list(MEMBER_ROLE_LABELS.items()))
    on = VietnameseDateField(label="Từ ngày nào?", exact=True)
    field_order = ["role", "on"]

    def values(self) -> Values:
        return {"role": self.cleaned_data["role"], "on": queries.day_value(self.cleaned_data["on"])}


class DeathForm(AskForm):
    kind = Kind.DEATH
    died_on = VietnameseDateField(label="Mất ngày nào?", exact=True)
    field_order = ["died_on"]

    def values(self) -> Values:
        return {"died_on": queries.day_value(self.cleaned_data["died_on"])}


class NewMemberForm(AskForm):
    """Someone not in the register yet: a child born, a person who moved in from elsewhere."""

    kind = Kind.NEW_MEMBER
    full_name = forms.CharField(label="Họ và tên", max_length=300)
    sex = forms.ChoiceField(
        label="Giới tính",
        choices=[(sex.value, SEX_LABELS[sex]) for sex in Sex],
        initial=Sex.UNKNOWN,
        widget=forms.RadioSelect,
    )
    birth = VietnameseDateField(label="Ngày sinh", required=False, help_text=BIRTH_HELP)
    role = forms.ChoiceField(label="Là gì trong hộ", choices=list(MEMBER_ROLE_LABELS.items()), initial="child")
    on = VietnameseDateField(label="Ở hộ này từ ngày nào?", exact=True)
    field_order = ["full_name", "sex", "birth", "role", "on"]

    def values(self) -> Values:
        typed = self.cleaned_data
        plain = {name: typed[name] for name in ("full_name", "sex", "role")}
        return plain | {"birth": queries.birth_value(typed["birth"]), "on": queries.day_value(typed["on"])}


FORMS: dict[Kind, type[AskForm]] = {
    form.kind: form for form in (FactsForm, MovedInForm, MovedOutForm, RoleForm, DeathForm)
}


class DecideForm(VietnameseForm):
    """The officer's answer: which parts, in which words, having seen which values."""

    accepted = forms.MultipleChoiceField(label="Đồng ý sửa", required=False, widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(
        label="Lời trả lời",
        required=False,
        max_length=1000,
        widget=forms.Textarea,
        help_text="Bắt buộc khi không đồng ý, hoặc chỉ đồng ý một phần.",
    )
    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)
    agrees = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, page: ChangePage, **kwargs: Any) -> None:
        names = list(page.request.proposed)
        super().__init__(*args, initial={"accepted": names}, **kwargs)
        self.page = page
        choices = [(line.name, f"{line.label}: {line.after}") for line in page.differences]
        self.fields["accepted"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if typed.pop("agrees", "") != "yes":
            typed["accepted"] = []
        elif not self.page.is_divisible:
            typed["accepted"] = list(self.page.request.proposed)
        elif not typed.get("accepted"):
            self.add_error("accepted", "Chọn ít nhất một mục, hoặc bấm “Chưa đồng ý”.")
        return typed


class WordsForm(VietnameseForm):
    """One thing said: a question, an answer, why a request is taken back."""

    words = forms.CharField(label="Viết ở đây", max_length=1000, widget=forms.Textarea)
