"""Who may speak for a protected person: told by the register where chosen there, by every name where typed."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.cases.models import Case
from maiam.contexts.cases.queries.named import who_harmed
from maiam.contexts.contacts.rules.verdicts import is_near
from maiam.contexts.families import queries as families
from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.contexts.families.rules import CHILD_BELOW
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor, Permission


@dataclass(frozen=True)
class Speaker:
    """Somebody of the person's home in the register who did them no harm."""

    id: UUID
    name: str
    birth_year: int | None


def is_perpetrator_named(actor: Actor, case: Case, name: str, *, person_id: UUID | None = None) -> bool:
    """Whether this is somebody who hurt the protected person, by id or by any of their names.

    Two words of a name are enough, and so are the other names the register knows: such a one never speaks for them.
    """
    harmed = _harmed(actor, case)
    if person_id and person_id in _every_id(actor, harmed):
        return True
    return bool(name.strip()) and is_near(name, _names(actor, harmed))


def speakers_for(actor: Actor, case: Case, now: datetime) -> list[Speaker]:
    """Adults of the person's household today who did them no harm; none where the register is out of reach."""
    if not actor.can(Permission.VIEW_FAMILIES):
        return []
    day = now.astimezone(VIETNAM).date()
    today = families.current_person_id(actor, case.person_id)
    homes = HouseholdMembership.objects.visible_to(actor).filter(person_id=today).on(day)
    near = families.members_on(actor, set(homes.values_list("household_id", flat=True)), day)
    closed = _every_id(actor, _harmed(actor, case)) | {today, case.person_id}
    lines = [line for members in near.values() for line in members if line.person.id not in closed]
    return [
        Speaker(line.person.id, line.person.full_name, line.person.birth_year)
        for line in lines
        if line.age is None or line.age >= CHILD_BELOW
    ]


def _harmed(actor: Actor, case: Case) -> dict[UUID, str]:
    return who_harmed(actor, [case.person_id]) if actor.can(Permission.VIEW_CASES) else {}


def _every_id(actor: Actor, harmed: dict[UUID, str]) -> set[UUID]:
    """Every id they go or went by: merged rows are one person."""
    return set(harmed) | set(families.current_person_ids(actor, harmed).values())


def _names(actor: Actor, harmed: dict[UUID, str]) -> list[str]:
    rows = Person.objects.visible_to(actor).filter(id__in=_every_id(actor, harmed))
    known = [name for row in rows for name in (row.full_name, row.other_names) if name]
    return [*harmed.values(), *known]
