"""Kinship, told from both sides at once."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.families.models import Kinship, Person
from maiam.contexts.families.rules import inverse_relation
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class OwnKinError(DomainError):
    code = "families.own_kin"
    message = "Một người không thể là người thân của chính mình."
    field = "relative"


@transaction.atomic
def record_kinship(
    *, actor: Actor, person_id: UUID, relative_id: UUID, relation: str, now: datetime, starts_on: date | None = None
) -> Kinship:
    """Record that `relative` is the person's `relation` (relations.yaml), and the same seen from the relative.

    Raises `OwnKinError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    if person_id == relative_id:
        raise OwnKinError
    person, relative = Person.objects.find(actor, person_id), Person.objects.find(actor, relative_id)
    told = Kinship(person=person, relative=relative, relation=relation, starts_on=starts_on)
    mirror = Kinship(person=relative, relative=person, relation=inverse_relation(relation), starts_on=starts_on)
    Kinship.objects.bulk_create([told, mirror], ignore_conflicts=True)
    audit.record(actor, "families.kinship.recorded", told, at=now)
    return told
