"""What a person's rights do to the register: their data rest, are used again, or are erased for good."""

from collections import Counter
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.families.events import person_erased
from maiam.contexts.families.models import (
    EarlierValue,
    EventPart,
    FamilyEvent,
    FormerNumber,
    Kinship,
    MergeRecord,
    Person,
)
from maiam.contexts.families.rules import Sex
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, erasure
from maiam.platform.errors import DomainError

ERASED_NAME = "(đã xóa)"


class AlreadyErasedError(DomainError):
    code = "families.already_erased"
    message = "Thông tin của người này đã được xóa."


class ErasureWaitsError(DomainError):
    """A receiver of `person_erased` cannot let go yet: nothing is erased, and it is tried again soon."""

    code = "families.erasure_waits"
    message = "Việc xóa chờ đến khi việc đang làm xong."


@transaction.atomic
def restrict_person(*, actor: Actor, person_id: UUID, now: datetime) -> Person:
    """Let a person's data rest: only who keeps the register still finds them, and no count or match uses them."""
    return _set_restriction(actor, person_id, now, at=now)


@transaction.atomic
def lift_restriction(*, actor: Actor, person_id: UUID, now: datetime) -> Person:
    """Use a person's data again."""
    return _set_restriction(actor, person_id, now, at=None)


def _set_restriction(actor: Actor, person_id: UUID, now: datetime, at: datetime | None) -> Person:
    actor.require(Permission.ANSWER_RIGHTS)
    person = Person.objects.select_for_update(of=("self",)).find(actor, person_id)
    person.restricted_at = at
    person.save(update_fields=["restricted_at"])
    audit.record(actor, "families.person.restricted" if at else "families.person.unrestricted", person, at=now)
    return person


@transaction.atomic
def erase_person(*, actor: Actor, person_id: UUID, now: datetime) -> Counter[str]:
    """Empty everything the house holds about a person; return what, and how much of it.

    The row stays without its facts, so that what counts rows still counts right. Raises `AlreadyErasedError`,
    `ErasureWaitsError`.
    """
    actor.require(Permission.CARRY_ERASURE)
    person = Person.objects.select_for_update(of=("self",)).find(actor, person_id)
    if person.erased_at:
        raise AlreadyErasedError
    rows = [person, *Person.objects.select_for_update(of=("self",)).filter(merged_into=person)]
    emptied = Counter({"Thông tin trong sổ hộ gia đình": len(rows)})
    for row in rows:
        emptied.update(_let_go(row.id))
        for _, more in person_erased.send(sender=Person, person_id=row.id, actor=actor, now=now):
            emptied.update(more)
        _empty(row, now)
    audit.record(actor, "families.person.erased", person, at=now)
    return +emptied


def _let_go(person_id: UUID) -> dict[str, int]:
    """What the register holds beside the row itself, under one of the ids the person was ever known by."""
    parts = EventPart.objects.filter(person_id=person_id).exclude(event__note="")
    return {
        "Giá trị cũ của thông tin": erasure.blank(EarlierValue, owner="person", owner_id=person_id, values={}),
        "Quan hệ gia đình": sum(
            erasure.take_out(Kinship, owner=side, owner_id=person_id) for side in ("person", "relative")
        ),
        "Số định danh cũ": erasure.take_out(FormerNumber, owner="person", owner_id=person_id),
        "Ghi chú của sự kiện hộ tịch": sum(
            erasure.blank(FamilyEvent, owner="id", owner_id=event_id, note="")
            for event_id in parts.values_list("event_id", flat=True)
        ),
        "Bản lưu của lần gộp hồ sơ": sum(
            erasure.blank(MergeRecord, owner=side, owner_id=person_id, before={}, after={})
            for side in ("kept", "folded")
        ),
    }


def _empty(person: Person, now: datetime) -> None:
    person.full_name, person.other_names, person.search_text, person.sort_key = ERASED_NAME, "", "", ""
    person.sex, person.ethnicity, person.phone = Sex.UNKNOWN, "", ""
    person.birth_year = person.birth_month = person.birth_day = person.died_on = None
    person.birth_is_approximate = False
    person.identity_number_sealed, person.identity_number_index = None, ""
    person.erased_at = now
    person.save()
