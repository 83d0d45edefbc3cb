"""Many households at once, from a list: by the same pen and rules as one page; and taken back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from maiam.contexts.families.events import people_taken_back
from maiam.contexts.families.models import Household, HouseholdMembership, Person
from maiam.contexts.families.rules import MemberRole
from maiam.contexts.families.services.chronicle import AlreadyHasHeadError, AlreadyHasHomeError
from maiam.contexts.families.services.households import CodeTakenError
from maiam.contexts.families.services.people import check_place
from maiam.contexts.families.services.whole import NewHousehold, NewMember, Scribe
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.audit import Subject
from maiam.platform.columns import without_waiting, write_columns
from maiam.platform.errors import DomainError, NotFoundError
from maiam.platform.ids import new_ids


class ChangedSinceWrittenError(DomainError):
    code = "families.changed_since_written"
    message = "Đã có việc ghi thêm cho người hoặc hộ của lần nhập này, nên không rút lại cả lần được nữa."


@dataclass(frozen=True, kw_only=True)
class HomeOfList:
    """A household as a list has it. With `into_id` its people join one that is in the register."""

    page: NewHousehold
    into_id: UUID | None = None


@dataclass
class Written:
    """What was written, so that it can be told, and taken back."""

    household_ids: list[UUID] = field(default_factory=list)
    person_ids: list[UUID] = field(default_factory=list)


@transaction.atomic
def register_homes(*, actor: Actor, homes: Sequence[HomeOfList], now: datetime) -> Written:
    """Write many households and their people down; all of them or none.

    Raises `CodeTakenError`, `AlreadyHasHeadError`, `AlreadyHasHomeError`, `NumberTakenError`,
    `BirthNotPossibleError`, `PlaceUnknownError`; `NotFoundError` for a household out of reach.
    """
    actor.require(Permission.EDIT_FAMILIES)
    joined = _joined(actor, [home for home in homes if home.into_id])
    pages = [home.page for home in homes if home.into_id is None]
    for commune_id, village_id in {(page.commune_id, page.village_id) for page in pages}:
        check_place(actor=actor, commune_id=commune_id, village_id=village_id, now=now)
    try:
        with without_waiting():
            # People first: what is asked about them has nothing sent before it to wait for.
            scribe = Scribe(actor, now)
            people = scribe.writes_people([member for home in homes for member in home.page.members])
            new = _new_households(actor, pages, now)
            new_ids_left = iter(new)
            ids = [str(home.into_id or next(new_ids_left)) for home in homes]
            scribe.lets_live(people, list(_stays(homes, ids)))
            added_to = [joined[home.into_id] for home in homes if home.into_id]
            audit.record_many(actor, "families.member.added", added_to, at=now)
    except IntegrityError as error:
        if refusal := _refusal(error):
            raise refusal from error
        raise
    return Written(list(map(UUID, new)), list(map(UUID, people)))


def _new_households(actor: Actor, pages: Sequence[NewHousehold], now: datetime) -> list[str]:
    """Write down those that are new, with an entry of the trail; return their ids."""
    ids = new_ids(len(pages))
    columns: dict[str, list[Any]] = {
        "id": ids,
        "commune_id": [page.commune_id for page in pages],
        "village_id": [page.village_id for page in pages],
        "code": [page.code for page in pages],
        "address": [page.address for page in pages],
    }
    write_columns(Household, columns, registered_at=now)
    told = [Subject("families.household", *one) for one in zip(ids, columns["commune_id"], strict=True)]
    audit.record_many(actor, "families.household.registered", told, at=now)
    return ids


def _joined(actor: Actor, homes: Sequence[HomeOfList]) -> dict[UUID | None, Household]:
    """Those of the register, held until the transaction ends. Raises `AlreadyHasHeadError`; `NotFoundError`."""
    wanted = {home.into_id for home in homes if home.into_id}
    rows = Household.objects.visible_to(actor).select_for_update(of=("self",)).filter(id__in=wanted)
    found: dict[UUID | None, Household] = {row.id: row for row in rows.order_by("id")}
    if len(found) < len(wanted):
        raise NotFoundError
    heads = HouseholdMembership.objects.visible_to(actor).open().filter(household_id__in=wanted, role=MemberRole.HEAD)
    with_head = set(heads.values_list("household_id", flat=True))
    if any(home.into_id in with_head and _has_head(home.page) for home in homes):
        raise AlreadyHasHeadError
    return found


def _has_head(page: NewHousehold) -> bool:
    return any(member.role is MemberRole.HEAD for member in page.members)


def _stays(homes: Sequence[HomeOfList], ids: Sequence[str]) -> Iterator[tuple[str, NewMember]]:
    for home, household_id in zip(homes, ids, strict=True):
        Scribe.checks_one_head(home.page.members)
        for member in home.page.members:
            yield household_id, member


_REFUSED_BY: dict[str, type[DomainError]] = {
    "household_code_in_commune": CodeTakenError,
    "household_has_one_head": AlreadyHasHeadError,
    "person_has_one_permanent_home": AlreadyHasHomeError,
}


def _refusal(error: IntegrityError) -> DomainError | None:
    return next((refusal() for name, refusal in _REFUSED_BY.items() if name in str(error)), None)


@transaction.atomic
def take_homes_back(*, actor: Actor, written: Written, now: datetime) -> None:
    """Take households and people out as if they had never been written, where nothing has happened to them since.

    The database itself looks: whatever leads to one of them, in any table, stands in the way.
    Raises `ChangedSinceWrittenError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    people_taken_back.send(sender=Person, person_ids=written.person_ids, actor=actor, now=now)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT families_take_back(%s, %s)", [written.household_ids, written.person_ids])
    except IntegrityError as error:
        raise ChangedSinceWrittenError from error
    gone = [("families.household", one) for one in written.household_ids]
    gone += [("families.person", one) for one in written.person_ids]
    audit.record_many(actor, "families.list.taken_back", ((kind, str(one)) for kind, one in gone), at=now)
