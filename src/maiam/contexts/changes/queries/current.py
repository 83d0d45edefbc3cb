"""What the register holds at this moment, in the form in which requests keep values."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from maiam.contexts.changes.rules import Values
from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.contexts.families.queries.search import NUMBER_FIELD
from maiam.core.text import PartialDate
from maiam.platform import vault
from maiam.platform.access import Actor

PLAIN_FIELDS = ("full_name", "other_names", "sex", "ethnicity", "phone", "village_id")


def current_values(actor: Actor, person_id: UUID | None) -> Values:
    """Everything that may be asked to change, as it stands; nothing for someone not in the register yet."""
    if person_id is None:
        return {}
    person = Person.objects.find(actor, person_id)
    stay = open_stay(actor, person_id)
    return facts_of(person) | {
        "home": stay.household.code if stay else "",
        "role": stay.role if stay else "",
        "died_on": day_value(person.died_on),
    }


def facts_of(person: Person) -> dict[str, object]:
    birth = person.birth
    return {name: getattr(person, name) for name in PLAIN_FIELDS} | {
        "birth": [birth.year, birth.month, birth.day, birth.is_approximate] if birth else None,
        "identity_number": person.identity_number_index,
    }


def open_stay(actor: Actor, person_id: UUID) -> HouseholdMembership | None:
    """Where a person lives today; the permanent home before a temporary one."""
    stays = HouseholdMembership.objects.visible_to(actor).filter(person_id=person_id, ends_on__isnull=True)
    return stays.select_related("household").order_by("-is_permanent", "-starts_on", "id").first()


def token(values: Values, names: Iterable[str]) -> str:
    """A short mark of these values, by which a decision says what it looked at."""
    looked_at = {name: values.get(name, "") for name in sorted(names)}
    return hashlib.sha256(json.dumps(looked_at, sort_keys=True).encode()).hexdigest()[:16]


def number_value(number: str) -> str:
    """The keyed hash by which the register knows a number."""
    return vault.index(number, field=NUMBER_FIELD) if number else ""


def birth_value(birth: PartialDate | None) -> list[int | bool | None] | None:
    return [birth.year, birth.month, birth.day, birth.approximate] if birth else None


def day_value(day: date | None) -> str:
    return day.isoformat() if day else ""
