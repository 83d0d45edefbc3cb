"""Writes what one event changes. Rows are opened and ended under the event; nothing is overwritten.

Services begin a chronicle once their rules allow the act, use its verbs, and close it with one entry of the trail.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from maiam.contexts.families.models import (
    EventPart,
    FamilyEvent,
    FormerAddress,
    HistoryRow,
    Household,
    HouseholdMembership,
    Kinship,
    Person,
)
from maiam.contexts.families.queries.people import village_name
from maiam.contexts.families.rules import EventKind, MemberRole, Part, Residence, inverse_relation
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor
from maiam.platform.errors import DomainError


class AlreadyHasHeadError(DomainError):
    code = "families.household_has_head"
    message = "Hộ đã có chủ hộ. Hãy đổi chủ hộ thay vì thêm."
    field = "role"


class AlreadyHasHomeError(DomainError):
    code = "families.person_has_home"
    message = "Người này đang thường trú ở một hộ khác. Hãy kết thúc lần ở đó trước."
    field = "person"


class TooEarlyError(DomainError):
    code = "families.too_early"
    message = "Ngày này trước ngày người đó vào hộ, hoặc trước việc đã ghi sau cùng. Hãy xem lại ngày."
    field = "on"


class NotYetError(DomainError):
    code = "families.not_yet"
    message = "Ngày này chưa tới. Hãy ghi khi việc đã xảy ra."
    field = "on"


class HouseholdGoneError(DomainError):
    code = "families.household_gone"
    message = "Hộ này đã xóa, đã nhập vào hộ khác hoặc không còn ai. Không ghi thêm việc được."


@dataclass(frozen=True)
class When:
    """The day something happened, and the moment it is told."""

    on: date
    now: datetime

    def check(self) -> None:
        """Raise `NotYetError` for a day to come."""
        if self.on > self.now.astimezone(VIETNAM).date():
            raise NotYetError


@dataclass
class Chronicle:
    """One event being written: its row, who takes part, and every row it opens or ends."""

    actor: Actor
    event: FamilyEvent
    parts: dict[UUID, Part] = field(default_factory=dict)

    @classmethod
    def begin(
        cls,
        actor: Actor,
        kind: EventKind,
        when: When,
        place: Household | Person,
        *,
        other: Household | None = None,
        note: str = "",
    ) -> "Chronicle":
        """Write the event down where it happens. Raises `NotYetError`."""
        when.check()
        event = FamilyEvent(
            kind=kind,
            happened_on=when.on,
            recorded_at=when.now,
            recorded_by=actor.name[:120],
            commune_id=place.commune_id,
            village_id=place.village_id,
            household=place if isinstance(place, Household) else None,
            other_household=other,
            note=note[:300],
        )
        event.save(force_insert=True)
        return cls(actor, event)

    @property
    def on(self) -> date:
        return self.event.happened_on

    def concerns(self, person_id: UUID, part: Part) -> None:
        """Remember someone's part; the first one told stays."""
        self.parts.setdefault(person_id, part)

    def closes(self) -> FamilyEvent:
        """Write down who took part, and the one entry of the trail."""
        EventPart.objects.bulk_create(
            EventPart(event=self.event, person_id=person_id, part=part) for person_id, part in self.parts.items()
        )
        audit.record(self.actor, f"families.{self.event.kind}.recorded", self.event, at=self.event.recorded_at)
        return self.event

    # --- stays

    def opens(
        self, household: Household, person_id: UUID, role: MemberRole, residence: Residence = Residence.PERMANENT
    ) -> HouseholdMembership:
        """Let a stay begin. Raises `AlreadyHasHeadError`, `AlreadyHasHomeError`."""
        stay = HouseholdMembership(
            household=household,
            person_id=person_id,
            role=role,
            residence=residence,
            is_permanent=residence.is_permanent,
            starts_on=self.on,
            recorded_at=self.event.recorded_at,
            opened_by=self.event,
        )
        self.keeps(stay)
        self.concerns(person_id, Part.MEMBER)
        return stay

    @staticmethod
    def keeps(stay: HouseholdMembership) -> None:
        """Insert a stay; the database refuses a second head and a second permanent home."""
        try:
            with transaction.atomic():
                stay.save(force_insert=True)
        except IntegrityError as error:
            if "household_has_one_head" in str(error):
                raise AlreadyHasHeadError from error
            raise AlreadyHasHomeError from error

    def ends(self, row: HistoryRow) -> None:
        """End a row on the day of the event. Raises `TooEarlyError`."""
        if row.starts_on and row.starts_on > self.on:
            raise TooEarlyError
        row.ends_on, row.ended_at, row.ended_by = self.on, self.event.recorded_at, self.event
        row.save(update_fields=["ends_on", "ended_at", "ended_by"])
        if isinstance(row, HouseholdMembership):
            self.concerns(row.person_id, Part.MEMBER)

    def continues(self, stay: HouseholdMembership, role: MemberRole, residence: Residence | None = None) -> None:
        """Let a stay go on under another role or residence."""
        self.ends(stay)
        self.opens(stay.household, stay.person_id, role, residence or Residence(stay.residence))

    def withdraws(self, row: HistoryRow) -> None:
        """Let a row hold on no day: it was written by mistake. What it said stays in it."""
        row.withdrawn_at, row.withdrawn_end = self.event.recorded_at, row.ends_on
        row.ended_at = row.ended_at or self.event.recorded_at
        row.starts_on = row.starts_on or self.on
        row.ends_on = row.starts_on
        row.save(update_fields=["withdrawn_at", "withdrawn_end", "ended_at", "starts_on", "ends_on"])

    # --- kinship

    def relates(self, person_id: UUID, relative_id: UUID, relation: str) -> None:
        """Let `relative` be the person's `relation` from the day of the event, and the mirror of it."""
        pairs = ((person_id, relative_id, relation), (relative_id, person_id, inverse_relation(relation)))
        Kinship.objects.bulk_create(
            Kinship(
                person_id=one,
                relative_id=other,
                relation=code,
                starts_on=self.on,
                recorded_at=self.event.recorded_at,
                opened_by=self.event,
            )
            for one, other, code in pairs
        )
        self.concerns(person_id, Part.KIN)
        self.concerns(relative_id, Part.KIN)

    def unrelates(self, link: Kinship) -> None:
        """End a kinship and its mirror."""
        mirror = (
            Kinship.objects.visible_to(self.actor)
            .open()
            .filter(person_id=link.relative_id, relative_id=link.person_id, relation=inverse_relation(link.relation))
        )
        for row in (link, *mirror):
            self.ends(row)
        self.concerns(link.person_id, Part.KIN)
        self.concerns(link.relative_id, Part.KIN)

    # --- places

    def moves(self, household: Household, *, village_id: int | None, address: str) -> None:
        """Let a household stand elsewhere in its commune; keep where it stood."""
        last = FormerAddress.objects.visible_to(self.actor).filter(household=household).order_by("-ends_on").first()
        if last and last.ends_on > self.on:
            raise TooEarlyError
        FormerAddress.objects.create(
            household=household,
            commune_id=household.commune_id,
            village_id=household.village_id,
            address=household.address,
            starts_on=last.ends_on if last else None,
            ends_on=self.on,
            recorded_at=self.event.recorded_at,
            ended_at=self.event.recorded_at,
            opened_by=self.event,
        )
        household.village_id, household.address = village_id, address
        household.save(update_fields=["village_id", "address"])

    def settles(self, people: Iterable[Person], household: Household) -> None:
        """Write people where their household stands: there they are listed and found."""
        village = village_name(household.village_id)
        for person in people:
            if (person.commune_id, person.village_id) != (household.commune_id, household.village_id):
                person.commune_id, person.village_id = household.commune_id, household.village_id
                person.search_text = person.words_to_find(village)
                person.save(update_fields=["commune_id", "village_id", "search_text"])

    def dissolves(self, household: Household) -> None:
        household.dissolved_on = self.on
        household.save(update_fields=["dissolved_on"])
