"""One form for each thing that can happen to a household. `arguments` is what its service is told."""

from typing import Any, ClassVar
from uuid import UUID

from django import forms

from maiam.contexts.families import queries
from maiam.contexts.families.forms.people import A_DAY
from maiam.contexts.families.queries import HouseholdOn
from maiam.contexts.families.rules import (
    MEMBER_ROLE_LABELS,
    RESIDENCE_LABELS,
    SEX_LABELS,
    MemberRole,
    Residence,
    Sex,
)
from maiam.contexts.families.services import NewHome, PersonFacts
from maiam.contexts.places import queries as places
from maiam.core.text import PartialDate
from maiam.platform.access import Actor
from maiam.platform.ui.forms import VietnameseDateField, VietnameseForm

_ROLES = [(role.value, label) for role, label in MEMBER_ROLE_LABELS.items()]
_RESIDENCES = [(residence.value, label) for residence, label in RESIDENCE_LABELS.items()]
_NEXT_HEAD_HELP = "Chỉ cần khi chủ hộ là người đi hoặc mất."


class MemberField(forms.TypedChoiceField):
    """One person who lives in the household."""

    def __init__(self, label: str, *, required: bool = True, is_adult: bool = False, help_text: str = "") -> None:
        super().__init__(label=label, required=required, coerce=UUID, empty_value=None, help_text=help_text)
        self.is_adult = is_adult


class MembersField(forms.TypedMultipleChoiceField):
    def __init__(self, label: str) -> None:
        super().__init__(label=label, coerce=UUID, widget=forms.CheckboxSelectMultiple)
        self.is_adult = False


class EventForm(VietnameseForm):
    """What happened to one household, on which day."""

    slug: ClassVar[str]
    title: ClassVar[str]
    # What follows from it, where the title does not say it all.
    advice: ClassVar[str] = ""
    # The field whose person is sought in the whole register.
    sought: ClassVar[str] = ""

    on = VietnameseDateField(label="Ngày xảy ra", exact=True, help_text=A_DAY)
    note = forms.CharField(label="Ghi chú", required=False, max_length=300)

    def __init__(self, *args: Any, actor: Actor, page: HouseholdOn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.page = actor, page
        for field in self.fields.values():
            if isinstance(field, MemberField | MembersField):
                field.choices = list(self._members(field))
        if "village_id" in self.fields:
            villages = [(village.id, village.name) for village in places.villages_of(page.household.commune_id)]
            self.fields["village_id"].choices = [("", "Chưa rõ"), *villages]  # type: ignore[attr-defined]

    def _members(self, field: MemberField | MembersField) -> list[tuple[str, str]]:
        lines = [line for line in self.page.members if line.is_adult or not field.is_adult]
        choices = [(str(line.person.id), f"{line.person.full_name} ({line.role_label.lower()})") for line in lines]
        is_single = isinstance(field, MemberField)
        return [("", "Chọn một người" if field.required else "Không chọn"), *choices] if is_single else choices

    @property
    def household_id(self) -> UUID:
        return self.page.household.id

    def arguments(self) -> dict[str, Any]:
        """What the service is told beside the actor and the moment."""
        return self._renamed()

    def _renamed(self, **names: str) -> dict[str, Any]:
        """The arguments, some under the name the service gives them."""
        typed = {"household_id": self.household_id, **self.cleaned_data}
        return {names.get(name, name): value for name, value in typed.items()}


class BirthForm(EventForm):
    slug, title = "sinh", "Ghi trẻ mới sinh"
    on = None  # type: ignore[assignment] # the day of birth says it
    full_name = forms.CharField(label="Họ và tên trẻ", max_length=300)
    sex = forms.ChoiceField(
        label="Giới tính",
        choices=[(sex.value, SEX_LABELS[sex]) for sex in (Sex.FEMALE, Sex.MALE)],
        widget=forms.RadioSelect,
    )
    birth = VietnameseDateField(label="Ngày sinh", exact=True, help_text=A_DAY)
    mother = MemberField("Mẹ", required=False, help_text="Nếu mẹ ở hộ này.")
    father = MemberField("Cha", required=False, help_text="Nếu cha ở hộ này.")
    ethnicity = forms.CharField(label="Dân tộc", required=False, max_length=40)
    field_order = ("full_name", "sex", "birth", "mother", "father", "ethnicity", "note")

    def arguments(self) -> dict[str, Any]:
        told, place, born = self.cleaned_data, self.page.household, self.cleaned_data["birth"]
        child = PersonFacts(
            full_name=told["full_name"],
            commune_id=place.commune_id,
            village_id=place.village_id,
            sex=Sex(told["sex"]),
            birth=PartialDate(born.year, born.month, born.day),
            ethnicity=told["ethnicity"],
        )
        parents = {"mother_id": told["mother"], "father_id": told["father"]}
        return {"household_id": self.household_id, "child": child, "note": told["note"], **parents}


class DeathForm(EventForm):
    slug, title = "mat", "Ghi người mất"
    person = MemberField("Người mất")
    next_head = MemberField("Chủ hộ tiếp theo", required=False, is_adult=True, help_text=_NEXT_HEAD_HELP)
    field_order = ("person", "on", "next_head", "note")

    def arguments(self) -> dict[str, Any]:
        told = self._renamed(person="person_id", on="died_on", next_head="next_head_id")
        told.pop("household_id")
        return told


class MarriageForm(EventForm):
    slug, title, sought = "ket-hon", "Ghi kết hôn", "other"
    one = MemberField("Người trong hộ")
    other = forms.UUIDField(label="Kết hôn với", error_messages={"required": "Chọn một người trong danh sách."})
    is_home_here = forms.BooleanField(
        label="Hai người ở hộ này từ ngày đó",
        required=False,
        help_text="Nếu người kia đang là chủ hộ ở nơi còn người lớn khác, hãy đổi chủ hộ ở đó trước.",
    )
    field_order = ("one", "other", "on", "is_home_here", "note")

    def arguments(self) -> dict[str, Any]:
        told = self._renamed(one="one_id", other="other_id", on="married_on")
        return told | {"household_id": self.household_id if told.pop("is_home_here") else None}


class DivorceForm(EventForm):
    slug, title = "ly-hon", "Ghi ly hôn"
    one = MemberField("Một bên")
    other = MemberField("Bên kia")
    leaver = MemberField("Ai rời hộ từ ngày đó?", required=False)
    next_head = MemberField("Chủ hộ tiếp theo", required=False, is_adult=True, help_text=_NEXT_HEAD_HELP)
    field_order = ("one", "other", "on", "leaver", "next_head", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """The other side may live in another household, or in none."""
        super().__init__(*args, **kwargs)
        here = {line.person.id for line in self.page.members}
        away = [one for one in queries.spouses_of(self.actor, here) if one.id not in here]
        elsewhere = [(str(one.id), f"{one.full_name} (không ở hộ này)") for one in away]
        others: MemberField = self.fields["other"]  # type: ignore[assignment]
        others.choices = [*self._members(others), *elsewhere]

    def arguments(self) -> dict[str, Any]:
        names = {"one": "one_id", "other": "other_id", "on": "divorced_on", "leaver": "leaver_id"}
        told = self._renamed(**names, next_head="next_head_id")
        told.pop("household_id")
        return told


class MoveInForm(EventForm):
    slug, title, sought = "chuyen-den", "Ghi người chuyển đến", "person"
    person = forms.UUIDField(label="Người chuyển đến", error_messages={"required": "Chọn một người trong danh sách."})
    role = forms.ChoiceField(label="Là gì trong hộ", choices=[("", "Chọn"), *_ROLES])
    residence = forms.ChoiceField(label="Cư trú", choices=_RESIDENCES, initial=Residence.PERMANENT)
    field_order = ("person", "role", "residence", "on", "note")

    def arguments(self) -> dict[str, Any]:
        told = self._renamed(person="who")
        return told | {"role": MemberRole(told["role"]), "residence": Residence(told["residence"])}


class MoveOutForm(EventForm):
    slug, title = "chuyen-di", "Ghi người chuyển đi"
    people = MembersField("Ai chuyển đi?")
    next_head = MemberField("Chủ hộ tiếp theo", required=False, is_adult=True, help_text=_NEXT_HEAD_HELP)
    note = forms.CharField(label="Chuyển đi đâu?", required=False, max_length=300)
    field_order = ("people", "on", "next_head", "note")

    def arguments(self) -> dict[str, Any]:
        return self._renamed(people="person_ids", next_head="next_head_id", note="destination")


class HouseholdMovedForm(EventForm):
    slug, title = "doi-cho-o", "Ghi hộ đổi chỗ ở"
    village_id = forms.TypedChoiceField(label="Thôn (bon, buôn, tổ)", required=False, coerce=int, empty_value=None)
    address = forms.CharField(label="Địa chỉ mới", required=False, max_length=200)
    field_order = ("village_id", "address", "on", "note")


class SplitForm(EventForm):
    slug, title = "tach-ho", "Tách hộ"
    people = MembersField("Ai sang hộ mới?")
    head = MemberField("Chủ hộ mới", is_adult=True)
    code = forms.CharField(label="Mã hộ mới", max_length=30)
    village_id = forms.TypedChoiceField(label="Thôn (bon, buôn, tổ)", required=False, coerce=int, empty_value=None)
    address = forms.CharField(label="Địa chỉ", required=False, max_length=200)
    next_head = MemberField("Chủ hộ cũ do ai thay?", required=False, is_adult=True, help_text=_NEXT_HEAD_HELP)
    field_order = ("people", "head", "code", "village_id", "address", "on", "next_head", "note")

    def arguments(self) -> dict[str, Any]:
        told = self.cleaned_data
        new = NewHome(
            code=told["code"],
            person_ids=told["people"],
            head_id=told["head"],
            village_id=told["village_id"],
            address=told["address"],
        )
        moment = {"on": told["on"], "note": told["note"], "next_head_id": told["next_head"]}
        return {"household_id": self.household_id, "new": new, **moment}


class MergeForm(EventForm):
    slug, title = "nhap-ho", "Nhập vào hộ khác"
    into = forms.CharField(label="Mã hộ nhận", max_length=30, help_text="Mọi người của hộ này sang hộ ấy.")
    field_order = ("into", "on", "note")

    def clean_into(self) -> UUID:
        found = queries.household_by_code(self.actor, self.page.household.commune_id, self.cleaned_data["into"])
        if found is None:
            raise forms.ValidationError("Xã không có hộ nào mang mã này.")
        return UUID(str(found.id))

    def arguments(self) -> dict[str, Any]:
        return self._renamed(into="into_id")


class DissolveForm(EventForm):
    slug, title = "xoa-ho", "Xóa hộ khỏi sổ"
    advice = (
        "Chỉ dùng khi hộ không còn nữa. Từ ngày đó không ai ở hộ này; từng người vẫn còn trong sổ. "
        "Nếu cả nhà chuyển đi hoặc sang ở cùng hộ khác, hãy ghi việc đó thay vì xóa."
    )


class HeadForm(EventForm):
    slug, title = "doi-chu-ho", "Đổi chủ hộ"
    person = MemberField("Chủ hộ mới", is_adult=True)
    field_order = ("person", "on", "note")

    def arguments(self) -> dict[str, Any]:
        return self._renamed(person="person_id")


class StayForm(EventForm):
    slug, title = "doi-cu-tru", "Đổi vai trong hộ, cư trú"
    person = MemberField("Ai?")
    role = forms.ChoiceField(label="Là gì trong hộ", required=False, choices=[("", "Như cũ"), *_ROLES])
    residence = forms.ChoiceField(label="Cư trú", required=False, choices=[("", "Như cũ"), *_RESIDENCES])
    field_order = ("person", "role", "residence", "on", "note")

    def arguments(self) -> dict[str, Any]:
        told = self.cleaned_data
        stay = next(line.membership.id for line in self.page.members if line.person.id == told["person"])
        role = MemberRole(told["role"]) if told["role"] else None
        residence = Residence(told["residence"]) if told["residence"] else None
        return {"membership_id": stay, "role": role, "residence": residence, "on": told["on"], "note": told["note"]}


class RevokeForm(VietnameseForm):
    reason = forms.CharField(label="Vì sao rút lại?", max_length=300, help_text="Ví dụ: ghi nhầm hộ.")


EVENT_FORMS: dict[str, type[EventForm]] = {
    form.slug: form
    for form in (
        BirthForm,
        MoveInForm,
        MoveOutForm,
        MarriageForm,
        DivorceForm,
        DeathForm,
        HeadForm,
        StayForm,
        HouseholdMovedForm,
        SplitForm,
        MergeForm,
        DissolveForm,
    )
}
