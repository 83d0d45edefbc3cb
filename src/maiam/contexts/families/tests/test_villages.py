"""Homes follow their village; a village in which people live is not ended."""

from datetime import date

import pytest

from maiam.contexts.families import queries, services
from maiam.contexts.families.models import Household, Person
from maiam.contexts.families.rules import MemberRole
from maiam.contexts.families.services import NewHousehold, NewMember, PersonFacts
from maiam.contexts.families.services.villages import VillageHasHomesError
from maiam.contexts.places import services as places
from maiam.contexts.places.rules import VillageKind
from maiam.platform.access import acting

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_home(lan, commune, village, now) -> Person:
    """Someone in a household of the village."""
    facts = PersonFacts(full_name="Trần Văn Tám", commune_id=commune.id, village_id=village.id)
    member = NewMember(facts=facts, role=MemberRole.HEAD, starts_on=date(2020, 1, 1))
    page = NewHousehold(commune_id=commune.id, village_id=village.id, code="ĐM-1", members=[member])
    with acting(lan):
        return services.register_whole_household(actor=lan, page=page, now=now)[0]


def test_when_a_village_is_merged_its_homes_go_along(at_home, lan, commune, village, now):
    with acting(lan):
        into = places.add_village(actor=lan, commune_id=commune.id, kind=VillageKind.THON, name="Thôn 9", now=now)
        places.merge_village(actor=lan, village_id=village.id, into_id=into.id, now=now)

    at_home.refresh_from_db()
    assert at_home.village == Household.objects.get().village == into


@pytest.mark.parametrize("typed", ["van tam bon moi", "van tam bu dak"])
def test_after_a_rename_people_are_found_by_the_new_name_and_by_the_old(at_home, lan, village, now, typed):
    with acting(lan):
        places.rename_village(actor=lan, village_id=village.id, name="Bon Mới", now=now)
        found = queries.search_persons(lan, typed, limit=5, now=now)

    assert [hit.id for hit in found] == [at_home.id]


def test_a_village_with_homes_is_not_ended(at_home, lan, village, now):
    with acting(lan), pytest.raises(VillageHasHomesError, match="còn 1 hộ"):
        places.close_village(actor=lan, village_id=village.id, now=now)
