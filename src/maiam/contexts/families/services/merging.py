"""Two rows of one person become one, by a person's decision; undone, everything is exactly as it was.

No row goes away. The row that is kept takes the chosen facts, the stays and the kin of both. The other row has what was
not chosen and leads to it (`merged_into`): so whatever other contexts hold under its id still finds the person, and so
does a search for the old name or number. Of two homes at one time one can be true: the stays of the chosen home live
on, the others stay with the folded row and end on the day of the merge.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from maiam.contexts.families.models import HouseholdMembership, Kinship, MergeRecord, Person
from maiam.contexts.families.queries.search import NUMBER_FIELD
from maiam.contexts.families.rules import HOME, MERGE_CHOICES, MemberRole, Side
from maiam.contexts.families.services.people import Pen
from maiam.contexts.families.services.snapshots import Snapshot
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError

Choices = Mapping[str, Side]


class SamePersonError(DomainError):
    code = "families.merge_of_one_row"
    message = "Hãy chọn hai hồ sơ khác nhau."


class NotMergeableError(DomainError):
    code = "families.person_not_mergeable"
    message = "Một trong hai hồ sơ đã được gộp, đang bị hạn chế xử lý hoặc đã xóa, nên chưa gộp được."


class AlreadyUndoneError(DomainError):
    code = "families.merge_already_undone"
    message = "Lần gộp này đã được tách ra rồi."


class ChangedSinceError(DomainError):
    code = "families.changed_since_merge"
    message = "Sau khi gộp, hồ sơ đã có thay đổi khác nên không tách lại như cũ được."

    def __init__(self, changes: list[str]) -> None:
        self.changes = changes
        super().__init__(f"{self.message} Đã thay đổi: {'; '.join(changes)}. Hãy sửa lại các mục này trước, rồi tách.")


@transaction.atomic
def merge_persons(*, actor: Actor, kept_id: UUID, folded_id: UUID, choices: Choices, now: datetime) -> MergeRecord:
    """Make two rows one person. `choices` names what comes from the folded row; all else is as the kept row has it.

    Raises `SamePersonError`, `NotMergeableError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    two = _two(actor, kept_id, folded_id)
    before = Snapshot.of(_touched(actor, two))
    _take_facts(Pen(actor, now), two, choices)
    _take_stays(actor, two, choices.get(HOME, Side.KEPT), now)
    _take_kin(actor, two)
    _lead_on(actor, two)
    record = MergeRecord(
        commune_id=two.kept.commune_id,
        kept=two.kept,
        folded=two.folded,
        choices={name: str(side) for name, side in choices.items()},
        before=before.tables,
        after=Snapshot.of(_touched(actor, two)).tables,
        merged_at=now,
        merged_by=actor.name,
    )
    record.save(force_insert=True)
    audit.record(actor, "families.person.merged", two.kept, at=now, fields=sorted(choices))
    return record


@transaction.atomic
def unmerge_persons(*, actor: Actor, merge_id: UUID, now: datetime) -> MergeRecord:
    """Undo a merge: every row is again what it was.

    Raises `AlreadyUndoneError`, `ChangedSinceError` when something the merge touched changed since; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    record = MergeRecord.objects.select_for_update(of=("self",)).find(actor, merge_id)
    if record.undone_at is not None:
        raise AlreadyUndoneError
    two = Two(*(_locked(actor, person_id) for person_id in (record.kept_id, record.folded_id)))
    after = Snapshot(record.after)
    changes = after.differences(Snapshot.of(_touched(actor, two)))
    if changes:
        raise ChangedSinceError(changes)
    Snapshot(record.before).restore_over(after)
    record.undone_at, record.undone_by = now, actor.name
    record.save(update_fields=["undone_at", "undone_by"])
    audit.record(actor, "families.person.unmerged", two.kept, at=now)
    return record


@dataclass(frozen=True)
class Two:
    """The row that is kept and the row that is folded into it."""

    kept: Person
    folded: Person

    @property
    def ids(self) -> tuple[UUID, UUID]:
        return self.kept.id, self.folded.id


def _two(actor: Actor, kept_id: UUID, folded_id: UUID) -> Two:
    if kept_id == folded_id:
        raise SamePersonError
    # In one order, whoever is kept: two officers never wait for each other.
    locked = {person_id: _locked(actor, person_id) for person_id in sorted((kept_id, folded_id))}
    for person in locked.values():
        if person.merged_into_id or person.restricted_at or person.erased_at:
            raise NotMergeableError
    return Two(locked[kept_id], locked[folded_id])


def _locked(actor: Actor, person_id: UUID) -> Person:
    return Person.objects.select_for_update(of=("self",)).find(actor, person_id)


def _touched(actor: Actor, two: Two) -> list[Person | HouseholdMembership | Kinship]:
    """Every row a merge of these two may change, as it stands: both people, whoever leads to them, stays, kin."""
    people = Person.objects.visible_to(actor).filter(Q(id__in=two.ids) | Q(merged_into_id__in=two.ids))
    return [*people.order_by("id"), *_stays(actor, two.ids), *_kin(actor, two.ids)]


def _stays(actor: Actor, ids: Iterable[UUID]) -> list[HouseholdMembership]:
    return list(HouseholdMembership.objects.visible_to(actor).filter(person_id__in=ids).order_by("id"))


def _kin(actor: Actor, ids: tuple[UUID, UUID]) -> list[Kinship]:
    return list(Kinship.objects.visible_to(actor).filter(Q(person_id__in=ids) | Q(relative_id__in=ids)).order_by("id"))


def _take_facts(pen: Pen, two: Two, choices: Choices) -> None:
    """Change what is taken for what is left, so that no fact is lost and the person is found by either."""
    for name, fields in MERGE_CHOICES.items():
        if choices.get(name) == Side.FOLDED:
            for field in fields:
                kept, folded = getattr(two.kept, field), getattr(two.folded, field)
                setattr(two.kept, field, folded)
                setattr(two.folded, field, kept)
    if choices.get("identity_number") == Side.FOLDED:
        _change_numbers(two)
    for person in (two.kept, two.folded):
        pen.folds_again(person)
        person.save()


def _change_numbers(two: Two) -> None:
    """A seal opens only in its own row."""
    kept, folded = _number(two.kept), _number(two.folded)
    for person, number in ((two.kept, folded), (two.folded, kept)):
        person.identity_number_sealed = vault.seal(number, place=_place(person)) if number else None


def _number(person: Person) -> str:
    return vault.unseal(person.identity_number_sealed, place=_place(person)) if person.identity_number_sealed else ""


def _place(person: Person) -> str:
    return f"{NUMBER_FIELD}:{person.id}"


def _take_stays(actor: Actor, two: Two, home: Side, now: datetime) -> None:
    """Give the kept row every stay that can be true beside the chosen home; end what is left with the folded row."""
    stays = _stays(actor, two.ids)
    chosen = two.kept.id if home == Side.KEPT else two.folded.id
    surviving: list[HouseholdMembership] = []
    for stay in sorted(stays, key=lambda stay: (not _heads_shared_home(stay, stays), stay.person_id != chosen)):
        if not any(_clash(stay, other) for other in surviving):
            surviving.append(stay)
    left = [stay for stay in stays if stay not in surviving]
    permanent = [stay.id for stay in surviving if stay.is_permanent]
    # Nobody has two homes at any moment, not even between two of these lines.
    HouseholdMembership.objects.filter(id__in=[stay.id for stay in stays]).update(is_permanent=False)
    for stay in left:
        _end_with(two.folded, stay, now)
    HouseholdMembership.objects.filter(id__in=[stay.id for stay in surviving]).update(person=two.kept)
    HouseholdMembership.objects.filter(id__in=permanent).update(is_permanent=True)


def _end_with(folded: Person, stay: HouseholdMembership, now: datetime) -> None:
    stay.person, stay.is_permanent = folded, False
    if stay.ends_on is None:
        stay.ends_on, stay.ended_at = max(timezone.localdate(now), stay.starts_on), now
    stay.save(update_fields=["person", "is_permanent", "ends_on", "ended_at"])


def _heads_shared_home(stay: HouseholdMembership, stays: list[HouseholdMembership]) -> bool:
    """Whether the person heads, under one of two rows, the very household in which the other row has them today too."""
    is_head = stay.role == MemberRole.HEAD and stay.ends_on is None
    return is_head and any(
        other.household_id == stay.household_id and other.ends_on is None and other.person_id != stay.person_id
        for other in stays
    )


def _clash(stay: HouseholdMembership, other: HouseholdMembership) -> bool:
    """Whether one person cannot have both: two homes at one time, or one household twice at one time."""
    overlap = stay.starts_on < (other.ends_on or date.max) and other.starts_on < (stay.ends_on or date.max)
    same = stay.household_id == other.household_id
    return overlap and (same or (stay.is_permanent and other.is_permanent))


def _take_kin(actor: Actor, two: Two) -> None:
    """Give the kept row the kin of both, each told once; what would be told twice stays with the folded row."""
    kin = _kin(actor, two.ids)
    told = {_told(link) for link in kin if two.folded.id not in (link.person_id, link.relative_id)}
    for link in kin:
        if two.folded.id not in (link.person_id, link.relative_id):
            continue
        person, relative = (two.kept.id if end == two.folded.id else end for end in (link.person_id, link.relative_id))
        moved = (person, relative, link.relation, link.ends_on)
        if person == relative or moved in told:
            continue
        told.add(moved)
        link.person_id, link.relative_id = person, relative
        link.save(update_fields=["person_id", "relative_id"])


def _told(link: Kinship) -> tuple[UUID, UUID, str, date | None]:
    return link.person_id, link.relative_id, link.relation, link.ends_on


def _lead_on(actor: Actor, two: Two) -> None:
    """Let the folded row, and all that led to it, lead to the kept one in one step."""
    Person.objects.visible_to(actor).filter(Q(id=two.folded.id) | Q(merged_into=two.folded)).update(
        merged_into=two.kept
    )
