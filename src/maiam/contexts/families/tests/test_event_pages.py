"""What happens to a household, told on its page by the officer."""

import pytest

from maiam.contexts.families import queries, services
from maiam.contexts.families.forms import EVENT_FORMS
from maiam.contexts.families.models import FamilyEvent
from maiam.contexts.families.rules import MemberRole, Sex
from maiam.contexts.families.views.events import SERVICES

pytestmark = pytest.mark.django_db

DAY = "2/5/2024"


@pytest.fixture
def desk(family, client_for, lan):
    return client_for(lan)


@pytest.fixture
def tell(desk, book):
    """Send the form of an event of the first household; what the page says when it is not taken."""

    def told(slug, of="BD-1", **typed):
        answer = desk.post(f"/gia-dinh/ho/{book.home(of).id}/ghi/{slug}/", typed)
        return "" if answer.status_code == 302 else answer.content.decode()

    return told


def test_each_event_has_its_form_and_its_service():
    assert EVENT_FORMS.keys() == SERVICES.keys()


@pytest.mark.parametrize("slug", list(EVENT_FORMS))
def test_each_form_opens_and_says_what_is_missing(desk, tell, book, slug):
    url = f"/gia-dinh/ho/{book.home('BD-1').id}/ghi/{slug}/"

    assert EVENT_FORMS[slug].title in desk.get(url).content.decode()
    assert "govuk-error-summary" in tell(slug, on="hôm nào")


def test_an_event_nobody_knows_has_no_page(desk, book):
    assert desk.get(f"/gia-dinh/ho/{book.home('BD-1').id}/ghi/bay-len-troi/").status_code == 404


def test_a_child_is_born(tell, book, mother, father):
    typed = {"full_name": "H'Mai Mlô", "sex": "female", "birth": DAY, "mother": mother.id, "father": father.id}

    assert tell("sinh", **typed) == ""
    assert book.on("BD-1")["H'Mai Mlô"] == "Con"


def test_when_the_head_dies_the_next_one_is_asked_for(tell, book, father, mother):
    assert "Hãy chọn chủ hộ tiếp theo" in tell("mat", person=father.id, on=DAY)
    assert tell("mat", person=father.id, on=DAY, next_head=mother.id) == ""
    assert book.on("BD-1")["H'Hoa Mlô"] == "Chủ hộ"


def test_a_bride_is_sought_in_the_register_and_comes_to_live_here(desk, tell, book, son):
    bride = book.writes("BD-2", ("H'Yar Byă", Sex.FEMALE, 1998, MemberRole.HEAD))["H'Yar Byă"]
    url = f"/gia-dinh/ho/{book.home('BD-1').id}/ghi/ket-hon/"

    assert str(bride.id) in desk.get(f"{url}?q=h yar bya").content.decode()
    assert tell("ket-hon", one=son.id, other=bride.id, on=DAY, is_home_here="on") == ""
    assert book.on("BD-1")["H'Yar Byă"] == "Con dâu, con rể"


def test_husband_and_wife_divorce_and_one_leaves(tell, book, father, mother):
    assert tell("ly-hon", one=father.id, other=mother.id, leaver=mother.id, on=DAY) == ""
    assert "H'Hoa Mlô" not in book.on("BD-1")
    assert book.kin(father.id)["H'Hoa Mlô"].startswith("Vợ, chồng")


def test_a_couple_that_lives_apart_divorces_too(desk, tell, book, father, mother):
    tell("chuyen-di", people=[mother.id], on=DAY)

    offered = desk.get(f"/gia-dinh/ho/{book.home('BD-1').id}/ghi/ly-hon/").content.decode()
    assert "H&#x27;Hoa Mlô (không ở hộ này)" in offered
    assert tell("ly-hon", one=father.id, other=mother.id, on="3/6/2024") == ""
    assert book.kin(mother.id)["Y Bhăm Niê"].startswith("Vợ, chồng")


def test_a_kinship_that_life_ended_is_told_so_on_its_page(desk, book, son):
    aunt = book.writes("BD-2", ("H'Nuk Niê", Sex.FEMALE, 1975, MemberRole.HEAD))["H'Nuk Niê"]
    pair = {"person_id": son.id, "relative_id": aunt.id}
    link = book.does(services.record_kinship, relation="adoptive_parent", **pair)
    url = f"/gia-dinh/nguoi/{son.id}/nguoi-than/{link.id}/thoi/"

    assert url in desk.get(f"/gia-dinh/nguoi/{son.id}/").content.decode()
    assert "govuk-error-summary" in desk.post(url, {"ends_on": "1/1/2090"}).content.decode()
    assert desk.post(url, {"ends_on": DAY}).status_code == 302
    assert "đến 02/05/2024" in desk.get(f"/gia-dinh/nguoi/{son.id}/").content.decode()
    assert desk.get(url).status_code == 404


def test_people_leave_and_one_comes_back_for_a_time(tell, book, son):
    assert tell("chuyen-di", people=[son.id], on=DAY, note="Buôn Ma Thuột") == ""
    assert "Y Sơn Mlô" not in book.on("BD-1")
    assert tell("chuyen-den", person=son.id, role="child", residence="temporary", on="3/6/2024") == ""
    assert book.on("BD-1")["Y Sơn Mlô"] == "Con"


def test_a_household_splits_and_is_one_again(tell, book, son):
    assert tell("tach-ho", people=[son.id], head=son.id, code="BD-9", on=DAY) == ""
    assert book.on("BD-9") == {"Y Sơn Mlô": "Chủ hộ"}
    assert "Xã không có hộ nào mang mã này" in tell("nhap-ho", of="BD-9", into="BD-77", on="3/6/2024")
    assert tell("nhap-ho", of="BD-9", into="BD-1", on="3/6/2024") == ""
    assert book.on("BD-1")["Y Sơn Mlô"] == "Con"


def test_the_head_the_stay_and_the_place_change(tell, book, son, mother):
    assert tell("doi-chu-ho", person=mother.id, on=DAY) == ""
    assert tell("doi-cu-tru", person=son.id, residence="absent", on=DAY) == ""
    assert tell("doi-cho-o", address="12 đường Hùng Vương", on=DAY) == ""
    assert book.on("BD-1")["H'Hoa Mlô"] == "Chủ hộ"
    assert book.stay(son).residence == "absent"
    assert book.home("BD-1").address == "12 đường Hùng Vương"


def test_a_household_is_struck_from_the_register_and_told_so(desk, tell, book):
    assert tell("xoa-ho", on=DAY) == ""
    assert "không còn từ ngày 02/05/2024" in desk.get(f"/gia-dinh/ho/{book.home('BD-1').id}/").content.decode()


def test_the_household_of_another_day_is_shown_as_it_was(desk, tell, book, son):
    tell("chuyen-di", people=[son.id], on=DAY)
    url = f"/gia-dinh/ho/{book.home('BD-1').id}/"

    assert "Đã từng ở" in desk.get(url).content.decode()
    past = desk.get(f"{url}?ngay=1/5/2024").content.decode()
    assert "ngày 01/05/2024" in past
    assert "Đã từng ở" not in past
    assert "govuk-error-summary" in desk.get(f"{url}?ngay=32/5/2024").content.decode()


def test_what_was_told_by_mistake_is_taken_back_with_a_reason(desk, tell, book, son):
    tell("chuyen-di", people=[son.id], on=DAY)
    event = FamilyEvent.objects.get(kind="move_out")
    url = f"/gia-dinh/viec/{event.id}/rut-lai/"

    assert "govuk-error-summary" in desk.post(url, {"reason": ""}).content.decode()
    assert desk.post(url, {"reason": "ghi nhầm người"}).status_code == 302
    assert "Y Sơn Mlô" in book.on("BD-1")
    assert "đã rút lại" in desk.get(f"/gia-dinh/ho/{book.home('BD-1').id}/").content.decode()


def test_kin_beyond_the_household_are_told_too(desk, book, son):
    aunt = book.writes("BD-2", ("H'Nuk Niê", Sex.FEMALE, 1975, MemberRole.HEAD))["H'Nuk Niê"]
    url = f"/gia-dinh/nguoi/{son.id}/nguoi-than/"

    assert str(aunt.id) in desk.get(f"{url}?q=nuk nie").content.decode()
    assert desk.post(url, {"relative": aunt.id, "relation": "aunt_uncle"}).status_code == 302
    assert [line.person.full_name for line in queries.person(book.officer, aunt.id, book.now).kin] == ["Y Sơn Mlô"]


def test_while_somebody_is_sought_nothing_typed_is_lost_and_nothing_is_blamed(tell, book, son):
    bride = book.writes("BD-2", ("H'Yar Byă", Sex.FEMALE, 1998, MemberRole.HEAD))["H'Yar Byă"]

    shown = tell("ket-hon", seek="1", q="h yar bya", one=son.id, on="31/02/2024", note="Cưới ở nhà gái")

    assert str(bride.id) in shown
    assert "govuk-error" not in shown
    assert "31/02/2024" in shown
    assert "Cưới ở nhà gái" in shown
    assert f'<option value="{son.id}" selected>' in shown


def test_who_was_chosen_stays_chosen_when_something_else_is_wrong(tell, book, son):
    bride = book.writes("BD-2", ("H'Yar Byă", Sex.FEMALE, 1998, MemberRole.HEAD))["H'Yar Byă"]

    shown = tell("ket-hon", q="h yar bya", one=son.id, other=bride.id, on="31/02/2024")

    radio = shown.split(f'value="{bride.id}"')[1].split(">")[0]
    assert "checked" in radio
    assert "31/02/2024" in shown


def test_that_nobody_was_chosen_is_told_where_one_chooses(tell):
    shown = tell("chuyen-den", q="h yar bya", on=DAY, role="sibling", residence="permanent")

    choices = shown.split('id="choices"')[1].split("</fieldset>")[0]
    assert "Lỗi: Chọn một người trong danh sách." in choices
    assert 'href="#id_person"' in shown
    assert 'id="id_person"' in choices


@pytest.mark.parametrize("slug", ["chuyen-den", "doi-cu-tru"])
def test_nobody_becomes_head_because_the_box_began_with_it(desk, book, slug):
    shown = desk.get(f"/gia-dinh/ho/{book.home('BD-1').id}/ghi/{slug}/").content.decode()

    assert 'value="head" selected' not in shown


def test_before_anybody_lived_there_the_page_says_so(desk, book):
    url = f"/gia-dinh/ho/{book.home('BD-1').id}/"
    shown = desk.get(f"{url}?ngay=1/1/1990").content.decode()

    assert "Ngày 01/01/1990 sổ chưa ghi ai ở hộ này." in shown
    assert "Đang ở" not in shown
    assert f'href="{url}">Xem hộ hôm nay' in shown
