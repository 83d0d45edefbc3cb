"""Many homes written at once stand in the register as if each had been written by hand."""

from datetime import date

import pytest
from django.forms.models import model_to_dict
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maiam.contexts.families import services
from maiam.contexts.families.models import FormerNumber, Household, HouseholdMembership, Person
from maiam.contexts.families.rules import MemberRole, Residence, Sex
from maiam.contexts.families.services import HomeOfList, NewHousehold, NewMember, PersonFacts
from maiam.core.text import PartialDate
from maiam.platform import vault
from maiam.platform.access import Actor, acting
from maiam.platform.audit import chain
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import NotFoundError
from maiam.platform.ids import new_id

pytestmark = pytest.mark.django_db

SINCE = date(2020, 1, 1)
OF_ITS_OWN = {"id", "identity_number_sealed"}
births = st.none() | st.builds(
    PartialDate, st.integers(1930, 2020), st.none() | st.integers(1, 12), st.none(), st.booleans()
)
names = st.sampled_from(["Nguyễn Thị Lan", "H' Bia Niê", "Điểu K'Rang", "Y Thanh", "Lý Mỹ", 'Ka "Dơm" \\ {1}', "ＡＮ"])


@pytest.fixture
def facts_of(commune, village):
    def facts(**told):
        return PersonFacts(**{"full_name": "A", "commune_id": commune.id, "village_id": village.id, **told})

    return facts


@pytest.fixture
def homes_of(commune, village, facts_of):
    """Homes of a list: their code, then the name and role of everybody."""

    def homes(told: dict[str, list[tuple[str, MemberRole]]]) -> list[HomeOfList]:
        return [
            HomeOfList(
                page=NewHousehold(
                    commune_id=commune.id,
                    village_id=village.id,
                    code=code,
                    members=[
                        NewMember(facts=facts_of(full_name=name), role=role, starts_on=SINCE) for name, role in members
                    ],
                )
            )
            for code, members in told.items()
        ]

    return homes


def _row(person: Person) -> dict:
    return {name: value for name, value in vars(person).items() if name not in OF_ITS_OWN and name != "_state"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(name=names, other=names | st.just(""), birth=births, sex=st.sampled_from(list(Sex)))
def test_a_person_of_a_list_is_the_person_written_by_hand(name, other, birth, sex, facts_of, lan, now):
    facts = facts_of(full_name=name, other_names=other, birth=birth, sex=sex, ethnicity="Ê Đê", phone="+84905000111")
    member = NewMember(facts=facts, role=MemberRole.OTHER, starts_on=SINCE)
    page = NewHousehold(commune_id=facts.commune_id, code=new_id().hex[:20], members=[member])
    with acting(lan):
        by_hand = services.register_person(actor=lan, facts=facts, now=now)
        written = services.register_homes(actor=lan, homes=[HomeOfList(page=page)], now=now)

    assert _row(Person.objects.get(id=written.person_ids[0])) == _row(Person.objects.get(id=by_hand.id))


def test_numbers_of_a_list_are_sealed_to_their_row_and_found_by_their_hash(facts_of, commune, lan, now):
    facts = facts_of(identity_number="067080001234", former_number="245123456")
    member = NewMember(facts=facts, role=MemberRole.HEAD, starts_on=SINCE, residence=Residence.TEMPORARY)
    homes = [HomeOfList(page=NewHousehold(commune_id=commune.id, code="A", members=[member]))]
    with acting(lan):
        services.register_homes(actor=lan, homes=homes, now=now)

    person, former, stay = Person.objects.get(), FormerNumber.objects.get(), HouseholdMembership.objects.get()
    place = f"families_person.identity_number:{person.id}"
    assert vault.unseal(person.identity_number_sealed, place=place) == "067080001234"
    assert person.identity_number_index == vault.index("067080001234", field="families_person.identity_number")
    assert vault.unseal(former.number_sealed, place=f"families_formernumber.number:{former.id}") == "245123456"
    assert (former.kind, former.number_index) == (
        "cmnd",
        vault.index("245123456", field="families_person.identity_number"),
    )
    assert (stay.is_permanent, stay.residence, model_to_dict(stay)["ends_on"]) == (False, "temporary", None)


def test_each_home_and_person_has_an_entry_and_the_chain_is_whole(homes_of, lan, now):
    told = {f"H{n}": [(f"A{n}", MemberRole.HEAD), (f"B{n}", MemberRole.SPOUSE)] for n in range(30)}
    with acting(lan):
        services.register_homes(actor=lan, homes=homes_of(told), now=now)
    with acting(Actor.system("test")):
        chain.seal(now=now)

    entries = AuditEntry.objects.filter(actor=f"official:{lan.account_id}")
    assert set(entries.filter(action="families.person.registered").values_list("subject_id", flat=True)) == set(
        map(str, Person.objects.values_list("id", flat=True))
    )
    assert entries.filter(action="families.household.registered", subject_type="families.household").count() == 30
    assert chain.verify() is None


@pytest.mark.parametrize(
    ("second", "refusal"),
    [
        ({"H1": [("B", MemberRole.HEAD)]}, services.CodeTakenError),
        ({"H2": [("B", MemberRole.HEAD), ("C", MemberRole.HEAD)]}, services.AlreadyHasHeadError),
    ],
)
def test_what_is_refused_of_one_home_is_refused_of_all(second, refusal, homes_of, lan, now):
    first = {"H1": [("A", MemberRole.HEAD)]}
    with acting(lan), pytest.raises(refusal):
        services.register_homes(actor=lan, homes=[*homes_of(first), *homes_of(second)], now=now)

    assert (Household.objects.count(), Person.objects.count()) == (0, 0)
    assert not AuditEntry.objects.filter(action__startswith="families.").exists()


def test_people_join_a_household_of_the_register_and_never_one_out_of_reach(homes_of, lan, binh, now):
    with acting(lan):
        (home_id,) = services.register_homes(
            actor=lan, homes=homes_of({"H1": [("A", MemberRole.HEAD)]}), now=now
        ).household_ids
    (home,) = homes_of({"H1": [("B", MemberRole.CHILD)]})

    with acting(binh), pytest.raises(NotFoundError):
        services.register_homes(actor=binh, homes=[HomeOfList(page=home.page, into_id=home_id)], now=now)
    with acting(lan):
        services.register_homes(actor=lan, homes=[HomeOfList(page=home.page, into_id=home_id)], now=now)

    assert Household.objects.get().memberships.count() == 2
