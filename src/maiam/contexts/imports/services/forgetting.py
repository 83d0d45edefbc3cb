"""A list of people does not lie about: it is emptied when its time is over, or when it names someone who is erased."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from maiam.contexts.families.models import HouseholdMembership, Person
from maiam.contexts.families.queries.search import NUMBER_FIELD
from maiam.contexts.families.services import ErasureWaitsError
from maiam.contexts.imports import queries
from maiam.contexts.imports.models import ImportedList
from maiam.contexts.imports.rules import BUSY, KEPT_FOR, FoundPerson, State
from maiam.contexts.imports.services.pieces import Parts, Pieces
from maiam.core.text import fold
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission

# Nothing was read of these yet, so that nobody can tell whom they name.
_UNREAD = {State.REFUSED, State.COLUMNS}


class ListAtWorkError(ErasureWaitsError):
    """The erasure is tried again once the worker is done with the list."""

    code = "imports.list_at_work"
    message = "Đang làm việc với một danh sách của xã này. Việc xóa chờ đến khi làm xong."


@transaction.atomic
def forget_lists(*, actor: Actor, now: datetime) -> int:
    """Empty the files whose life has ended; that they were, and what came of them, stays. Return how many."""
    actor.require(Permission.KEEP_HOUSE)
    alive = ImportedList.objects.select_for_update(of=("self",)).filter(gone_at__isnull=True).exclude(state__in=BUSY)
    ended = list(alive.filter(touched_at__lte=now - KEPT_FOR))
    for row in ended:
        _empty(actor, row, "imports.list.gone", now)
    return len(ended)


@transaction.atomic
def forget_lists_naming(*, actor: Actor, person_id: UUID, now: datetime) -> int:
    """Empty every list that brought a person in, names them, or was not read yet where they live. Return how many.

    Called before the register forgets the name. Raises `ListAtWorkError`.
    """
    actor.require(Permission.KEEP_HOUSE)
    person = Person.objects.get(id=person_id)
    homes = HouseholdMembership.objects.filter(person=person).values("household__commune_id")
    near = Q(commune_id=person.commune_id) | Q(commune_id__in=homes) | Q(parts__person_ids__contains=[person_id])
    ids = ImportedList.objects.filter(near, gone_at__isnull=True).values("id")
    lists = list(ImportedList.objects.select_for_update(of=("self",)).filter(id__in=ids).order_by("id"))
    if any(row.state in BUSY for row in lists):
        raise ListAtWorkError
    naming = [row for row in lists if row.state in _UNREAD or _names(actor, row, person)]
    for row in naming:
        _empty(actor, row, "imports.list.forgotten", now)
    return len(naming)


def _names(actor: Actor, row: ImportedList, person: Person) -> bool:
    if row.parts.filter(person_ids__contains=[person.id]).exists():
        return True
    spelled = {fold(name) for name in (person.full_name, person.other_names) if name}
    return any(_is_them(found, person, spelled) for found in _people(actor, row))


def _people(actor: Actor, row: ImportedList) -> Iterator[FoundPerson]:
    for part in row.parts.exclude(sealed=b"").order_by("number").iterator(chunk_size=1):
        yield from (person for home in queries.opened(actor, part).homes for person in home.members)


def _is_them(found: FoundPerson, person: Person, spelled: set[str]) -> bool:
    """A namesake is taken for them too: a list too many is emptied rather than one too few."""
    hashes = {vault.index(number, field=NUMBER_FIELD) for number in found.numbers} if found.numbers else set()
    by_number = bool(person.identity_number_index) and person.identity_number_index in hashes
    return by_number or bool({fold(found.full_name), fold(found.other_names)} & spelled)


def _empty(actor: Actor, row: ImportedList, action: str, now: datetime) -> None:
    for is_marked in (False, True):
        Pieces(row, is_marked).empties_from()
    Parts(row).empties_from()
    row.gone_at = now
    row.state = row.state if row.state in {State.DONE, State.UNDONE} else State.GONE
    row.save(update_fields=["state", "gone_at"])
    audit.record(actor, action, row, at=now)
