"""A commune keeps its own villages: adds them, renames them, merges and ends them, each from a day."""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from maiam.contexts.places import events, queries
from maiam.contexts.places.models import FormerVillageName, Village
from maiam.contexts.places.rules import VillageKind
from maiam.core.text import write_date
from maiam.core.text.clean import clean
from maiam.core.text.dates import VIETNAM
from maiam.core.text.names import fold
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, NotFoundError

LONGEST_NAME = 100


class VillageExistsError(DomainError):
    code = "places.village_exists"
    message = "Xã đã có thôn (bon, buôn, tổ) tên này."
    field = "name"


class NameNeededError(DomainError):
    code = "places.village_name_needed"
    message = f"Tên thôn (bon, buôn, tổ) cần có chữ và không quá {LONGEST_NAME} chữ."
    field = "name"


class NothingChangedError(DomainError):
    code = "places.village_unchanged"
    message = "Tên và loại vẫn như cũ. Hãy ghi tên mới, hoặc quay lại."
    field = "name"


class DayNotYetError(DomainError):
    code = "places.village_day_not_yet"
    message = "Ngày này chưa tới. Hãy ghi lại khi việc có hiệu lực."
    field = "on"


class DayTooEarlyError(DomainError):
    code = "places.village_day_too_early"
    field = "on"

    def __init__(self, known_since: date) -> None:
        super().__init__(f"Thôn có tên này từ {write_date(known_since)}. Hãy chọn ngày đó hoặc sau đó.")


class OtherVillageNeededError(DomainError):
    code = "places.village_other_needed"
    message = "Hãy chọn một thôn khác của xã để nhập vào."
    field = "into_id"


@transaction.atomic
def add_village(
    *, actor: Actor, commune_id: int, kind: VillageKind, name: str, now: datetime, on: date | None = None
) -> Village:
    """Add a village to a commune of the actor.

    Raises `VillageExistsError`, `NameNeededError`, `DayNotYetError`; `NotFoundError` for another commune.
    """
    actor.require(Permission.EDIT_VILLAGES)
    _require_commune(actor, commune_id)
    known_as, folded_name = _named(name)
    began_on = _day(on, now)
    village = Village(commune_id=commune_id, kind=kind, name=known_as, folded_name=folded_name, valid_from=began_on)
    _save(village)
    audit.record(actor, "places.village.added", village, at=now)
    return village


@transaction.atomic
def rename_village(
    *,
    actor: Actor,
    village_id: int,
    name: str,
    now: datetime,
    kind: VillageKind | None = None,
    on: date | None = None,
) -> Village:
    """Give the village another name or kind from a day, and remember the old: posts, homes and reports stay with it.

    Raises `VillageExistsError`, `NameNeededError`, `NothingChangedError`, `DayNotYetError`, `DayTooEarlyError`;
    `NotFoundError`.
    """
    actor.require(Permission.EDIT_VILLAGES)
    village = _find(actor, village_id)
    was, name_was, folded_was = village.kind, village.name, village.folded_name
    village.kind = kind or was
    village.name, village.folded_name = _named(name)
    if (village.kind, village.name) == (was, name_was):
        raise NothingChangedError
    day = _day_of_change(village, on, now)
    _save(village)
    FormerVillageName(village=village, kind=was, name=name_was, folded_name=folded_was, used_until=day).save()
    events.village_renamed.send(Village, actor=actor, village=village, now=now)
    audit.record(actor, "places.village.renamed", village, at=now, fields=["kind", "name"])
    return village


@transaction.atomic
def merge_village(*, actor: Actor, village_id: int, into_id: int, now: datetime, on: date | None = None) -> Village:
    """End a village that became part of another of the same commune; what lies in it goes along.

    Raises `OtherVillageNeededError`, `DayNotYetError`, `DayTooEarlyError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_VILLAGES)
    village, into = _find(actor, village_id), _find(actor, into_id)
    if village == into or village.commune_id != into.commune_id:
        raise OtherVillageNeededError
    village.valid_to = _day_of_change(village, on, now)
    village.merged_into = into
    village.save(update_fields=["valid_to", "merged_into"])
    events.village_merged.send(Village, actor=actor, village=village, into=into, now=now)
    audit.record(actor, "places.village.merged", village, at=now, fields=["merged_into", "valid_to"])
    return into


@transaction.atomic
def close_village(*, actor: Actor, village_id: int, now: datetime, on: date | None = None) -> None:
    """End a village that was dissolved, or added by mistake; its records keep it.

    Raises `DayNotYetError`, `DayTooEarlyError`, and what still needs the village; `NotFoundError`.
    """
    actor.require(Permission.EDIT_VILLAGES)
    village = _find(actor, village_id)
    events.village_closing.send(Village, actor=actor, village=village, now=now)
    village.valid_to = _day_of_change(village, on, now)
    village.save(update_fields=["valid_to"])
    audit.record(actor, "places.village.closed", village, at=now, fields=["valid_to"])


def _find(actor: Actor, village_id: int) -> Village:
    village = Village.objects.select_for_update().filter(id=village_id, valid_to__isnull=True).first()
    if village is None:
        raise NotFoundError
    _require_commune(actor, village.commune_id)
    return village


def _require_commune(actor: Actor, commune_id: int) -> None:
    is_theirs = actor.is_everywhere or commune_id in actor.commune_ids
    if not is_theirs or not queries.is_commune_of_today(commune_id):
        raise NotFoundError


def _named(name: str) -> tuple[str, str]:
    """The name as it is kept, and as it is searched."""
    known_as = clean(name)
    folded_name = fold(known_as)
    if not folded_name or len(known_as) > LONGEST_NAME:
        raise NameNeededError
    return known_as, folded_name


def _save(village: Village) -> None:
    try:
        with transaction.atomic():
            village.save()
    except IntegrityError as error:
        raise VillageExistsError from error


def _day(on: date | None, now: datetime) -> date:
    """The day from which a change holds: the one named, else today; not one to come."""
    today = now.astimezone(VIETNAM).date()
    if on is not None and on > today:
        raise DayNotYetError
    return on or today


def _day_of_change(village: Village, on: date | None, now: datetime) -> date:
    """The same, and not before the village was what it is now."""
    day = _day(on, now)
    renamed_on = village.former_names.aggregate(last=Max("used_until"))["last"]
    known_since = max(filter(None, (village.valid_from, renamed_on)), default=None)
    if known_since is not None and day < known_since:
        raise DayTooEarlyError(known_since)
    return day
