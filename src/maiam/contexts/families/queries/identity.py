"""Who a person is today, and under which ids they were ever known: two rows may have turned out to be one person."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from maiam.contexts.families.models import MergeRecord, Person
from maiam.platform.access import Actor, Permission


@dataclass(frozen=True)
class Folded:
    """A row that was merged into another, as the person's page tells it."""

    merge_id: UUID
    person: Person
    merged_at: datetime
    merged_by: str


def current_person_id(actor: Actor, person_id: UUID) -> UUID:
    """The id the person goes by today: their own, or that of the row theirs was merged into."""
    return current_person_ids(actor, [person_id])[person_id]


def current_person_ids(actor: Actor, person_ids: Iterable[UUID]) -> dict[UUID, UUID]:
    """The id each goes by today; an id out of reach stays as it is. A merge leads to its end in one step."""
    wanted = list(person_ids)
    merged = Person.objects.visible_to(actor).filter(id__in=wanted, merged_into__isnull=False)
    found: dict[UUID, UUID] = dict(merged.values_list("id", "merged_into_id"))
    return {person_id: found.get(person_id, person_id) for person_id in wanted}


def all_ids_of(actor: Actor, person_id: UUID) -> list[UUID]:
    """Every id the person was ever known under, today's first: for what other contexts hold about them."""
    today = current_person_id(actor, person_id)
    folded = Person.objects.visible_to(actor).filter(merged_into_id=today).order_by("id")
    return [today, *folded.values_list("id", flat=True)]


def folded_into(actor: Actor, person_id: UUID) -> list[Folded]:
    """The rows that were merged into this person's, the latest first."""
    actor.require(Permission.VIEW_FAMILIES)
    merges = MergeRecord.objects.visible_to(actor).filter(kept_id=person_id, undone_at__isnull=True)
    return [
        Folded(merge.id, merge.folded, merge.merged_at, merge.merged_by)
        for merge in merges.select_related("folded").order_by("-merged_at", "id")
    ]


def merge_between(actor: Actor, one_id: UUID, other_id: UUID) -> MergeRecord | None:
    """The merge that made one of these two, when it stands."""
    actor.require(Permission.VIEW_FAMILIES)
    pair = Q(kept_id=one_id, folded_id=other_id) | Q(kept_id=other_id, folded_id=one_id)
    return MergeRecord.objects.visible_to(actor).filter(pair, undone_at__isnull=True).first()
