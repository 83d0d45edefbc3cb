"""One person, one household, as an actor who may see them sees them. Each opening is in the trail."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from maiam.contexts.families.models import EarlierValue, Household, HouseholdMembership, Kinship, Person
from maiam.contexts.families.queries.identity import Folded, all_ids_of, folded_into
from maiam.contexts.families.rules import MEMBER_ROLE_LABELS, MemberRole
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
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True)
class KinLine:
    person: Person
    relation_label: str


@dataclass(frozen=True)
class PersonPage:
    person: Person
    homes: list[HomeLine]
    kin: list[KinLine]
    earlier: list[EarlierValue]
    has_identity_number: bool
    folded: list[Folded]


@dataclass(frozen=True)
class MemberLine:
    membership: HouseholdMembership
    person: Person
    role_label: str


@dataclass(frozen=True)
class HouseholdPage:
    household: Household
    members: list[MemberLine]
    former: list[MemberLine]


def person(actor: Actor, person_id: UUID, now: datetime) -> PersonPage:
    """Open one person."""
    actor.require(Permission.VIEW_FAMILIES)
    row = Person.objects.select_related("commune", "village").find(actor, person_id)
    homes = HouseholdMembership.objects.visible_to(actor).filter(person=row).select_related("household")
    kin = Kinship.objects.visible_to(actor).filter(person=row, ends_on__isnull=True)
    audit.record_read(actor, "families.person.opened", row, at=now)
    return PersonPage(
        person=row,
        homes=[
            HomeLine(home.household, MEMBER_ROLE_LABELS[MemberRole(home.role)], home.starts_on, home.ends_on)
            for home in homes.order_by("-starts_on", "id")
        ],
        kin=_kin(kin.select_related("relative__merged_into").order_by("relative__sort_key")),
        earlier=list(
            EarlierValue.objects.visible_to(actor)
            .filter(person_id__in=all_ids_of(actor, row.id))
            .order_by("-changed_at", "id")
        ),
        has_identity_number=bool(row.identity_number_index),
        folded=folded_into(actor, row.id),
    )


def _kin(links: Iterable[Kinship]) -> list[KinLine]:
    """Each relative once, as who they are today."""
    lines = {
        ((today := link.relative.merged_into or link.relative).id, link.relation): KinLine(
            today, codes.relations()[link.relation].vi
        )
        for link in links
    }
    return list(lines.values())


def household(actor: Actor, household_id: UUID, now: datetime) -> HouseholdPage:
    """Open one household with its people of today and before."""
    actor.require(Permission.VIEW_FAMILIES)
    row = Household.objects.select_related("commune", "village").find(actor, household_id)
    lines = household_members(actor, row)
    audit.record_read(actor, "families.household.opened", row, at=now)
    return HouseholdPage(
        row,
        members=[line for line in lines if line.membership.ends_on is None],
        former=[line for line in lines if line.membership.ends_on is not None],
    )


def household_by_code(actor: Actor, commune_id: int, code: str) -> Household | None:
    """The household that carries this code in a commune, within reach."""
    actor.require(Permission.VIEW_FAMILIES)
    return Household.objects.visible_to(actor).filter(commune_id=commune_id, code=code, dissolved_on=None).first()


def household_members(actor: Actor, row: Household) -> list[MemberLine]:
    """Everyone who lives or lived in a household, its head first, then by name."""
    stays = HouseholdMembership.objects.visible_to(actor).filter(household=row, person__merged_into__isnull=True)
    lines = [
        MemberLine(stay, stay.person, MEMBER_ROLE_LABELS[MemberRole(stay.role)])
        for stay in stays.select_related("person")
    ]
    return sorted(lines, key=lambda line: (line.membership.role != MemberRole.HEAD, line.person.sort_key))


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
