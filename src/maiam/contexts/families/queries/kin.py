"""Who is related to whom, as far as the actor may see."""

from collections.abc import Collection
from uuid import UUID

from maiam.contexts.families.models import Kinship
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
