import pytest

from maiam.contexts.families import services as families
from maiam.contexts.surveys.models import Sheet
from maiam.platform.access import Actor, acting

pytestmark = pytest.mark.django_db


def test_who_is_erased_by_law_is_in_no_sheet_and_the_household_stays(send, homes, full_answers, now):
    child = homes[0].memberships.get(role="child").person_id
    answers = full_answers(homes[0])
    answers["members"][str(child)]["dang_di_hoc"] = "khong"
    before = send(answers=answers, reasons={f"{child}.dang_di_hoc": "Cháu ốm"}).sheet
    house = Actor.system("erasure")
    with acting(house):
        emptied = families.erase_person(actor=house, person_id=child, now=now)

    sheet = Sheet.objects.get()
    assert emptied["Phiếu thu thập"] == 1
    assert str(child) not in str((sheet.answers, sheet.reasons))
    assert sheet.answers["household"]["nha_o"] == "ban_kien_co"
    assert sheet.digest != before.digest
