"""Households: one on any day, its people on any day, and the list of a village."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from maiam.contexts.families.models import Household, HouseholdMembership, Kinship, Person
from maiam.contexts.families.queries.standing import PlaceOn, place_on
from maiam.contexts.families.rules import (
    ADULT_FROM,
    MEMBER_ROLE_LABELS,
    NEAREST_KIN,
    RESIDENCE_LABELS,
    MemberRole,
    Residence,
)
from maiam.core.law import codes
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission

PAGE_ROWS = 50
# A code of a household as it is typed into the search; of fewer letters, it is a part of something else.
SHORTEST_CODE, LONGEST_CODE, MOST_HOMES = 3, 30, 10


@dataclass(frozen=True)
class KinOf:
    """One relation of a member, as it is told beside their name."""

    relation_label: str
    person: Person


@dataclass(frozen=True)
class MemberLine:
    """One person's stay in a household; `day` is the day it is looked at."""

    membership: HouseholdMembership
    person: Person
    role_label: str
    day: date | None = None
    kin: list[KinOf] = field(default_factory=list)

    @property
    def residence_label(self) -> str:
        return RESIDENCE_LABELS[Residence(self.membership.residence)]

    @property
    def is_permanent_here(self) -> bool:
        return self.membership.residence == Residence.PERMANENT

    @property
    def age(self) -> int | None:
        birth = self.person.birth
        return birth.age_on(self.day) if birth and self.day else None

    @property
    def is_adult(self) -> bool:
        return self.age is None or self.age >= ADULT_FROM


@dataclass(frozen=True)
class HouseholdOn:
    """A household as it was on a day: where, who, under which head; and who had lived there before."""

    household: Household
    day: date
    is_today: bool
    place: PlaceOn
    members: list[MemberLine]
    former: list[MemberLine]

    @property
    def head(self) -> MemberLine | None:
        return next((line for line in self.members if line.membership.role == MemberRole.HEAD), None)

    @property
    def lacks_head(self) -> bool:
        """Adults live there and none is its head: so it came from the commune's book."""
        return self.head is None and any(line.is_adult for line in self.members)

    @property
    def is_dissolved(self) -> bool:
        gone_on = self.household.dissolved_on
        return gone_on is not None and gone_on <= self.day


HouseholdPage = HouseholdOn


def household(actor: Actor, household_id: UUID, now: datetime) -> HouseholdOn:
    """Open one household as it is today."""
    return household_on(actor, household_id, now.astimezone(VIETNAM).date(), now)


def household_on(
    actor: Actor, household_id: UUID, day: date, now: datetime, *, known_at: datetime | None = None
) -> HouseholdOn:
    """Open one household as it was on a day; with `known_at`, as we knew it at that moment.

    Raises `NotFoundError`.
    """
    actor.require(Permission.VIEW_FAMILIES)
    rows = Household.objects.select_related("commune__parent", "village")
    row = rows.find(actor, household_id)
    stays = HouseholdMembership.objects.visible_to(actor).filter(household=row, person__merged_into__isnull=True)
    held = stays.on_as_known(day, known_at) if known_at else stays.on(day)
    members = _with_kin(actor, _lines(held, day), day)
    ended = stays.filter(ends_on__lte=day, ends_on__gt=F("starts_on"))
    before = ended.exclude(person__in=[line.person for line in members])
    audit.record_read(actor, "families.household.opened", row, at=now)
    return HouseholdOn(
        household=row,
        day=day,
        is_today=day == now.astimezone(VIETNAM).date(),
        place=place_on(actor, row, day, known_at),
        members=members,
        former=_last_stays(_lines(before, day)),
    )


def members_on(actor: Actor, household_ids: Collection[UUID], day: date) -> dict[UUID, list[MemberLine]]:
    """Who lived in each of these households on a day, the head first; households without anyone have no entry."""
    actor.require(Permission.VIEW_FAMILIES)
    stays = HouseholdMembership.objects.visible_to(actor).filter(
        household_id__in=household_ids, person__merged_into__isnull=True
    )
    found: dict[UUID, list[MemberLine]] = defaultdict(list)
    for line in _lines(stays.on(day), day):
        found[line.membership.household_id].append(line)
    return dict(found)


def household_members(actor: Actor, row: Household) -> list[MemberLine]:
    """Everyone who lives or lived in a household, its head first, then by name."""
    stays = HouseholdMembership.objects.visible_to(actor).filter(
        household=row, person__merged_into__isnull=True, withdrawn_at__isnull=True
    )
    return _lines(stays)


def household_by_code(actor: Actor, commune_id: int, code: str) -> Household | None:
    """A household by the code its commune gave it."""
    actor.require(Permission.VIEW_FAMILIES)
    return Household.objects.visible_to(actor).filter(commune_id=commune_id, code__iexact=code).first()


@dataclass(frozen=True)
class HomeHit:
    """One household found by its code."""

    id: UUID
    code: str
    head: str | None
    village: str | None
    commune: str
    is_dissolved: bool


def homes_of_code(actor: Actor, text: str, now: datetime) -> list[HomeHit]:
    """Households that bear this code, within reach: in two communes there may be two. Audited, without the code."""
    actor.require(Permission.VIEW_FAMILIES)
    code = text.replace("\0", " ").strip()
    if not (SHORTEST_CODE <= len(code) <= LONGEST_CODE and any(letter.isdigit() for letter in code)):
        return []
    audit.record(actor, "families.household.searched", ("families.household", ""), at=now)
    heads = HouseholdMembership.objects.visible_to(actor).open().filter(household=OuterRef("id"), role=MemberRole.HEAD)
    rows = (
        Household.objects.visible_to(actor).filter(code__in={code, code.upper()}).select_related("commune", "village")
    )
    named = rows.annotate(head=Subquery(heads.values("person__full_name")[:1]))
    return [
        HomeHit(
            id=row.id,
            code=row.code,
            head=row.head,
            village=row.village.name if row.village else None,
            commune=row.commune.name,
            is_dissolved=row.dissolved_on is not None,
        )
        for row in named.order_by("commune__name", "id")[:MOST_HOMES]
    ]


def _lines(stays: QuerySet[HouseholdMembership], day: date | None = None) -> list[MemberLine]:
    lines = [
        MemberLine(stay, stay.person, MEMBER_ROLE_LABELS[MemberRole(stay.role)], day)
        for stay in stays.select_related("person")
    ]
    return sorted(lines, key=_head_then_name)


def _head_then_name(line: MemberLine) -> tuple[bool, str, UUID]:
    return line.membership.role != MemberRole.HEAD, line.person.sort_key, line.person.id


def _last_stays(lines: list[MemberLine]) -> list[MemberLine]:
    """Each person once, with the last of their stays, the latest first."""
    by_end = sorted(lines, key=lambda line: line.membership.ends_on or date.max)
    last = {line.person.id: line for line in by_end}
    return sorted(last.values(), key=lambda line: line.membership.ends_on or date.max, reverse=True)


def _with_kin(actor: Actor, lines: list[MemberLine], day: date) -> list[MemberLine]:
    """Beside each member their spouse, parents and former spouse, wherever those live."""
    links = (
        Kinship.objects.visible_to(actor)
        .on(day)
        .filter(person__in=[line.person for line in lines], relation__in=NEAREST_KIN)
    )
    kin: dict[UUID, list[KinOf]] = defaultdict(list)
    for link in links.select_related("relative__merged_into").order_by("relation", "relative__sort_key"):
        told = KinOf(codes.relations()[link.relation].vi, link.relative.merged_into or link.relative)
        if told not in kin[link.person_id]:
            kin[link.person_id].append(told)
    return [
        MemberLine(line.membership, line.person, line.role_label, line.day, kin.get(line.person.id, []))
        for line in lines
    ]


# --- the list


class Order(StrEnum):
    CODE = "code"
    HEAD = "head"


@dataclass(frozen=True)
class HouseholdFilter:
    """Which households are wanted, and in which order."""

    village_id: int | None = None
    order: Order = Order.CODE
    lacks_head: bool = False
    with_dissolved: bool = False


@dataclass(frozen=True)
class HouseholdLine:
    id: UUID
    code: str
    village: str
    commune: str
    address: str
    head_name: str
    members: int
    dissolved_on: date | None


def households_page(actor: Actor, wanted: HouseholdFilter, page: str) -> Page[HouseholdLine]:
    """One page of the households within reach, by code, or by the name of the head as Vietnamese lists order names."""
    actor.require(Permission.VIEW_FAMILIES)
    heads = HouseholdMembership.objects.filter(household=OuterRef("pk"), role=MemberRole.HEAD, ends_on__isnull=True)
    rows = Household.objects.visible_to(actor).annotate(head_key=Subquery(heads.values("person__sort_key")[:1]))
    if wanted.village_id:
        rows = rows.filter(village_id=wanted.village_id)
    if not wanted.with_dissolved:
        rows = rows.filter(dissolved_on__isnull=True)
    if wanted.lacks_head:
        rows = rows.filter(head_key__isnull=True)
    order = [F("head_key").asc(nulls_first=True), "code"] if wanted.order is Order.HEAD else ["code"]
    pages = Paginator(rows.order_by(*order, "id"), PAGE_ROWS)
    found = pages.get_page(page)
    return Page(_household_lines(actor, [row.id for row in found.object_list]), found.number, pages)  # type: ignore[arg-type]


def _household_lines(actor: Actor, ids: list[UUID]) -> list[HouseholdLine]:
    """The wanted rows alone are counted and named, however long the list is."""
    rows = (
        Household.objects.visible_to(actor)
        .select_related("village", "commune")
        .annotate(people=Count("memberships", filter=Q(memberships__ends_on__isnull=True)))
    )
    found = rows.in_bulk(ids)
    heads = HouseholdMembership.objects.visible_to(actor).open().filter(household_id__in=ids, role=MemberRole.HEAD)
    names = dict(heads.values_list("household_id", "person__full_name"))
    return [
        HouseholdLine(
            id=row.id,
            code=row.code,
            village=row.village.name if row.village else "",
            commune=row.commune.name,
            address=row.address,
            head_name=names.get(row.id, ""),
            members=row.people,
            dissolved_on=row.dissolved_on,
        )
        for row in (found[household_id] for household_id in ids)
    ]
