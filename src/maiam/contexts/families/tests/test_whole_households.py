"""A page of the paper register goes in as a whole, or not at all."""

from datetime import date

import pytest

from maiam.contexts.families import queries, services
from maiam.contexts.families.models import Household, Person
from maiam.contexts.families.rules import MemberRole
from maiam.contexts.families.services import NewHousehold, NewMember, PersonFacts
from maiam.platform.access import acting
from maiam.platform.errors import ForbiddenError

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(commune, village):
    """A page with these people on it, one after another."""

    def write(**roles: MemberRole) -> NewHousehold:
        members = [
            NewMember(
                facts=PersonFacts(full_name=name.replace("_", " "), commune_id=commune.id, village_id=village.id),
                role=role,
                starts_on=date(2020, 1, 1),
            )
            for name, role in roles.items()
        ]
        return NewHousehold(commune_id=commune.id, village_id=village.id, code="ĐM-1", members=members)

    return write


def test_everyone_on_the_page_is_found_by_name_and_village(page, lan, now):
    family = page(Trần_Văn_Dũng=MemberRole.HEAD, H_Hoa=MemberRole.SPOUSE)

    with acting(lan):
        husband, wife = services.register_whole_household(actor=lan, page=family, now=now)
        found = queries.search_persons(lan, "tran van dung bu dak", limit=5, now=now)

    assert [hit.id for hit in found] == [husband.id]
    assert wife.memberships.get().role == MemberRole.SPOUSE


def test_two_heads_on_one_page_are_refused_and_nothing_is_kept(page, lan, now):
    family = page(Trần_Văn_Dũng=MemberRole.HEAD, H_Hoa=MemberRole.HEAD)

    with acting(lan), pytest.raises(services.AlreadyHasHeadError):
        services.register_whole_household(actor=lan, page=family, now=now)

    assert not Household.objects.exists()
    assert not Person.objects.exists()


def test_a_village_head_may_not_write_into_the_register(page, village_head, now):
    with acting(village_head), pytest.raises(ForbiddenError):
        services.register_whole_household(actor=village_head, page=page(A=MemberRole.HEAD), now=now)

    assert not Person.objects.exists()
