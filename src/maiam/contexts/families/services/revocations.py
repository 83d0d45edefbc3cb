"""Taking back an event that was told wrongly. Both stay to be seen; the state is as if it had not happened."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q

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
from maiam.contexts.families.rules import EventKind, MemberRole, Part
from maiam.contexts.families.services.chronicle import Chronicle, When
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError
from maiam.platform.ids import new_id

_FINAL = frozenset({EventKind.CORRECTION, EventKind.REVOCATION})
# What is built on by anything later in the same household, whoever it concerns.
_OF_WHOLE_HOUSEHOLDS = frozenset({EventKind.SPLIT, EventKind.MERGE, EventKind.DISSOLVE, EventKind.HOUSEHOLD_MOVED})


class NotRevocableError(DomainError):
    code = "families.not_revocable"
    message = "Có việc ghi sau đó dựa vào việc này. Hãy rút lại việc ghi sau trước."


class AlreadyRevokedError(DomainError):
    code = "families.already_revoked"
    message = "Việc này đã được rút lại."


class ReasonNeededError(DomainError):
    code = "families.reason_needed"
    message = "Ghi lý do rút lại."
    field = "reason"


@transaction.atomic
def revoke_event(*, actor: Actor, event_id: UUID, reason: str, now: datetime) -> FamilyEvent:
    """Take back an event: rows it opened are withdrawn, rows it ended go on. Both events stay in the history.

    Raises `NotRevocableError`, `AlreadyRevokedError`, `ReasonNeededError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    if not reason.strip():
        raise ReasonNeededError
    event = FamilyEvent.objects.find(actor, event_id)
    undoing = _Undoing.of(actor, event)
    undoing.check()
    chronicle = undoing.begin(reason, now)
    try:
        with transaction.atomic():
            undoing.restores(chronicle)
    except (IntegrityError, DomainError) as error:
        raise NotRevocableError from error
    return chronicle.closes()


class _Undoing:
    """One event being taken back, with everyone and every household it concerned held meanwhile."""

    def __init__(self, actor: Actor, event: FamilyEvent, people: list[Person], households: list[Household]) -> None:
        self.actor, self.event, self.people, self.households = actor, event, people, households

    @classmethod
    def of(cls, actor: Actor, event: FamilyEvent) -> "_Undoing":
        ids = EventPart.objects.visible_to(actor).filter(event=event).values_list("person_id", flat=True)
        people = Person.objects.visible_to(actor).select_for_update(of=("self",)).filter(id__in=list(ids))
        stays = HouseholdMembership.objects.visible_to(actor).filter(person_id__in=list(ids))
        touched = stays.filter(Q(opened_by=event) | Q(ended_by=event)).values_list("household_id", flat=True)
        named = [one for one in (event.household_id, event.other_household_id, *touched) if one]
        households = Household.objects.visible_to(actor).select_for_update(of=("self",)).filter(id__in=named)
        return cls(actor, event, list(people.order_by("id")), list(households.order_by("id")))

    def check(self) -> None:
        """Nothing told later, and not itself taken back, may concern the same people."""
        others = FamilyEvent.objects.visible_to(self.actor)
        if others.filter(revokes=self.event).exists():
            raise AlreadyRevokedError
        if self.event.kind in _FINAL:
            raise NotRevocableError("Việc sửa và việc rút lại không rút lại được. Hãy ghi một việc sửa mới.")
        concerned = Q(parts__person__in=self.people)
        if self.event.kind in _OF_WHOLE_HOUSEHOLDS:
            concerned |= Q(household__in=self.households) | Q(other_household__in=self.households)
        later = others.filter(concerned, recorded_at__gte=self.event.recorded_at, id__gt=self.event.id)
        if later.filter(revocation__isnull=True, revokes__isnull=True).exists():
            raise NotRevocableError

    def begin(self, reason: str, now: datetime) -> Chronicle:
        event = self.event
        When(event.happened_on, now).check()
        revocation = FamilyEvent(
            kind=EventKind.REVOCATION,
            happened_on=event.happened_on,
            recorded_at=now,
            recorded_by=self.actor.name[:120],
            commune_id=event.commune_id,
            village_id=event.village_id,
            household_id=event.household_id,
            other_household_id=event.other_household_id,
            note=reason[:300],
            revokes=event,
        )
        revocation.save(force_insert=True)
        chronicle = Chronicle(self.actor, revocation)
        for person in self.people:
            chronicle.concerns(person.id, Part.MEMBER)
        return chronicle

    def restores(self, chronicle: Chronicle) -> None:
        """Withdraw what the event opened, then let what it ended go on from the same day."""
        opened, ended = list(self._rows("opened_by")), list(self._rows("ended_by"))
        for row in opened:
            if isinstance(row, FormerAddress):
                self._move_back(row)
            chronicle.withdraws(row)
        self._restore_households()
        for row in ended:
            if row not in opened:
                _go_on(row, chronicle)
        self._restore_people(chronicle)
        self._check_heads()

    def _rows(self, link: str) -> Iterator[HistoryRow]:
        standing = {link: self.event, "withdrawn_at__isnull": True}
        yield from HouseholdMembership.objects.visible_to(self.actor).filter(person__in=self.people, **standing)
        yield from Kinship.objects.visible_to(self.actor).filter(person__in=self.people, **standing)
        yield from FormerAddress.objects.visible_to(self.actor).filter(household__in=self.households, **standing)

    def _move_back(self, row: FormerAddress) -> None:
        household = next(household for household in self.households if household.id == row.household_id)
        household.village_id, household.address = row.village_id, row.address
        household.save(update_fields=["village_id", "address"])

    def _restore_households(self) -> None:
        """A household the event dissolved stands again; one it founded is no more."""
        founded = self.event.other_household_id if self.event.kind == EventKind.SPLIT else None
        for household in self.households:
            if household.dissolved_on not in {None, self.event.happened_on}:
                raise NotRevocableError
            household.dissolved_on = self.event.happened_on if household.id == founded else None
            household.save(update_fields=["dissolved_on"])

    def _restore_people(self, chronicle: Chronicle) -> None:
        homes = HouseholdMembership.objects.visible_to(self.actor).open().filter(is_permanent=True)
        for person in self.people:
            if self.event.kind == EventKind.DEATH and person.died_on == self.event.happened_on:
                person.died_on = None
                person.save(update_fields=["died_on"])
            home = homes.filter(person=person).select_related("household").first()
            if home:
                chronicle.settles([person], home.household)

    def _check_heads(self) -> None:
        """A household with adults and a head before must not be left without."""
        for household in self.households:
            stays = HouseholdMembership.objects.visible_to(self.actor).open().filter(household=household)
            roles = set(stays.values_list("role", flat=True))
            if roles and household.dissolved_on:
                raise NotRevocableError
            if roles and MemberRole.HEAD not in roles and self._had_head(household):
                raise NotRevocableError

    def _had_head(self, household: Household) -> bool:
        rows = HouseholdMembership.objects.visible_to(self.actor).filter(household=household, role=MemberRole.HEAD)
        return rows.filter(ended_by=self.event).exists()


def _go_on(row: HistoryRow, chronicle: Chronicle) -> None:
    """A row that was ended stays as it is; a new one goes on from that day, on the word of the old one's event."""
    row.pk = row.id = new_id()
    row.starts_on, row.ends_on = row.ends_on, None
    row.recorded_at, row.ended_at, row.ended_by = chronicle.event.recorded_at, None, None
    row._state.adding = True
    row.save(force_insert=True)
