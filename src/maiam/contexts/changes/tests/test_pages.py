import pytest
from django.urls import reverse

from maiam.contexts.changes.models import ChangeRequest
from maiam.contexts.families.models import HouseholdMembership

FACTS = {
    "asker": "person",
    "shown": "identity_card",
    "sex": "female",
    "birth": "1984",
    "phone": "0905 000 111",
    "full_name": "H'Lăn Niê",
}


@pytest.fixture
def head(client_for, village_head):
    return client_for(village_head)


@pytest.fixture
def officer(client_for, lan):
    return client_for(lan)


def _body(answer):
    return answer.content.decode()


def _ask(client, woman, village, **typed):
    return client.post(
        reverse("changes:ask_kind", args=[woman.id, "facts"]), FACTS | {"village_id": village.id} | typed, follow=True
    )


def test_a_village_head_comes_from_the_persons_page(head, woman):
    page = _body(head.get(reverse("families:person", args=[woman.id])))

    assert reverse("changes:ask", args=[woman.id]) in page
    assert "Sửa thông tin" in _body(head.get(reverse("changes:ask", args=[woman.id])))


def test_only_what_was_changed_is_asked(head, woman, village):
    answer = _ask(head, woman, village)

    assert list(ChangeRequest.objects.get().proposed) == ["full_name"]
    assert "H&#x27;Lăn Niê" in _body(answer)


def test_a_relative_who_asks_says_their_name(head, woman, village):
    answer = _ask(head, woman, village, asker="relative")

    assert "Ghi tên người đề nghị." in _body(answer)
    assert not ChangeRequest.objects.exists()


def test_nothing_new_is_said_so(head, woman, village):
    answer = _ask(head, woman, village, full_name="H'Lan Niê")

    assert "Sổ đã ghi đúng như vậy" in _body(answer)


def test_a_number_that_is_none_is_said_by_its_field(head, woman, village):
    answer = _ask(head, woman, village, identity_number="123")

    assert not ChangeRequest.objects.exists()
    assert "govuk-error-summary" in _body(answer)


def test_a_household_nobody_knows_is_said_by_its_field(head, woman):
    address = reverse("changes:ask_kind", args=[woman.id, "moved_in"])
    typed = {"asker": "village_head", "shown": "known", "home": "XX-9", "role": "other", "on": "01/10/2026"}

    assert "Xã không có hộ nào mang mã “XX-9”." in _body(head.post(address, typed))


def test_an_unknown_kind_is_no_page(head, woman):
    assert head.get(reverse("changes:ask_kind", args=[woman.id, "anything"])).status_code == 404


def test_a_new_child_is_asked_for_from_the_household(head, woman):
    household = HouseholdMembership.objects.get(person=woman).household
    address = reverse("changes:ask_new_member", args=[household.id])
    typed = {
        "asker": "village_head", "shown": "known", "full_name": "Y Bin Niê", "sex": "male",
        "birth": "02/10/2026", "role": "child", "on": "02/10/2026",
    }  # fmt: skip

    answer = head.post(address, typed, follow=True)

    assert "Y Bin Niê" in _body(answer)
    assert ChangeRequest.objects.get().household == household


def test_the_officer_agrees_on_the_page(head, officer, woman, village):
    _ask(head, woman, village)
    request = ChangeRequest.objects.get()
    page = officer.get(reverse("changes:detail", args=[request.id]))
    seen = page.context["page"].seen

    answer = officer.post(reverse("changes:decide", args=[request.id]), {"seen": seen, "agrees": "yes"}, follow=True)

    woman.refresh_from_db()
    assert woman.full_name == "H'Lăn Niê"
    assert "Đã sửa vào sổ" in _body(answer)
    assert "Đã sửa vào sổ" in _body(head.get(reverse("changes:list"), {"xong": 1}))


def test_a_page_grown_old_is_shown_anew_and_can_be_answered(head, officer, woman, village):
    _ask(head, woman, village)
    request = ChangeRequest.objects.get()
    address = reverse("changes:decide", args=[request.id])

    refused = officer.post(address, {"seen": "0" * 16, "agrees": "yes"})
    fresh = refused.context["page"].seen

    assert "Sổ vừa được sửa" in _body(refused)
    assert f'value="{fresh}"' in _body(refused)


def test_refusing_without_a_word_is_sent_back(head, officer, woman, village):
    _ask(head, woman, village)
    request = ChangeRequest.objects.get()

    answer = officer.post(reverse("changes:decide", args=[request.id]), {"seen": "x", "agrees": "no"})

    assert "Viết một câu lý do" in _body(answer)


def test_the_talk_goes_both_ways(head, officer, woman, village):
    _ask(head, woman, village)
    request = ChangeRequest.objects.get()
    officer.post(reverse("changes:ask_back", args=[request.id]), {"words": "Có giấy không?"})
    assert "Có giấy không?" in _body(head.get(reverse("changes:detail", args=[request.id])))

    head.post(reverse("changes:answer", args=[request.id]), {"words": "Có, đã xem"})
    answer = head.post(reverse("changes:withdraw", args=[request.id]), {"words": "Nhầm"}, follow=True)

    assert "Đã rút lại" in _body(answer)


def test_today_leads_to_the_request(head, officer, woman, village):
    _ask(head, woman, village)

    assert reverse("changes:detail", args=[ChangeRequest.objects.get().id]) in _body(
        officer.get(reverse("duties:today"))
    )
