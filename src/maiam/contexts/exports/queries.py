"""The register of lists that left, the rows of one list as they are read, and its file piece by piece."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import CharField, Count, F, OuterRef, Q, QuerySet, Subquery

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.exports.models import Export, ExportPart
from maiam.contexts.exports.rules import Kind, State
from maiam.contexts.families.models import Household, HouseholdMembership, Person
from maiam.contexts.families.rules import MEMBER_ROLE_LABELS, SEX_LABELS, Birth, MemberRole, Sex
from maiam.core.text import PartialDate, write_date
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.errors import NotFoundError
from maiam.platform.sheets import Cell

READ_AT_ONCE = 2000
SHOWN = 200


@dataclass(frozen=True)
class Wanted:
    """Which rows of the register a list holds."""

    kind: Kind
    commune_id: int
    village_id: int | None = None


def exports(actor: Actor) -> list[Export]:
    """The lists within the actor's reach, the latest first."""
    actor.require_one(Permission.VIEW_EXPORTS, Permission.WATCH_EXPORTS)
    found = Export.objects.visible_to(actor).select_related("commune", "village")
    return list(found.order_by("-asked_at", "-id")[:SHOWN])


def export(actor: Actor, export_id: UUID) -> Export:
    """One list. Raises `NotFoundError`."""
    actor.require_one(Permission.VIEW_EXPORTS, Permission.WATCH_EXPORTS)
    return Export.objects.select_related("commune", "village").find(actor, export_id)


def traced(actor: Actor, serials: set[str], now: datetime) -> list[Export]:
    """The lists that carry these serials; looking is itself on record."""
    actor.require(Permission.WATCH_EXPORTS)
    found = list(Export.objects.visible_to(actor).filter(serial__in=serials).order_by("asked_at"))
    for row in found:
        audit.record_read(actor, "exports.file.traced", row, at=now)
    return found


def how_many(actor: Actor, wanted: Wanted) -> int:
    """How many rows a list would hold now."""
    actor.require(Permission.EXPORT_FAMILIES)
    return _source(actor, wanted).count()


def rows(actor: Actor, wanted: Wanted, columns: Sequence[str]) -> Iterator[list[Cell]]:
    """The rows of a list, read from the database a few thousand at a time."""
    actor.require(Permission.EXPORT_FAMILIES)
    source = _people(actor, wanted) if wanted.kind is Kind.PEOPLE else _households(actor, wanted)
    for row in source.iterator(chunk_size=READ_AT_ONCE):
        shown = _person_cells(row) if isinstance(row, Person) else _household_cells(row)
        yield [shown[column] for column in columns]


def parts(actor: Actor, export_id: UUID, now: datetime) -> Iterator[bytes]:
    """The file of a list, piece by piece; each piece is read in a transaction of its own while it is sent.

    Raises `NotFoundError` at once when the list may not be fetched now.
    """
    row = export(actor, export_id)
    if row.asked_by_account_id != accounts.answering_seat(actor)[0] or row.state != State.FETCHED:
        raise NotFoundError
    audit.record_read(actor, "exports.file.fetched", row, at=now)
    return _pieces(actor, row.id)


def _pieces(actor: Actor, export_id: UUID) -> Iterator[bytes]:
    number = 0
    while True:
        with acting(actor):
            part = ExportPart.objects.visible_to(actor).filter(export_id=export_id, number=number).first()
        if part is None or not part.sealed:
            return
        yield vault.unseal_bytes(part.sealed, place=place_of_part(export_id, number))
        number += 1


def place_of_part(export_id: UUID, number: int) -> str:
    return f"exports_exportpart.sealed:{export_id}:{number}"


def _source(actor: Actor, wanted: Wanted) -> QuerySet[Person] | QuerySet[Household]:
    return _living(actor, wanted) if wanted.kind is Kind.PEOPLE else _standing(actor, wanted)


def _living(actor: Actor, wanted: Wanted) -> QuerySet[Person]:
    people = Person.objects.visible_to(actor).filter(
        commune_id=wanted.commune_id,
        merged_into__isnull=True,
        restricted_at__isnull=True,
        erased_at__isnull=True,
        died_on__isnull=True,
    )
    return people.filter(village_id=wanted.village_id) if wanted.village_id else people


def _standing(actor: Actor, wanted: Wanted) -> QuerySet[Household]:
    homes = Household.objects.visible_to(actor).filter(commune_id=wanted.commune_id, dissolved_on__isnull=True)
    return homes.filter(village_id=wanted.village_id) if wanted.village_id else homes


def _people(actor: Actor, wanted: Wanted) -> QuerySet[Person]:
    stays = HouseholdMembership.objects.filter(person=OuterRef("pk"), ends_on__isnull=True)
    home = stays.order_by("-is_permanent", "starts_on")
    return (
        _living(actor, wanted)
        .annotate(
            home_code=Subquery(home.values("household__code")[:1], output_field=CharField()),
            home_role=Subquery(home.values("role")[:1], output_field=CharField()),
        )
        .select_related("village")
        .order_by(F("village__name").asc(nulls_last=True), "sort_key", "id")
    )


def _households(actor: Actor, wanted: Wanted) -> QuerySet[Household]:
    heads = HouseholdMembership.objects.filter(household=OuterRef("pk"), ends_on__isnull=True, role=MemberRole.HEAD)
    return (
        _standing(actor, wanted)
        .annotate(
            head_name=Subquery(heads.values("person__full_name")[:1], output_field=CharField()),
            people=Count("memberships", filter=Q(memberships__ends_on__isnull=True)),
        )
        .select_related("village")
        .order_by(F("village__name").asc(nulls_last=True), "code", "id")
    )


def _person_cells(row: Person) -> dict[str, Cell]:
    annotated: dict[str, str | None] = vars(row)
    role = annotated["home_role"]
    return {
        "name": row.full_name,
        "sex": SEX_LABELS[Sex(row.sex)],
        "birth": write_date(_as_typed(row.birth)) if row.birth else "",
        "village": row.village.name if row.village else "",
        "household": annotated["home_code"] or "",
        "role": MEMBER_ROLE_LABELS[MemberRole(role)] if role else "",
        "ethnicity": row.ethnicity,
        "phone": row.phone,
        "id": str(row.id),
    }


def _as_typed(birth: Birth) -> PartialDate:
    return PartialDate(birth.year, birth.month, birth.day, birth.is_approximate)


def _household_cells(row: Household) -> dict[str, Cell]:
    return {
        "household": row.code,
        "head": vars(row)["head_name"] or "",
        "village": row.village.name if row.village else "",
        "address": row.address,
        "members": int(vars(row)["people"]),
        "id": str(row.id),
    }
