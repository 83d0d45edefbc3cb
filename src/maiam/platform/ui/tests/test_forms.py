"""What people type, how it is read, and what they are told when it cannot be read."""

import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.utils import timezone

from maiam.core.text import VIETNAM, PartialDate
from maiam.platform.errors import DomainError
from maiam.platform.ui.forms import (
    MomentField,
    PhoneField,
    TracelessForm,
    VietnameseDateField,
    VietnameseForm,
    VietnameseNumberField,
)


def form_with(field: forms.Field, typed: object = None, **more: object) -> VietnameseForm:
    """A form of one field `x`; `typed` is what was sent for it."""
    kind = type("OneFieldForm", (VietnameseForm,), {"x": field})
    return kind(None if typed is None else {"x": typed}, **more)


def read(field: forms.Field, typed: object) -> object:
    form = form_with(field, typed)
    assert form.is_valid(), form.errors
    return form.cleaned_data["x"]


def refusal(field: forms.Field, typed: object) -> str:
    return " ".join(form_with(field, typed).errors["x"])


class TestText:
    def test_both_ways_to_write_a_marked_letter_are_one(self):
        assert read(forms.CharField(), unicodedata.normalize("NFD", "Nguyễn Thị Ế")) == "Nguyễn Thị Ế"

    def test_what_cannot_be_seen_is_not_an_answer(self):
        assert refusal(forms.CharField(label="Họ và tên"), "\u202e\u200b") == "Hãy điền “Họ và tên”."

    def test_a_story_keeps_its_lines_and_a_name_has_none(self):
        assert read(forms.CharField(widget=forms.Textarea), "Đêm qua.\r\nAnh ấy…") == "Đêm qua.\nAnh ấy…"
        assert read(forms.CharField(), "Bu\tPrâng\u0000") == "Bu Prâng"

    def test_a_password_is_taken_as_it_is(self):
        assert read(forms.CharField(widget=forms.PasswordInput, strip=False), " mật  khẩu ") == " mật  khẩu "

    def test_half_a_character_does_not_break_the_page(self):
        form = form_with(forms.CharField(), "a\ud800")

        assert "a?" in str(form)

    def test_a_long_text_is_counted_and_never_cut_by_the_browser(self):
        form = form_with(forms.CharField(label="Tên", max_length=5), "Nguyễn Thị")

        assert form.errors["x"] == ["“Tên” dài quá 5 chữ (đang có 10). Hãy rút ngắn."]
        assert "maxlength" not in str(form)
        assert "Nguyễn Thị" in str(form)


class TestWords:
    @pytest.mark.parametrize(
        ("field", "words"),
        [
            (forms.CharField(label="Họ và tên"), "Hãy điền “Họ và tên”."),
            (forms.CharField(label="Bạn đang ở đâu?"), "Hãy trả lời câu “Bạn đang ở đâu?”"),
            (forms.ChoiceField(label="Thôn", choices=[("1", "Một")]), "Hãy chọn “Thôn”."),
            (forms.BooleanField(label="Tôi đồng ý"), "Hãy đánh dấu “Tôi đồng ý”."),
            (forms.FileField(label="Ảnh"), "Hãy chọn “Ảnh”."),
            (VietnameseDateField(label="Ngày sinh"), "Hãy điền “Ngày sinh”."),
            (MomentField(label="Nhận tin lúc"), "Hãy điền “Nhận tin lúc”."),
        ],
    )
    def test_an_empty_field_is_asked_for_by_its_name(self, field, words):
        assert refusal(field, "") == words

    def test_a_choice_of_somewhere_else_is_unknown(self):
        field = forms.ChoiceField(label="Tỷ lệ %", choices=[("1", "Một")])

        assert refusal(field, "999") == "Không có lựa chọn này ở “Tỷ lệ %”. Hãy chọn lại trong danh sách."

    def test_a_field_may_have_words_of_its_own(self):
        field = forms.CharField(error_messages={"required": "Hãy ghi tên gọi hằng ngày."})

        assert refusal(field, "") == "Hãy ghi tên gọi hằng ngày."


class TestDates:
    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("02/03/2024", PartialDate(2024, 3, 2)),
            ("25.12.1984", PartialDate(1984, 12, 25)),
            ("12/1984", PartialDate(1984, 12)),
            ("khoảng 1960", PartialDate(1960, approximate=True)),
        ],
    )
    def test_the_day_comes_first_and_only_what_is_known_is_kept(self, typed, meant):
        assert read(VietnameseDateField(), typed) == meant

    def test_an_exact_date_is_a_day(self):
        assert read(VietnameseDateField(exact=True), "02/03/2024") == date(2024, 3, 2)
        assert "đủ ngày, tháng, năm" in refusal(VietnameseDateField(exact=True), "2024")

    def test_a_day_no_month_has_is_named_and_stays_in_the_box(self):
        form = form_with(VietnameseDateField(), "31/02/1985")

        assert form.errors["x"] == ["Chưa đọc được ngày “31/02/1985”. Tháng 2 không có ngày 31."]
        assert 'value="31/02/1985"' in str(form)

    def test_a_day_to_come_is_refused_unless_it_may_come(self):
        tomorrow = f"{timezone.localdate() + timedelta(days=1):%d/%m/%Y}"

        assert "chưa tới" in refusal(VietnameseDateField(), tomorrow)
        assert read(VietnameseDateField(allow_future=True), tomorrow)

    def test_a_known_date_is_shown_as_it_is_written_here(self):
        assert 'value="02/03/2024"' in str(form_with(VietnameseDateField(), initial={"x": date(2024, 3, 2)}))
        assert 'value="khoảng 1960"' in str(
            form_with(VietnameseDateField(), initial={"x": PartialDate(1960, approximate=True)})
        )

    def test_a_date_nobody_has_to_know_may_be_left_out(self):
        assert read(VietnameseDateField(required=False), " ") is None


class TestNumbers:
    def test_a_dot_parts_thousands_and_a_comma_the_rest(self):
        assert read(VietnameseNumberField(), "12.500") == 12500
        assert read(VietnameseNumberField(whole=False), "1.500,25") == Decimal("1500.25")

    @pytest.mark.parametrize("typed", ["1.5", "NaN", "1e999", "9" * 400, "²", "-1"])
    def test_what_is_no_number_of_ours_is_refused(self, typed):
        assert refusal(VietnameseNumberField(), typed)

    def test_limits_speak(self):
        assert "không quá 20" in refusal(VietnameseNumberField(maximum=20), "21")

    def test_a_known_number_is_shown_with_its_dots(self):
        assert 'value="12.500"' in str(form_with(VietnameseNumberField(), initial={"x": 12500}))


class TestPhones:
    def test_a_phone_is_kept_in_one_form_and_shown_as_it_is_said(self):
        assert read(PhoneField(), "0905.000.111") == "+84905000111"
        assert 'value="0905 000 111"' in str(form_with(PhoneField(), initial={"x": "+84905000111"}))

    def test_a_service_number_is_nobodys(self):
        assert "tổng đài" in refusal(PhoneField(), "113")

    def test_no_phone_is_an_empty_text(self):
        assert read(PhoneField(required=False), "") == ""


class TestMoments:
    def moment(self, day: str, time: str, **limits: object) -> VietnameseForm:
        kind = type("MomentForm", (VietnameseForm,), {"x": MomentField(label="Lúc", **limits)})
        return kind({"x_date": day, "x_time": time})

    def test_a_day_and_a_time_are_a_moment_in_vietnam(self):
        form = self.moment("23/11/2025", "14h05")

        assert form.is_valid()
        assert form.cleaned_data["x"] == datetime(2025, 11, 23, 14, 5, tzinfo=VIETNAM)

    def test_half_a_moment_asks_for_the_other_half_and_keeps_the_first(self):
        form = self.moment("23/11/2025", "")

        assert "Chưa nhập giờ" in form.errors["x"][0]
        assert 'value="23/11/2025"' in str(form)

    def test_a_moment_to_come_is_refused_unless_it_may_come(self):
        soon = (timezone.now() + timedelta(minutes=5)).astimezone(VIETNAM)
        typed = (f"{soon:%d/%m/%Y}", f"{soon:%H:%M}")

        assert "chưa tới" in self.moment(*typed).errors["x"][0]
        assert self.moment(*typed, allow_future=True).is_valid()

    def test_a_known_moment_is_shown_on_the_clocks_of_vietnam(self):
        noon = datetime(2025, 11, 23, 12, 0, tzinfo=VIETNAM)

        html = str(form_with(MomentField(), initial={"x": noon.astimezone(timezone.get_fixed_timezone(0))}))

        assert 'value="23/11/2025"' in html
        assert 'value="12:00"' in html


class OwnFieldError(DomainError):
    message = "Mỗi lần không quá 3 ngày."
    field = "x"


class OtherFieldError(DomainError):
    message = "Vụ việc đã đóng."
    field = "elsewhere"


def test_a_rules_refusal_stands_by_its_field_or_on_top():
    form = form_with(forms.CharField(), "một")

    form.refuse(OwnFieldError())
    form.refuse(OtherFieldError())

    assert form.errors["x"] == ["Mỗi lần không quá 3 ngày."]
    assert form.non_field_errors() == ["Vụ việc đã đóng."]


def test_a_borrowed_phone_is_asked_to_remember_nothing():
    class StoryForm(TracelessForm):
        story = forms.CharField(widget=forms.Textarea)

    html = str(StoryForm())

    assert 'autocomplete="off"' in html
    assert 'spellcheck="false"' in html
