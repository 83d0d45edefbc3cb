"""Tell the protected person by their own rule; hold what was handed over against it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.cases.models import Case
from maiam.contexts.cases.queries.addressed import addressed_of
from maiam.contexts.contacts import services as contacts
from maiam.contexts.contacts.events import Addressed
from maiam.contexts.contacts.rules.safe_rule import Way
from maiam.contexts.contacts.rules.words import Purpose
from maiam.platform.access import Actor, acting

_HOUSE = Actor.system("safe contact")
# How a paper came to the person, as the rule knows ways; what is put into their own hand goes by no way.
_WAYS = {"mail": Way.LETTER, "electronic": Way.SMS, "through_relative": Way.VISIT}


@transaction.atomic
def tell_protected(*, actor: Actor, case_id: UUID, purpose: Purpose, key: str, now: datetime) -> None:
    """Tell the person of a case, where they said how they want to be told."""
    contacts.tell_if_asked(actor=actor, to=_addressed(case_id), purpose=purpose, key=key, now=now)


@transaction.atomic
def note_handed_over(
    *, actor: Actor, case_id: UUID, method: str, received_by: str, at: datetime, now: datetime
) -> None:
    """Hold the way a paper took to the protected person against their rule."""
    way = _WAYS.get(method)
    if way:
        contacts.note_reached(actor=actor, to=_addressed(case_id), way=way, through=received_by, at=at, now=now)


def _addressed(case_id: UUID) -> Addressed:
    """Who serves need not be able to open the case; the house knows whom it protects."""
    with acting(_HOUSE):
        return addressed_of(Case.objects.get(id=case_id))
