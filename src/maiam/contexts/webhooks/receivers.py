"""What the trail writes of the register is noted for other systems, in the same transaction."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.dispatch import receiver

from maiam.contexts.families.models import FamilyEvent, Household, HouseholdMembership, Person
from maiam.contexts.webhooks import services
from maiam.contexts.webhooks.rules import REMOVED, TAKEN_BACK, TOLD
from maiam.contexts.webhooks.services import Noted
from maiam.platform.access import Actor
from maiam.platform.audit import recorded
from maiam.platform.audit.models import AuditEntry


@receiver(recorded)
def note(*, written: Sequence[tuple[AuditEntry, Model | tuple[str, str]]], actor: Actor, **_: Any) -> None:
    told = [noted for entry, subject in written if (noted := _noted(entry, subject))]
    if told:
        services.note_events(actor=actor, told=told, now=written[0][0].at)


def _noted(entry: AuditEntry, subject: Model | tuple[str, str]) -> Noted | None:
    if entry.action == TAKEN_BACK and isinstance(subject, tuple):
        kind, subject_id = subject
        return Noted(REMOVED[kind], kind.removeprefix("families."), UUID(subject_id), None)
    event_type = TOLD.get(entry.action)
    if event_type is None:
        return None
    match subject:
        case Person():
            return Noted(event_type, "person", subject.id, subject.commune_id)
        case Household():
            return Noted(event_type, "household", subject.id, subject.commune_id)
        case HouseholdMembership():
            return Noted(event_type, "household", subject.household_id, subject.household.commune_id)
        case FamilyEvent(household_id=household_id) if household_id:
            return Noted(event_type, "household", household_id, subject.commune_id)
    return None
