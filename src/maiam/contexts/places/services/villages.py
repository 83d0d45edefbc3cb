"""A commune keeps its own villages."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from maiam.contexts.places import queries
from maiam.contexts.places.models import FormerVillageName, Village
from maiam.contexts.places.rules import VillageKind
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


@transaction.atomic
def add_village(*, actor: Actor, commune_id: int, kind: VillageKind, name: str, now: datetime) -> Village:
    """Add a village to a commune of the actor.

    Raises `VillageExistsError`, `NameNeededError`; `NotFoundError` for another commune.
    """
    actor.require(Permission.EDIT_VILLAGES)
    _require_commune(actor, commune_id)
    known_as, folded_name = _named(name)
    village = Village(commune_id=commune_id, kind=kind, name=known_as, folded_name=folded_name, valid_from=_day(now))
    _save(village)
    audit.record(actor, "places.village.added", village, at=now)
    return village


@transaction.atomic
def rename_village(*, actor: Actor, village_id: int, name: str, now: datetime) -> Village:
    """Give the village another name from today, and remember the old one: posts, homes and reports stay with it.

    Raises `VillageExistsError`, `NameNeededError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_VILLAGES)
    village = _find(actor, village_id)
    former = FormerVillageName(
        village=village, name=village.name, folded_name=village.folded_name, used_until=_day(now)
    )
    village.name, village.folded_name = _named(name)
    _save(village)
    former.save()
    audit.record(actor, "places.village.renamed", village, at=now, fields=["name"])
    return village


@transaction.atomic
def close_village(*, actor: Actor, village_id: int, now: datetime) -> None:
    """End a village that was merged or dissolved; its records keep it."""
    actor.require(Permission.EDIT_VILLAGES)
    village = _find(actor, village_id)
    village.valid_to = _day(now)
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


def _day(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()
