"""One person, one household, as an actor who may see them sees them. Each opening is in the trail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from maiam.contexts.families.models import (
    EarlierValue,
    FormerNumber,
    Household,
    HouseholdMembership,
    Kinship,
    Person,
)
from maiam.contexts.families.queries.events import EventLine, person_history
from maiam.contexts.families.queries.identity import Folded, all_ids_of, folded_into
from maiam.contexts.families.rules import ENDED_BY_LIFE, MEMBER_ROLE_LABELS, RESIDENCE_LABELS, MemberRole, Residence
from maiam.contexts.places import queries as places
from maiam.core.law import codes
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError

FORMER_NUMBER_FIELD = "families_formernumber.number"


@dataclass(frozen=True)
class HomeLine:
    """One stay in a household."""

    household: Household
    role_label: str
    residence_label: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class KinLine:
    person: Person
    relation_label: str
    ended_on: date | None = None
    # Set where life may end it: the page that does so asks for it.
    ends_by_id: UUID | None = None


@dataclass(frozen=True)
class PersonPage:
    person: Person
    homes: list[HomeLine]
    kin: list[KinLine]
    former_kin: list[KinLine]
    events: list[EventLine]
    former_numbers: list[FormerNumber]
    earlier: list[EarlierValue]
    has_identity_number: bool
    folded: list[Folded]


def person(actor: Actor, person_id: UUID, now: datetime) -> PersonPage:
    """Open one person."""
    actor.require(Permission.VIEW_FAMILIES)
    row = Person.objects.select_related("commune", "village").find(actor, person_id)
    homes = HouseholdMembership.objects.visible_to(actor).filter(person=row, withdrawn_at__isnull=True)
    kin = Kinship.objects.visible_to(actor).filter(person=row, withdrawn_at__isnull=True)
    kin = kin.select_related("relative__merged_into").order_by("relative__sort_key", "id")
    audit.record_read(actor, "families.person.opened", row, at=now)
    return PersonPage(
        person=row,
        homes=[_home(home) for home in homes.select_related("household").order_by("-starts_on", "-recorded_at", "id")],
        kin=_kin(kin.open()),
        former_kin=_kin(kin.filter(ends_on__isnull=False)),
        events=person_history(actor, row.id),
        former_numbers=list(FormerNumber.objects.visible_to(actor).filter(person=row).order_by("recorded_at", "id")),
        earlier=list(
            EarlierValue.objects.visible_to(actor)
            .filter(person_id__in=all_ids_of(actor, row.id))
            .order_by("-changed_at", "id")
        ),
        has_identity_number=bool(row.identity_number_index),
        folded=folded_into(actor, row.id),
    )


def _home(stay: HouseholdMembership) -> HomeLine:
    role, residence = MEMBER_ROLE_LABELS[MemberRole(stay.role)], RESIDENCE_LABELS[Residence(stay.residence)]
    return HomeLine(stay.household, role, residence, stay.starts_on, stay.ends_on)


def _kin(links: Iterable[Kinship]) -> list[KinLine]:
    """Each relative once, as who they are today."""
    lines = {
        ((today := link.relative.merged_into or link.relative).id, link.relation): KinLine(
            today,
            codes.relations()[link.relation].vi,
            link.ends_on,
            link.id if link.relation in ENDED_BY_LIFE and link.ends_on is None else None,
        )
        for link in links
    }
    return list(lines.values())


def village_name(village_id: int | None) -> str:
    """The name of a village and those it had before, by which its people are found too."""
    return " ".join(places.names_of_village(village_id)) if village_id else ""


def identity_number(actor: Actor, person_id: UUID, now: datetime) -> str:
    """Unseal a person's identity number: its own power, its own line in the trail.

    Raises `NotFoundError` when there is none.
    """
    actor.require(Permission.VIEW_IDENTITY_NUMBER)
    row = Person.objects.find(actor, person_id)
    if not row.identity_number_sealed:
        raise NotFoundError
    audit.record_read(actor, "families.identity_number.opened", row, at=now)
    return vault.unseal(row.identity_number_sealed, place=f"families_person.identity_number:{row.id}")


def identity_numbers(actor: Actor, person_id: UUID, now: datetime) -> list[str]:
    """Unseal every number a person bears or bore, today's first, with one line in the trail.

    Raises `NotFoundError` when there is none.
    """
    actor.require(Permission.VIEW_IDENTITY_NUMBER)
    row = Person.objects.find(actor, person_id)
    former = FormerNumber.objects.visible_to(actor).filter(person=row).order_by("-recorded_at", "id")
    numbers = [vault.unseal(one.number_sealed, place=f"{FORMER_NUMBER_FIELD}:{one.id}") for one in former]
    if row.identity_number_sealed:
        numbers.insert(0, vault.unseal(row.identity_number_sealed, place=f"families_person.identity_number:{row.id}"))
    if not numbers:
        raise NotFoundError
    audit.record_read(actor, "families.identity_number.opened", row, at=now)
    return numbers
