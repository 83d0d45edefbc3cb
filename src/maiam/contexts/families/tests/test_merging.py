"""Two rows of one person become one, and are two again exactly as they were."""

from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maiam.contexts.families import queries, services
from maiam.contexts.families.models import Household, HouseholdMembership, Kinship, Person
from maiam.contexts.families.rules import MERGE_CHOICES, MemberRole, Sex, Side
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, acting
from maiam.platform.errors import ForbiddenError, NotFoundError

TABLES = (
    "families_household",
    "families_person",
    "families_householdmembership",
    "families_kinship",
    "families_earliervalue",
)


@pytest.fixture
def register(lan, commune, village, now):
    """Write a person down as Lan would."""

    def write(name="Nguyễn Thị Hoà", **facts):
        known = {"full_name": name, "commune_id": commune.id, "village_id": village.id, "sex": Sex.FEMALE, **facts}
        return services.register_person(actor=lan, facts=services.PersonFacts(**known), now=now)

    return write


@pytest.fixture
def home(lan, commune, village, now):
    def found(code):
        return services.register_household(actor=lan, commune_id=commune.id, village_id=village.id, code=code, now=now)

    return found


@pytest.fixture
def merge(lan, now):
    def of(kept, folded, **choices):
        return services.merge_persons(actor=lan, kept_id=kept.id, folded_id=folded.id, choices=choices, now=now)

    return of


@pytest.fixture(autouse=True)
def _lan_is_at_her_desk(lan):
    with acting(lan):
        yield


def live(lan, household, person, role, now, since=date(2020, 1, 1)):
    return services.add_member(
        actor=lan, household_id=household.id, person_id=person.id, role=role, starts_on=since, now=now
    )


def dump():
    """Every row of the register, as the database holds it."""
    with connection.cursor() as cursor:
        rows = {}
        for table in TABLES:
            cursor.execute(f"SELECT to_jsonb(row)::text FROM {table} AS row ORDER BY id")
            rows[table] = cursor.fetchall()
    return rows


def test_the_kept_person_has_the_chosen_facts(register, merge):
    kept = register(phone="+84905000111", identity_number="067184000123")
    folded = register("NGUYEN THI HOA", birth=PartialDate(1984, 3, 12), identity_number="245000111")

    merge(kept, folded, birth=Side.FOLDED, identity_number=Side.FOLDED)

    kept.refresh_from_db()
    assert (kept.full_name, kept.phone, kept.birth_year) == ("Nguyễn Thị Hoà", "+84905000111", 1984)


def test_a_sealed_number_opens_in_the_row_it_moved_to(register, merge, lan, now):
    kept, folded = register(), register(identity_number="067184000123")

    merge(kept, folded, identity_number=Side.FOLDED)

    assert queries.identity_number(lan, kept.id, now) == "067184000123"


def test_the_person_is_still_found_by_the_number_that_was_not_chosen(register, merge, lan, now):
    kept, folded = register(identity_number="245000111"), register(identity_number="067184000123")

    merge(kept, folded, identity_number=Side.FOLDED)

    for number in ("245000111", "067184000123"):
        assert [hit.id for hit in queries.search_persons(lan, number, now=now)] == [kept.id]


def test_the_folded_row_stays_and_leads_to_the_kept_one(register, merge, lan):
    kept, folded, third = register(), register(), register()

    merge(folded, third)
    merge(kept, folded)

    assert queries.current_person_id(lan, third.id) == kept.id
    assert set(queries.all_ids_of(lan, folded.id)) == {kept.id, folded.id, third.id}


def test_searching_either_spelling_finds_the_kept_person_once(register, merge, lan, now):
    kept, folded = register("Nguyễn Thị Hoà"), register("Nguyễn Thị Hoa")

    merge(kept, folded)

    assert [hit.id for hit in queries.search_persons(lan, "nguyen thi hoa", now=now)] == [kept.id]


def test_a_member_twice_on_one_page_is_there_once_and_stays_the_head(register, home, merge, lan, now):
    house, kept, folded = home("H-1"), register(), register()
    live(lan, house, folded, MemberRole.HEAD, now)
    HouseholdMembership(
        household=house, person=kept, role=MemberRole.OTHER, starts_on=date(2021, 1, 1), is_permanent=True
    ).save(force_insert=True)

    merge(kept, folded)

    members = queries.household(lan, house.id, now).members
    assert [(line.person.id, line.membership.role) for line in members] == [(kept.id, "head")]


def test_of_two_homes_the_chosen_one_lives_on(register, home, merge, lan, now):
    here, there, kept, folded = home("H-1"), home("H-2"), register(), register()
    live(lan, here, kept, MemberRole.CHILD, now)
    live(lan, there, folded, MemberRole.SPOUSE, now)

    merge(kept, folded, home=Side.FOLDED)

    assert queries.household(lan, here.id, now).members == []
    assert [line.person.id for line in queries.household(lan, there.id, now).members] == [kept.id]


def test_kin_of_both_are_kin_of_the_one_each_told_once(register, merge, lan, now):
    kept, folded, son, mother = register(), register(), register("Lê Nam", sex=Sex.MALE), register("Lê Thị Già")
    told = ((kept, son, "birth_child"), (folded, son, "birth_child"), (folded, mother, "birth_parent"))
    for person, relative, relation in told:
        services.record_kinship(actor=lan, person_id=person.id, relative_id=relative.id, relation=relation, now=now)

    merge(kept, folded)

    kin = queries.person(lan, kept.id, now).kin
    assert sorted(line.person.full_name for line in kin) == ["Lê Nam", "Lê Thị Già"]
    assert [line.person.id for line in queries.person(lan, son.id, now).kin] == [kept.id]


def test_unmerging_gives_back_both_as_they_were(register, home, merge, lan, now):
    house, kept, folded = home("H-1"), register(phone="+84905000111"), register(identity_number="067184000123")
    live(lan, house, kept, MemberRole.CHILD, now)
    live(lan, home("H-2"), folded, MemberRole.HEAD, now)
    before = dump()

    done = merge(kept, folded, identity_number=Side.FOLDED, phone=Side.FOLDED, home=Side.FOLDED)
    services.unmerge_persons(actor=lan, merge_id=done.id, now=now)

    assert dump() == before


def test_a_later_change_refuses_the_unmerging_and_is_named(register, home, merge, lan, now):
    kept, folded = register(), register()
    done = merge(kept, folded)
    facts = services.PersonFacts(full_name="Nguyễn Thị Hoa", commune_id=kept.commune_id, phone="+84905000111")
    services.correct_person(actor=lan, person_id=kept.id, facts=facts, now=now)
    live(lan, home("H-9"), kept, MemberRole.HEAD, now)

    with pytest.raises(services.ChangedSinceError) as refusal:
        services.unmerge_persons(actor=lan, merge_id=done.id, now=now)

    assert "điện thoại" in str(refusal.value)
    assert "nơi ở trong hộ" in str(refusal.value)


def test_what_is_merged_or_undone_is_not_merged_or_undone_again(register, merge, lan, now):
    kept, folded = register(), register()
    done = merge(kept, folded)

    with pytest.raises(services.NotMergeableError):
        merge(kept, folded)
    services.unmerge_persons(actor=lan, merge_id=done.id, now=now)
    with pytest.raises(services.AlreadyUndoneError):
        services.unmerge_persons(actor=lan, merge_id=done.id, now=now)


def test_one_row_is_not_merged_with_itself(register, merge):
    person = register()

    with pytest.raises(services.SamePersonError):
        merge(person, person)


def test_nobody_merges_what_they_cannot_see_or_may_not_change(register, binh, chairwoman, now):
    kept, folded = register(), register()

    with acting(binh), pytest.raises(NotFoundError):
        services.merge_persons(actor=binh, kept_id=kept.id, folded_id=folded.id, choices={}, now=now)
    with acting(chairwoman), pytest.raises(ForbiddenError):
        services.merge_persons(actor=chairwoman, kept_id=kept.id, folded_id=folded.id, choices={}, now=now)


def test_a_merged_person_frees_the_number_for_the_one_who_has_it(register, merge, lan, now):
    kept, folded = register(), register(identity_number="067184000123")
    merge(kept, folded)

    facts = services.PersonFacts(full_name="Nguyễn Thị Hoà", commune_id=kept.commune_id, identity_number="067184000123")
    services.correct_person(actor=lan, person_id=kept.id, facts=facts, now=now)

    kept.refresh_from_db()
    assert kept.identity_number_index


def test_erasing_a_person_erases_the_folded_rows_and_what_was_kept_of_the_merge(register, merge, now):
    kept, folded = register(), register(phone="+84905000111")
    done = merge(kept, folded)

    house = Actor.system("erasure")
    with acting(house):
        services.erase_person(actor=house, person_id=kept.id, now=now)

    folded.refresh_from_db()
    done.refresh_from_db()
    assert (folded.full_name, folded.phone) == (services.ERASED_NAME, "")
    assert (done.before, done.after) == ({}, {})


# --- merge, then unmerge, is as if nothing had been done

STAYS = st.lists(
    st.tuples(
        st.integers(0, 3),  # who: kept, folded, two others
        st.integers(0, 2),  # household
        st.sampled_from([MemberRole.HEAD, MemberRole.SPOUSE, MemberRole.OTHER]),
        st.integers(2000, 2020),
        st.one_of(st.none(), st.integers(0, 15)),
        st.booleans(),
    ),
    max_size=8,
)
KIN = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.sampled_from(["birth_child", "birth_parent", "sibling"])),
    max_size=6,
)
CHOICES = st.dictionaries(st.sampled_from([*MERGE_CHOICES, "home"]), st.sampled_from(list(Side)))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stays=STAYS, kin=KIN, choices=CHOICES)
def test_merging_and_unmerging_leaves_every_row_as_it_was(lan, commune, village, now, stays, kin, choices):
    with transaction.atomic():
        people = [_someone(lan, commune, number, now) for number in range(4)]
        houses = [Household(commune=commune, code=f"P-{number}", registered_at=now) for number in range(3)]
        Household.objects.bulk_create(houses)
        _settle(people, houses, stays)
        _relate(people, kin)
        before = dump()

        done = services.merge_persons(actor=lan, kept_id=people[0].id, folded_id=people[1].id, choices=choices, now=now)
        assert dump() != before
        assert _homes_at_once(people[0]) <= 1
        services.unmerge_persons(actor=lan, merge_id=done.id, now=now)

        assert dump() == before
        transaction.set_rollback(True)


def _someone(lan, commune, number, now):
    facts = services.PersonFacts(
        full_name=f"Điểu {'ABCD'[number]}",
        commune_id=commune.id,
        sex=Sex.MALE if number % 2 else Sex.FEMALE,
        birth=PartialDate(1980 + number) if number else None,
        phone=f"+8490500011{number}",
        identity_number=f"06708400012{number}",
    )
    return services.register_person(actor=lan, facts=facts, now=now)


def _settle(people, houses, stays):
    """Let people live in households as drawn, as far as the register's own rules allow."""
    for who, where, role, year, years, is_permanent in stays:
        ends_on = None if years is None else date(year + years, 6, 1)
        stay = HouseholdMembership(
            person=people[who],
            household=houses[where],
            role=role,
            starts_on=date(year, 1, 1),
            ends_on=ends_on,
            is_permanent=is_permanent,
        )
        try:
            with transaction.atomic():
                stay.save(force_insert=True)
        except Exception:
            continue


def _relate(people, kin):
    links = {(one, other, relation) for one, other, relation in kin if one != other}
    Kinship.objects.bulk_create(
        Kinship(person=people[one], relative=people[other], relation=relation) for one, other, relation in sorted(links)
    )


def _homes_at_once(person):
    return Person.objects.get(id=person.id).memberships.filter(ends_on__isnull=True, is_permanent=True).count()
