"""Find people in spite of spelling: any part of a name, in any order, without marks, with small slips.

The search runs in a database function that applies the actor's reach itself, because under row-level security
its operators could not use an index (docs/decisions/row-security.md). How it searches: docs/decisions/search.md.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import OuterRef, Subquery

from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.contexts.families.queries.identity import current_person_ids
from maiam.contexts.families.rules import SEX_LABELS, Birth, Sex
from maiam.core.text import NotReadError, fold, read_identity_number, read_phone
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission

Value = TypeVar("Value")

MOST_FOUND = 20
LONGEST_QUERY = 120
MOST_WORDS = 8
# Shorter numbers name villages ("thôn 5"); longer ones that say nothing to us are left out.
SHORTEST_YEAR = 4
NUMBER_FIELD = "families_person.identity_number"


@dataclass(frozen=True)
class PersonHit:
    """One person found, with what tells them from their namesakes."""

    id: UUID
    full_name: str
    other_names: str
    sex_label: str
    birth: Birth | None
    village: str | None
    commune: str
    head_of_household: str | None
    is_head: bool = False


@dataclass(frozen=True)
class Asked:
    """A query taken apart: words of names, a year, a phone, an identity number."""

    words: tuple[str, ...]
    year: int | None = None
    phone: str = ""
    number_index: str = ""

    @property
    def is_empty(self) -> bool:
        return not (any(len(word) > 1 and not word.isdigit() for word in self.words) or self.phone or self.number_index)


def search_persons(
    actor: Actor, text: str, *, now: datetime, limit: int = MOST_FOUND, near_commune_id: int | None = None
) -> list[PersonHit]:
    """People like `text` within the actor's reach: as typed before nearly so, each step the near commune first.

    A post of one commune is near that commune. Audited once, without the words.
    """
    actor.require(Permission.VIEW_FAMILIES)
    asked = take_apart(text)
    if asked.is_empty:
        return []
    audit.record(actor, "families.person.searched", ("families.person", ""), at=now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM families_search(%s::text[], %s, %s, %s, %s, %s)",
            [list(asked.words), asked.year, asked.phone, asked.number_index, near_commune_id, limit],
        )
        found = [row[0] for row in cursor.fetchall()]
    return _hits(actor, list(dict.fromkeys(current_person_ids(actor, found).values())))


@dataclass(frozen=True)
class Bearer:
    """Somebody of the register whose name is like one that was asked for."""

    id: UUID
    full_name: str
    birth_year: int | None
    village_id: int | None


def persons_named(actor: Actor, names: Sequence[str], *, commune_id: int, now: datetime) -> list[Bearer]:
    """People of one commune with names like these, asked for at once. Audited once, without the names."""
    actor.require(Permission.VIEW_FAMILIES)
    audit.record(actor, "families.person.searched", ("families.person", ""), at=now)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT found.person_id FROM unnest(%s::text[]) AS asked(name)"
            " CROSS JOIN LATERAL families_search(string_to_array(asked.name, ' '), NULL, '', '', %s, %s) AS found",
            [list(names), commune_id, MOST_FOUND],
        )
        ids = [row[0] for row in cursor.fetchall()]
    people = Person.objects.visible_to(actor).filter(
        id__in=ids, commune_id=commune_id, merged_into__isnull=True, erased_at__isnull=True
    )
    return [Bearer(row.id, row.full_name, row.birth_year, row.village_id) for row in people.order_by("sort_key", "id")]


def take_apart(text: str) -> Asked:
    """Read what was typed: long numbers are years, phones or identity numbers; the rest are words to be found by."""
    typed = text.replace("\0", " ")[:LONGEST_QUERY]
    if phone := _read(read_phone, typed):
        return Asked((), phone=phone)
    if number := _read(read_identity_number, typed):
        return Asked((), number_index=vault.index(number.digits, field=NUMBER_FIELD))
    words = fold(typed).split()
    years = [int(word) for word in words if re.fullmatch(r"(?:19|20)\d\d", word)]
    names = tuple(word for word in words if not word.isdigit() or len(word) < SHORTEST_YEAR)[:MOST_WORDS]
    return Asked(names, year=years[0] if years else None)


def _read(reader: Callable[[str], Value], text: str) -> Value | None:
    try:
        return reader(text)
    except NotReadError:
        return None


def _hits(actor: Actor, found: list[UUID]) -> list[PersonHit]:
    people = Person.objects.visible_to(actor).select_related("commune", "village").in_bulk(found)
    heads = _heads(actor, found)
    return [_hit(people[person_id], heads.get(person_id)) for person_id in found if person_id in people]


def _heads(actor: Actor, found: list[UUID]) -> dict[UUID, tuple[UUID, str]]:
    """The head of each person's household of today, and their name, by person."""
    current = HouseholdMembership.objects.visible_to(actor).open()
    heads = current.filter(household_id=OuterRef("household_id"), role="head").order_by("id")
    homes = current.filter(person_id__in=found).annotate(
        head=Subquery(heads.values("person_id")[:1]), head_name=Subquery(heads.values("person__full_name")[:1])
    )
    told = homes.filter(head__isnull=False).values_list("person_id", "head", "head_name")
    return {person_id: (head, name) for person_id, head, name in told}


def _hit(row: Person, head: tuple[UUID, str] | None) -> PersonHit:
    head_id, name = head or (None, None)
    return PersonHit(
        id=row.id,
        full_name=row.full_name,
        other_names=row.other_names,
        sex_label=SEX_LABELS[Sex(row.sex)],
        birth=row.birth,
        village=row.village.name if row.village else None,
        commune=row.commune.name,
        head_of_household=name if head_id != row.id else None,
        is_head=head_id == row.id,
    )
