"""People of the family register, as far as an incident or a measure must name them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maiam.contexts.cases.models import Case, IncidentParty
from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.core.text import PartialDate
from maiam.platform.access import Actor


@dataclass(frozen=True)
class KnownPerson:
    """A person of the register: a name, what is known of the birth, the village."""

    id: UUID
    name: str
    birth: PartialDate | None
    village: str

    @property
    def birth_year(self) -> int | None:
        return self.birth.year if self.birth else None


def known_people(actor: Actor, person_ids: Iterable[UUID]) -> dict[UUID, KnownPerson]:
    """The people with these ids whom the actor may see, in the order of the ids."""
    wanted = list(person_ids)
    found = Person.objects.visible_to(actor).select_related("village").in_bulk(wanted)
    return {person_id: _known(found[person_id]) for person_id in wanted if person_id in found}


def is_child_case(actor: Actor, case: Case) -> bool | None:
    """Was the protected person a child in any incident of the case? None where the dates do not tell."""
    parties = IncidentParty.objects.visible_to(actor).filter(incident__case_links__case=case, person_id=case.person_id)
    known = {party.was_child for party in parties}
    return True if True in known else None if None in known or not known else False


def residence_of_victim(actor: Actor, case: Case) -> dict[str, Any]:
    """The columns of a measure that say where the victim is registered; the case's place where that is out of reach."""
    person = Person.objects.visible_to(actor).filter(id=case.person_id).first()
    if person is None:
        return {"victim_commune_id": case.commune_id, "victim_village_id": case.village_id}
    return {"victim_commune_id": person.commune_id, "victim_village_id": person.village_id}


def residence_of(actor: Actor, person_id: UUID) -> str:
    """Where a person is registered, as a paper says it; empty where the register does not tell."""
    person = (
        Person.objects.visible_to(actor).select_related("village", "commune__province").filter(id=person_id).first()
    )
    if person is None:
        return ""
    stays = HouseholdMembership.objects.visible_to(actor).filter(person=person, ends_on__isnull=True)
    home = stays.select_related("household").order_by("-is_permanent", "-starts_on").first()
    parts = [
        home.household.address if home else "",
        person.village.name if person.village else "",
        person.commune.name,
        person.commune.province.name if person.commune.province else "",
    ]
    return ", ".join(part for part in parts if part)


def _known(row: Person) -> KnownPerson:
    birth = row.birth
    known = PartialDate(birth.year, birth.month, birth.day, birth.is_approximate) if birth else None
    return KnownPerson(row.id, row.full_name, known, row.village.name if row.village else "")
