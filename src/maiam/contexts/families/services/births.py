"""A birth: a new person, in the household from that day, kin of their parents and of the parents' kin."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.families.models import Person
from maiam.contexts.families.queries.kin import kin_of, relations_to
from maiam.contexts.families.queries.people import village_name
from maiam.contexts.families.rules import (
    GAINED_BY_BIRTH,
    ROLE_OF_NEWBORN,
    EventKind,
    MemberRole,
    Part,
    role_under,
)
from maiam.contexts.families.services.chronicle import Chronicle, When
from maiam.contexts.families.services.homes import Home
from maiam.contexts.families.services.kinship import Parenthood
from maiam.contexts.families.services.people import BirthNotPossibleError, Pen, PersonFacts
from maiam.platform.access import Actor, Permission


@transaction.atomic
def record_birth(
    *,
    actor: Actor,
    household_id: UUID,
    child: PersonFacts,
    now: datetime,
    mother_id: UUID | None = None,
    father_id: UUID | None = None,
    note: str = "",
) -> Person:
    """Record a child born into a household. Its place is the household's; its birth must be known to the day.

    Raises `BirthNotPossibleError`, `ParentTooYoungError`, `NumberTakenError`, `NotYetError`, `HouseholdGoneError`;
    `NotFoundError` for a household or parent out of reach.
    """
    actor.require(Permission.EDIT_FAMILIES)
    if child.birth is None or not child.birth.is_exact:
        raise BirthNotPossibleError("Cần ngày sinh đầy đủ của trẻ: ngày, tháng, năm.")
    home = Home.lock(actor, household_id)
    place = home.household
    parents = {
        part: Person.objects.find(actor, parent_id)
        for part, parent_id in ((Part.MOTHER, mother_id), (Part.FATHER, father_id))
        if parent_id
    }
    facts = replace(child, commune_id=place.commune_id, village_id=place.village_id)
    newborn = Pen(actor, now).writes(facts, village=village_name(place.village_id))
    for parent in parents.values():
        Parenthood.check(actor, newborn, parent, "birth_parent")

    newborn.save(force_insert=True)
    chronicle = Chronicle.begin(actor, EventKind.BIRTH, When(child.birth.earliest, now), place, note=note)
    chronicle.concerns(newborn.id, Part.CHILD)
    for part, parent in parents.items():
        chronicle.concerns(parent.id, part)
    home.receives(chronicle, newborn, _role(actor, home, list(parents.values())))
    for relative_id, relation in _kin(actor, list(parents.values())).items():
        chronicle.relates(newborn.id, relative_id, relation)
    chronicle.closes()
    return newborn


def _role(actor: Actor, home: Home, parents: list[Person]) -> MemberRole:
    """What the child is to the head: by the parent's kinship where it is told, else by the parent's role."""
    parents_were = [MemberRole(home.stay_of(parent.id).role) for parent in parents if home.has(parent.id)]
    if home.head:
        heads_kin = relations_to(actor, home.head.person_id, [parent.id for parent in parents])
        parents_were += [role_under(None, MemberRole.OTHER, relation) for relation in heads_kin.values()]
    told = [ROLE_OF_NEWBORN[role] for role in parents_were if role in ROLE_OF_NEWBORN]
    return MemberRole.CHILD if MemberRole.CHILD in told else next(iter(told), MemberRole.OTHER)


def _kin(actor: Actor, parents: list[Person]) -> dict[UUID, str]:
    """Everyone the child is kin to from birth, the parents first."""
    kin = {parent.id: "birth_parent" for parent in parents}
    for parent in parents:
        for link in kin_of(actor, parent.id):
            if link.relation in GAINED_BY_BIRTH:
                kin.setdefault(link.relative_id, GAINED_BY_BIRTH[link.relation])
    return kin
