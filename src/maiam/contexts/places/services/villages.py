"""A commune keeps its own villages."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from maiam.contexts.places.models import Village
from maiam.contexts.places.rules import VillageKind
from maiam.core.text.dates import VIETNAM
from maiam.core.text.names import fold
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, NotFoundError


class VillageExistsError(DomainError):
    code = "places.village_exists"
    message = "Xã đã có thôn (bon, buôn, tổ) tên này."
    field = "name"


@transaction.atomic
def add_village(*, actor: Actor, commune_id: int, kind: VillageKind, name: str, now: datetime) -> Village:
    """Add a village to a commune of the actor.

    Raises `VillageExistsError`; `NotFoundError` for another commune.
    """
    actor.require(Permission.EDIT_VILLAGES)
    _require_commune(actor, commune_id)
    village = Village(commune_id=commune_id, kind=kind, name=name, folded_name=fold(name), valid_from=_day(now))
    _save(village)
    audit.record(actor, "places.village.added", village, at=now)
    return village


@transaction.atomic
def rename_village(*, actor: Actor, village_id: int, name: str, now: datetime) -> Village:
    """Close the village under its old name and open it under the new one, from today.

    Raises `VillageExistsError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_VILLAGES)
    old = _find(actor, village_id)
    old.valid_to = _day(now)
    old.save(update_fields=["valid_to"])
    renamed = Village(
        commune_id=old.commune_id,
        kind=old.kind,
        name=name,
        folded_name=fold(name),
        valid_from=_day(now),
        latitude=old.latitude,
        longitude=old.longitude,
    )
    _save(renamed)
    audit.record(actor, "places.village.renamed", old, at=now, fields=["name"])
    return renamed


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
    if not actor.is_everywhere and commune_id not in actor.commune_ids:
        raise NotFoundError


def _save(village: Village) -> None:
    try:
        with transaction.atomic():
            village.save()
    except IntegrityError as error:
        raise VillageExistsError from error


def _day(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()
