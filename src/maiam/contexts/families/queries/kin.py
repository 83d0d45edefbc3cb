"""Who is related to whom, as far as the actor may see."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from maiam.contexts.families.models import HouseholdMembership, Kinship, Person
from maiam.contexts.families.rules import PARENTS, SPOUSES
from maiam.platform.access import Actor

# A line of ancestors in one register; a longer one would be a circle.
MOST_GENERATIONS = 12


def kin_of(actor: Actor, person_id: UUID) -> list[Kinship]:
    """The kin a person has today."""
    return list(Kinship.objects.visible_to(actor).open().filter(person_id=person_id).order_by("relation", "id"))


def relations_to(actor: Actor, person_id: UUID, relatives: Collection[UUID]) -> dict[UUID, str]:
    """What each of these people is to the person, where the register tells."""
    links = Kinship.objects.visible_to(actor).open().filter(person_id=person_id, relative_id__in=relatives)
    return dict(links.order_by("relation").values_list("relative_id", "relation"))


def spouse_of(actor: Actor, person_id: UUID) -> Kinship | None:
    """The marriage a person is in."""
    return Kinship.objects.visible_to(actor).open().filter(person_id=person_id, relation__in=SPOUSES).first()


def open_kinship(actor: Actor, kinship_id: UUID) -> Kinship:
    """One kinship of today. Raises `NotFoundError`."""
    return Kinship.objects.open().select_related("person", "relative").find(actor, kinship_id)


def spouses_of(actor: Actor, person_ids: Collection[UUID]) -> list[Person]:
    """Who is married to one of these people, wherever they live, by name."""
    marriages = Kinship.objects.visible_to(actor).open().filter(person_id__in=person_ids, relation__in=SPOUSES)
    people = Person.objects.visible_to(actor).filter(id__in=marriages.values("relative_id"))
    return list(people.order_by("sort_key", "id"))


def people_near(actor: Actor, person_id: UUID) -> list[Person]:
    """A person's kin of any time and those they live with today, by name."""
    kin = Kinship.objects.visible_to(actor).filter(person_id=person_id, withdrawn_at=None)
    open_stays = HouseholdMembership.objects.visible_to(actor).open()
    homes = open_stays.filter(person_id=person_id)
    with_them = open_stays.filter(household_id__in=homes.values("household_id"))
    near = Q(id__in=kin.values("relative_id")) | Q(id__in=with_them.values("person_id"))
    living = Person.objects.visible_to(actor).filter(near, died_on=None, erased_at=None, merged_into=None)
    return list(living.exclude(id=person_id).order_by("sort_key", "id"))


def has_ancestor(actor: Actor, person_id: UUID, ancestor_id: UUID) -> bool:
    """Whether one person descends from another by birth or adoption."""
    reached, line = {person_id}, {person_id}
    for _ in range(MOST_GENERATIONS):
        parents = Kinship.objects.visible_to(actor).filter(person_id__in=line, relation__in=PARENTS, withdrawn_at=None)
        line = set(parents.values_list("relative_id", flat=True)) - reached
        if ancestor_id in line:
            return True
        if not line:
            return False
        reached |= line
    return True
