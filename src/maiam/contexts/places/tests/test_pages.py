"""Finding a place and what became of it, on a phone, with script or without."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from maiam.contexts.places.models import Unit

pytestmark = pytest.mark.django_db


def test_an_old_name_typed_without_marks_leads_to_the_commune_of_today(client):
    page = client.get(reverse("places:search"), {"q": "dak lao"}).content.decode()

    assert "trước 7/2025: Xã Đắk Lao, Huyện Đắk Mil" in page


def test_while_typing_only_the_options_come(client):
    answer = client.get(reverse("places:search"), {"q": "dak mil"}, headers={"HX-Request": "true"})

    assert answer.content.decode().startswith("<option")


def test_what_was_typed_stays_and_is_plain_text(client):
    page = client.get(reverse("places:search"), {"q": "<svg onload=alert(1)>"}).content.decode()

    assert "<svg onload" not in page
    assert "Chưa tìm thấy" in page


@pytest.mark.parametrize("typed", ["\0", "%", "%00%ff", "x" * 9000, ",,,", "(", "đ, đ, đ"])
def test_odd_typing_is_answered(client, typed):
    assert client.get(reverse("places:search"), {"q": typed}).status_code == 200


def test_a_district_says_that_it_is_no_more(client):
    dak_mil = Unit.objects.get(level="district", name="Huyện Đắk Mil")

    assert "không còn cấp huyện" in client.get(reverse("places:unit", args=[dak_mil.id])).content.decode()


def test_a_commune_says_what_it_was_and_what_it_touches(client, commune, village):
    page = client.get(reverse("places:unit", args=[commune.id])).content.decode()

    assert all(words in page for words in ("Xã Đắk Gằn", "Giáp với", "Bon Bu Đăk", "Tỉnh Lâm Đồng"))


def test_a_split_commune_says_that_only_a_part_went_there(client):
    split = Unit.objects.filter(successions__kind="split").first()

    assert "một phần thuộc" in client.get(reverse("places:unit", args=[split.id])).content.decode()


@pytest.mark.parametrize("unit_id", [0, 2**31, 2**70])
def test_a_place_that_is_not_there_is_not_found(client, unit_id):
    assert client.get(f"/dia-ban/{unit_id}/").status_code == 404


def test_pages_cost_few_questions_to_the_database(client, commune, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        client.get(reverse("places:unit", args=[commune.id]))
    with django_assert_max_num_queries(16):
        client.get(reverse("places:search"), {"q": "tan lap"})


def test_the_real_units_agree_with_each_other():
    told = StringIO()

    call_command("places_check", stdout=told)

    assert "3321 communes are drawn as approximate cells" in told.getvalue()


def test_a_commune_without_a_position_is_named(commune):
    Unit.objects.filter(id=commune.id).update(latitude=None)

    with pytest.raises(CommandError):
        call_command("places_check", stdout=StringIO())
