"""What the trail writes of the register is noted for other systems, in the same transaction."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.dispatch import receiver

from maiam.contexts.families.models import FamilyEvent, Household, HouseholdMembership, Person
from maiam.contexts.webhooks import services
from maiam.contexts.webhooks.rules import REMOVED, TAKEN_BACK, TOLD, EventType
from maiam.contexts.webhooks.services import Noted
from maiam.platform.access import Actor
from maiam.platform.audit import Subject, recorded


@receiver(recorded)
def note(*, action: str, subjects: Sequence[Model | Subject | tuple[str, str]], actor: Actor, **told: Any) -> None:
    if action == TAKEN_BACK:
        noted = [_noted_taken_back(subject) for subject in subjects if isinstance(subject, tuple)]
    elif event_type := TOLD.get(action):
        noted = [one for subject in subjects if (one := _noted(event_type, subject))]
    else:
        return
    if noted:
        services.note_events(actor=actor, told=noted, now=told["at"])


def _noted_taken_back(subject: tuple[Any, ...]) -> Noted:
    kind, subject_id, *_ = subject
    return Noted(REMOVED[kind], kind.removeprefix("families."), subject_id, None)


def _noted(event_type: EventType, subject: Model | Subject | tuple[str, str]) -> Noted | None:
    match subject:
        case Subject(type="families.person" | "families.household" as kind, id=subject_id, unit_id=unit_id):
            return Noted(event_type, kind.removeprefix("families."), subject_id, unit_id)
        case Person():
            return Noted(event_type, "person", str(subject.id), subject.commune_id)
        case Household():
            return Noted(event_type, "household", str(subject.id), subject.commune_id)
        case HouseholdMembership():
            return Noted(event_type, "household", str(subject.household_id), subject.household.commune_id)
        case FamilyEvent(household_id=household_id) if household_id:
            return Noted(event_type, "household", str(household_id), subject.commune_id)
    return None
