"""What the house knows already of what a list says: people and homes of the register, villages, old communes."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from maiam.contexts.families import queries as families
from maiam.contexts.families.queries import RegisteredPerson
from maiam.contexts.families.rules import MemberRole
from maiam.contexts.imports.models import ImportedList
from maiam.contexts.imports.queries.lists import known_words
from maiam.contexts.imports.rules import ELSEWHERE, OURS, UNKNOWN, FoundHome, Known, Register, Settled, village_key
from maiam.contexts.places import queries as places
from maiam.contexts.places.facts.spelling import sound
from maiam.contexts.places.models import Unit
from maiam.core.text import PartialDate, fold, fold_name, sort_key
from maiam.platform.access import Actor, Permission


def register_for(actor: Actor, commune_id: int, homes: Sequence[FoundHome]) -> Register:
    """Everything of the register that these homes may mean."""
    members = [one for home in homes for one in home.members]
    found = families.matches(
        actor,
        commune_id,
        codes={home.code for home in homes if home.code},
        numbers={number for one in members for number in one.numbers},
        names={(sort_key(one.full_name), one.birth.year if one.birth else None) for one in members},
    )
    by_name: dict[str, list[Known]] = {}
    for person in found.named:
        known = _known(person)
        by_name.setdefault(known.folded, []).append(known)
    return Register(
        households=found.households,
        members={home: [_known(person) for person in people] for home, people in found.members.items()},
        by_number={number: _known(person) for number, person in found.by_number.items()},
        by_name=by_name,
    )


def _known(person: RegisteredPerson) -> Known:
    birth = person.birth
    return Known(
        person_id=person.id,
        full_name=person.full_name,
        folded=fold_name(person.full_name),
        sex=person.sex,
        birth=PartialDate(birth.year, birth.month, birth.day, birth.is_approximate) if birth else None,
        household_id=person.household_id,
        household_code=person.household_code,
        is_head=person.is_head,
    )


def settled_for(actor: Actor, row: ImportedList, today: date) -> Settled:
    """What the words of a list mean: the commune's villages by every name they had, old communes by the list's day."""
    actor.require(Permission.IMPORT_FAMILIES)
    layout = row.read_as
    listed_on = layout.listed_on or today
    answered = known_words(actor, row.commune_id, "village")
    villages = {
        village_key(name): village.id
        for village in places.villages_with_history(row.commune_id)
        for name in (*(former.name for former in village.former_names.all()), village.name)
    }
    roles = known_words(actor, row.commune_id, "role")
    return Settled(
        villages={word: int(meaning or 0) for word, meaning in answered.items()} | villages,
        roles={word: MemberRole(meaning) for word, meaning in roles.items() if meaning in set(MemberRole)},
        place_of=_place_of(row.commune, listed_on, known_words(actor, row.commune_id, "commune")),
        today=today,
        listed_on=listed_on,
        first_january_is_filler=layout.first_january_is_filler,
    )


def _place_of(commune: Unit, on: date, answered: dict[str, str]) -> Callable[[str, str, str], str]:
    """Tell whether a commune as written on a day, with its district of then, is part of ours today."""
    known: dict[str, list[tuple[Unit, tuple[int, ...]]]] = {}
    for unit, became in places.communes_through_time(places.province_of(commune)):
        known.setdefault(sound(unit.name), []).append((unit, became))

    @lru_cache(maxsize=4096)
    def place_of(written: str, district: str, province: str) -> str:  # noqa: ARG001 - asked as the list says it
        if fold(written) in answered:
            return answered[fold(written)]
        named = known.get(sound(_without_short_kind(written)), [])
        then = [pair for pair in named if pair[0].stood_on(on)] or named
        if district:
            of_district = [pair for pair in then if pair[0].parent and sound(pair[0].parent.name) == sound(district)]
            then = of_district or then
        reached = {today for _, became in then for today in became}
        if not reached:
            return UNKNOWN
        if reached == {commune.id}:
            return OURS
        return UNKNOWN if commune.id in reached else ELSEWHERE

    return place_of


def _without_short_kind(written: str) -> str:
    """ "X. Đắk Mil", "TT Đắk Mil": a kind cut short says nothing a name needs."""
    head, _, rest = written.strip().partition(" ")
    return rest if rest and fold(head).strip(".") in {"x", "p", "tt"} else written
