"""Whom of the register a list from outside may mean: by household code, by number, by name. Many at a time."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Q

from maiam.contexts.families.models import FormerNumber, Household, HouseholdMembership, Person
from maiam.contexts.families.queries.search import NUMBER_FIELD
from maiam.contexts.families.rules import Birth, MemberRole, Sex
from maiam.platform import vault
from maiam.platform.access import Actor, Permission
from maiam.platform.columns import IsAmong

_FIELDS = ("id", "full_name", "sex", "birth_year", "birth_month", "birth_day", "birth_is_approximate")


@dataclass(frozen=True)
class RegisteredPerson:
    """Somebody of the register, with the household they live in, if in one."""

    id: UUID
    full_name: str
    sex: Sex
    birth: Birth | None
    household_id: UUID | None
    household_code: str
    is_head: bool


@dataclass
class Matches:
    """What was found: households by their code, their members, people by number and by name."""

    households: dict[str, UUID] = field(default_factory=dict)
    members: dict[UUID, list[RegisteredPerson]] = field(default_factory=dict)
    by_number: dict[str, RegisteredPerson] = field(default_factory=dict)
    named: list[RegisteredPerson] = field(default_factory=list)


def numbers_held(actor: Actor, numbers: Iterable[str]) -> set[str]:
    """Which of these numbers somebody within reach bears or bore; one held elsewhere is not told."""
    by_index = {vault.index(number, field=NUMBER_FIELD): number for number in numbers if number}
    return {by_index[index] for index, _ in _bearers(actor, by_index)}


def matches(
    actor: Actor,
    commune_id: int,
    *,
    codes: Collection[str],
    numbers: Collection[str],
    names: Collection[tuple[str, int | None]],
) -> Matches:
    """Look up everything a batch of a list may mean, in a handful of statements.

    `names` are sort keys with the year of birth: of namesakes, who are many, those of another year are nobody meant.
    """
    actor.require(Permission.VIEW_FAMILIES)
    found = Matches()
    homes = Household.objects.visible_to(actor).filter(IsAmong("code", told=[list(codes)]), commune_id=commune_id)
    found.households = dict(homes.values_list("code", "id"))
    by_index = {vault.index(number, field=NUMBER_FIELD): number for number in numbers}
    bearers = dict(_bearers(actor, by_index))
    people = _people(actor, IsAmong("id", told=[list(set(bearers.values()))])) if bearers else {}
    found.by_number = {
        by_index[index]: people[person_id] for index, person_id in bearers.items() if person_id in people
    }
    people |= _people(actor, _alike(commune_id, names))
    found.named = list(people.values())
    heads = {person.household_id for person in found.named if person.is_head and person.household_id}
    found.members = _members(actor, {*found.households.values(), *heads})
    return found


def _alike(commune_id: int, names: Collection[tuple[str, int | None]]) -> Q:
    keys, years = [key for key, _ in names], [year for _, year in names]
    of_any_year = [key for key, year in names if year is None]
    is_of_year = Q(birth_year__isnull=True) | Q(IsAmong("sort_key", "birth_year", told=[keys, years]))
    if of_any_year:
        is_of_year |= Q(IsAmong("sort_key", told=[of_any_year]))
    return Q(commune_id=commune_id) & Q(IsAmong("sort_key", told=[list(set(keys))])) & is_of_year


def _bearers(actor: Actor, indexes: Collection[str]) -> Iterable[tuple[str, UUID]]:
    """Hash of a number and who bears or bore it, as who they are today."""
    if not indexes:
        return
    told = [list(indexes)]
    # Said in so many words, that nobody without a number is meant: the index holds those with one alone.
    has_number = ~Q(identity_number_index="")
    bear = Person.objects.visible_to(actor).filter(
        IsAmong("identity_number_index", told=told), has_number, erased_at__isnull=True
    )
    bore = FormerNumber.objects.visible_to(actor).filter(
        IsAmong("number_index", told=told), person__erased_at__isnull=True
    )
    for index, person_id, today_id in [
        *bore.values_list("number_index", "person_id", "person__merged_into_id"),
        *bear.values_list("identity_number_index", "id", "merged_into_id"),
    ]:
        yield index, today_id or person_id


def _people(actor: Actor, wanted: Q | IsAmong) -> dict[UUID, RegisteredPerson]:
    rows = Person.objects.visible_to(actor).filter(wanted, merged_into__isnull=True, erased_at__isnull=True)
    rows_by_id = {row[0]: row for row in rows.values_list(*_FIELDS)}
    stays = _stays(actor, IsAmong("person_id", told=[list(rows_by_id)])) if rows_by_id else ()
    homes = {person_id: home for person_id, *home in stays}
    return {person_id: _registered(row, homes.get(person_id)) for person_id, row in rows_by_id.items()}


def _members(actor: Actor, household_ids: set[UUID]) -> dict[UUID, list[RegisteredPerson]]:
    found: dict[UUID, list[RegisteredPerson]] = {household_id: [] for household_id in household_ids}
    if not household_ids:
        return found
    stays = list(_stays(actor, IsAmong("household_id", told=[list(household_ids)])))
    living = IsAmong("id", told=[[stay[0] for stay in stays]])
    rows = Person.objects.visible_to(actor).filter(living, merged_into__isnull=True)
    by_id = {row[0]: row for row in rows.values_list(*_FIELDS)}
    for person_id, household_id, code, role in stays:
        if person_id in by_id:
            found[household_id].append(_registered(by_id[person_id], [household_id, code, role]))
    return found


def _stays(actor: Actor, wanted: IsAmong) -> Iterable[tuple[UUID, UUID, str, str]]:
    """Who lives where; the permanent home is told last, and so counts where there are two."""
    stays = HouseholdMembership.objects.visible_to(actor).open().filter(wanted)
    return stays.order_by("is_permanent", "starts_on").values_list(
        "person_id", "household_id", "household__code", "role"
    )


def _registered(row: tuple, home: list | None) -> RegisteredPerson:  # type: ignore[type-arg]
    person_id, full_name, sex, year, month, day, is_approximate = row
    household_id, code, role = home or (None, "", "")
    birth = Birth(year, month, day, is_approximate) if year else None
    return RegisteredPerson(person_id, full_name, Sex(sex), birth, household_id, code, role == MemberRole.HEAD)
