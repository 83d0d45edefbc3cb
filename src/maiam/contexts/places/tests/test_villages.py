from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from maiam.contexts.places import queries, services
from maiam.contexts.places.models import Village
from maiam.contexts.places.rules import VillageKind
from maiam.core.text import write_date
from maiam.platform.access import Actor, acting
from maiam.platform.errors import ForbiddenError, NotFoundError

pytestmark = pytest.mark.django_db


@pytest.fixture
def other_village(commune) -> Village:
    return Village.objects.create(commune=commune, name="Thôn 2", folded_name="thon 2", kind="thon")


def test_a_commune_adds_its_own_village(lan, commune, now):
    with acting(lan):
        services.add_village(actor=lan, commune_id=commune.id, kind=VillageKind.BON, name="Bon Jun Juh", now=now)

    assert [village.name for village in queries.villages_of(commune.id)] == ["Bon Jun Juh"]


def test_the_same_name_in_other_letters_is_refused(lan, commune, village, now):
    with acting(lan), pytest.raises(services.VillageExistsError):
        services.add_village(actor=lan, commune_id=commune.id, kind=VillageKind.BON, name="bon bu đăk", now=now)


def test_another_communes_villages_are_out_of_reach(binh, village, now):
    with acting(binh), pytest.raises(NotFoundError):
        services.close_village(actor=binh, village_id=village.id, now=now)


def test_the_police_keep_no_villages(police_chief, village, now):
    with acting(police_chief), pytest.raises(ForbiddenError):
        services.close_village(actor=police_chief, village_id=village.id, now=now)


def test_a_renamed_village_stays_the_same_village_and_keeps_its_old_name_in_history(lan, commune, village, now):
    with acting(lan):
        services.rename_village(actor=lan, village_id=village.id, name=" Bon  Mới ", now=now)

    assert [(row.id, row.name) for row in queries.villages_of(commune.id)] == [(village.id, "Bon Mới")]
    assert [former.name for former in village.former_names.all()] == ["Bon Bu Đăk"]


def test_a_village_added_by_mistake_is_closed_on_the_same_day(lan, commune, now):
    with acting(lan):
        added = services.add_village(actor=lan, commune_id=commune.id, kind=VillageKind.THON, name="Thôn 99", now=now)
        services.close_village(actor=lan, village_id=added.id, now=now)

    assert queries.villages_of(commune.id) == []


@pytest.mark.parametrize("name", ["", "  ", "\u200b", "T" * 101])
def test_a_village_needs_a_name_people_can_read(lan, commune, now, name):
    with acting(lan), pytest.raises(services.NameNeededError):
        services.add_village(actor=lan, commune_id=commune.id, kind=VillageKind.THON, name=name, now=now)


def test_no_village_is_added_to_a_province(now, province):
    house = Actor.system("test")

    with acting(house), pytest.raises(NotFoundError):
        services.add_village(actor=house, commune_id=province.id, kind=VillageKind.THON, name="Thôn 1", now=now)


def test_a_rename_holds_from_the_day_of_the_decision_and_not_before_the_last_one(lan, village, now):
    with acting(lan):
        services.rename_village(
            actor=lan, village_id=village.id, name="Tổ 1", kind=VillageKind.TO_DAN_PHO, on=date(2026, 11, 1), now=now
        )
        with pytest.raises(services.DayTooEarlyError, match="01/11/2026"):
            services.rename_village(actor=lan, village_id=village.id, name="Tổ 2", on=date(2026, 10, 31), now=now)

    former = village.former_names.get()
    assert (former.kind, former.name, former.used_until) == ("bon", "Bon Bu Đăk", date(2026, 11, 1))


def test_nothing_is_decided_for_a_day_to_come(lan, village, now):
    with acting(lan), pytest.raises(services.DayNotYetError):
        services.close_village(actor=lan, village_id=village.id, on=date(2026, 11, 24), now=now)


def test_a_rename_to_the_same_name_is_told_so(lan, village, now):
    with acting(lan), pytest.raises(services.NothingChangedError):
        services.rename_village(actor=lan, village_id=village.id, name="Bon Bu Đăk", now=now)


def test_a_merged_village_says_into_which(lan, commune, village, other_village, now):
    with acting(lan):
        services.merge_village(actor=lan, village_id=village.id, into_id=other_village.id, now=now)

    assert queries.villages_of(commune.id) == [other_village]
    assert [(row.name, row.merged_into) for row in queries.ended_villages_of(commune.id)] == [
        ("Bon Bu Đăk", other_village)
    ]


def test_a_village_is_not_merged_into_itself_nor_into_another_commune(lan, elsewhere, village, now):
    beyond = Village.objects.create(commune=elsewhere, name="Thôn 1", folded_name="thon 1", kind="thon")

    with acting(lan), pytest.raises(services.OtherVillageNeededError):
        services.merge_village(actor=lan, village_id=village.id, into_id=village.id, now=now)
    with acting(lan), pytest.raises(NotFoundError):
        services.merge_village(actor=lan, village_id=village.id, into_id=beyond.id, now=now)


# --- the officer's pages


def test_the_list_shows_each_village_with_its_former_names(client_for, lan, village, now):
    with acting(lan):
        services.rename_village(actor=lan, village_id=village.id, name="Bon Mới", now=now)

    page = client_for(lan).get(reverse("places:own_villages")).content.decode()

    assert "Bon Mới" in page
    assert "Bon Bu Đăk (đến 23/11/2026)" in page


def test_lan_adds_renames_merges_and_ends_on_her_pages(client_for, lan, commune, village):
    client, on = client_for(lan), write_date(timezone.localdate())

    client.post(reverse("places:add_village"), {"kind": "thon", "name": "Thôn 3", "on": on})
    client.post(reverse("places:add_village"), {"kind": "thon", "name": "Thôn ghi nhầm", "on": on})
    third, mistaken = Village.objects.get(name="Thôn 3"), Village.objects.get(name="Thôn ghi nhầm")
    rename = reverse("places:rename_village", args=[third.id])
    client.post(rename, {"kind": "to_dan_pho", "name": "Tổ dân phố 3", "on": on})
    client.post(reverse("places:merge_village", args=[village.id]), {"into_id": third.id, "on": on})
    client.post(reverse("places:end_village", args=[mistaken.id]), {"on": on})

    assert [(row.name, row.kind) for row in queries.villages_of(commune.id)] == [("Tổ dân phố 3", "to_dan_pho")]


def test_a_refused_form_keeps_what_was_typed_and_says_why(client_for, lan, village):
    typed = {"kind": "bon", "name": "bon bu dak", "on": "31/02/2026"}

    page = client_for(lan).post(reverse("places:add_village"), typed).content.decode()
    assert "govuk-error-message" in page
    assert 'value="bon bu dak"' in page

    page = client_for(lan).post(reverse("places:add_village"), {**typed, "on": "01/11/2026"}).content.decode()
    assert "Xã đã có thôn (bon, buôn, tổ) tên này." in page


@pytest.mark.parametrize("name", ["rename_village", "merge_village", "end_village"])
def test_another_communes_village_looks_absent_on_the_pages(client_for, binh, village, name):
    assert client_for(binh).get(reverse(f"places:{name}", args=[village.id])).status_code == 404
