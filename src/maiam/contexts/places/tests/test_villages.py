import pytest

from maiam.contexts.places import queries, services
from maiam.contexts.places.rules import VillageKind
from maiam.platform.access import Actor, acting
from maiam.platform.errors import ForbiddenError, NotFoundError

pytestmark = pytest.mark.django_db


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
