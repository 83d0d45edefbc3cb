"""Homes follow their village: into the one it became part of, and under its new name. No village ends under them."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Left

from maiam.contexts.families.models import Household, Person
from maiam.contexts.places.models import Village
from maiam.core.text import fold
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError

LONGEST_SEARCH_TEXT: int = Person._meta.get_field("search_text").max_length or 0


class VillageHasHomesError(DomainError):
    code = "families.village_has_homes"

    def __init__(self, homes: int) -> None:
        super().__init__(f"Thôn còn {homes} hộ. Hãy nhập thôn vào thôn khác, hoặc chuyển các hộ trước.")


@transaction.atomic
def move_homes(*, actor: Actor, village: Village, into: Village, now: datetime) -> None:
    """Let the households and people of a village belong to the one it became part of."""
    actor.require(Permission.EDIT_FAMILIES)
    Household.objects.visible_to(actor).filter(village=village).update(village=into)
    Person.objects.visible_to(actor).filter(village=village).update(village=into, search_text=_found_also_by(into))
    audit.record(actor, "families.village.moved", village, at=now, fields=["village"])


@transaction.atomic
def note_village_name(*, actor: Actor, village: Village, now: datetime) -> None:
    """Let people be found by the new name of their village, and still by the old."""
    actor.require(Permission.EDIT_FAMILIES)
    Person.objects.visible_to(actor).filter(village=village).update(search_text=_found_also_by(village))
    audit.record(actor, "families.village.renamed", village, at=now, fields=["search_text"])


def require_no_homes(*, actor: Actor, village: Village, now: datetime) -> None:  # noqa: ARG001 - asked like any service
    """Refuse to end a village in which people live.

    Raises `VillageHasHomesError`.
    """
    homes = Household.objects.visible_to(actor).filter(village=village, dissolved_on__isnull=True).count()
    if homes:
        raise VillageHasHomesError(homes)


def _found_also_by(village: Village) -> Left:
    return Left(Concat(F("search_text"), Value(f" {fold(village.name)}")), LONGEST_SEARCH_TEXT)
