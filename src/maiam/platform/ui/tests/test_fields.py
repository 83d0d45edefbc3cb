"""How a field is drawn: what a screen reader hears, and what a person finds again after a refusal."""

import pytest
from django import forms

from maiam.platform.ui.forms import FilteringForm, MomentField, VietnameseForm


class VisitForm(VietnameseForm):
    name = forms.CharField(label="Họ và tên", help_text="Như trên giấy tờ.")
    sex = forms.ChoiceField(label="Giới tính", choices=[("f", "Nữ"), ("m", "Nam")], widget=forms.RadioSelect)
    acts = forms.MultipleChoiceField(
        label="Việc đã xảy ra",
        choices=[("hit", "Đánh"), ("words", "Chửi")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    at = MomentField(label="Lúc nào")
    village = forms.ChoiceField(label="Thôn", choices=[("", "Chọn"), ("1", "Bon Bu Prâng")], required=False)
    story = forms.CharField(label="Kể lại", widget=forms.Textarea, required=False)
    photo = forms.FileField(label="Ảnh", required=False)
    agreed = forms.BooleanField(label="Tôi đã ghi lại mã")


VisitForm.base_fields["sex"].option_hints = {"f": "Cả em gái"}


def test_a_label_a_hint_and_an_error_are_tied_to_their_box(page):
    html = page("{% field form.name %}", form=VisitForm({}))

    assert '<label class="govuk-label"\n         for="id_name">' in html
    assert 'id="id_name_hint">Như trên giấy tờ.' in html
    assert 'aria-describedby="id_name_hint id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_an_error_begins_with_the_word_error(page):
    html = page("{% field form.name %}", form=VisitForm({}))

    assert "Lỗi: Hãy điền “Họ và tên”." in html


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("name", 'type="text"'),
        ("village", "<select"),
        ("story", "<textarea"),
        ("photo", 'type="file"'),
        ("sex", 'type="radio"'),
        ("acts", 'type="checkbox"'),
        ("agreed", 'type="checkbox"'),
        ("at", 'name="at_date"'),
    ],
)
def test_every_kind_of_field_can_be_drawn(page, name, part):
    assert part in page("{% field box %}", box=VisitForm()[name])


def test_choices_share_one_legend_and_show_what_was_chosen(page):
    html = page("{% field form.sex %}", form=VisitForm({"sex": "m"}))

    assert html.count("<legend") == 1
    assert html.index("checked") > html.index('value="m"')


def test_a_choice_may_carry_its_own_hint(page):
    html = page("{% field form.sex %}", form=VisitForm())

    assert 'aria-describedby="id_sex_0_hint"' in html
    assert "Cả em gái" in html


def test_only_an_optional_field_says_that_it_is(page):
    form = VisitForm()

    assert "(không bắt buộc)" in page("{% field form.story %}", form=form)
    assert "(không bắt buộc)" not in page("{% field form.name %}", form=form)
    assert "(không bắt buộc)" not in page("{% field form.story optional_mark=False %}", form=form)


def test_what_narrows_a_list_says_of_no_box_that_it_may_stay_empty(page):
    class Narrowing(FilteringForm):
        name = forms.CharField(label="Tên", required=False)

    assert "(không bắt buộc)" not in page("{% field form.name %}", form=Narrowing())


def test_one_question_a_page_makes_its_label_the_heading(page):
    assert page('{% field form.name heading=True size="l" %}', form=VisitForm()).count("<h1") == 1
    assert page('{% field form.sex heading=True size="l" %}', form=VisitForm()).count("<h1") == 1


def test_what_was_typed_stays_in_its_box_and_stays_text(page):
    typed = '"><svg onload=alert(1)>'

    html = page("{% field form.name %}{% field form.at %}", form=VisitForm({"name": typed, "at_date": "31/02/2024"}))

    assert "<svg" not in html
    assert 'value="31/02/2024"' in html


def test_a_wish_no_field_knows_is_refused(page):
    with pytest.raises(TypeError):
        page("{% field form.name colour=1 %}", form=VisitForm())


def test_the_summary_on_top_leads_to_every_field_in_error(page):
    form = VisitForm({"agreed": "on"})
    form.add_error(None, "Việc này đã có người làm.")

    html = page("{% error_summary form %}", form=form)

    assert "Có 4 chỗ cần sửa" in html
    assert [f'href="#{target}"' in html for target in ("id_name", "id_sex_0", "id_at_0")] == [True, True, True]
    assert html.index("Việc này đã có người làm.") < html.index("#id_name")


def test_a_form_without_errors_has_no_summary_and_no_mark_in_the_title(page):
    source = "{% error_summary form %}{% error_prefix form %}"

    assert page(source, form=VisitForm()).strip() == ""
    assert page(source, form=None).strip() == ""
    assert "Lỗi: " in page("{% error_prefix form %}", form=VisitForm({}))
