"""Register and correct people. A correction keeps what stood before."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from maiam.contexts.families.models import EarlierValue, FormerNumber, Person, words_to_find
from maiam.contexts.families.queries.matching import numbers_held
from maiam.contexts.families.queries.people import FORMER_NUMBER_FIELD, village_name
from maiam.contexts.families.queries.search import NUMBER_FIELD
from maiam.contexts.families.rules import OLDEST_AGE, Sex
from maiam.contexts.places import queries as places
from maiam.core.text import IdentityKind, PartialDate, sort_key
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.columns import columns_of, write_columns
from maiam.platform.errors import DomainError
from maiam.platform.ids import new_id, new_ids

OLD_DIGITS = 9


class NumberTakenError(DomainError):
    code = "families.identity_number_taken"
    message = "Số định danh này đã có ở một người khác trong sổ. Hãy tìm người đó trước khi thêm mới."
    field = "identity_number"


class PlaceUnknownError(DomainError):
    code = "families.place_unknown"
    message = "Chọn xã và thôn thuộc nơi bạn giữ sổ."
    field = "village_id"


class BirthNotPossibleError(DomainError):
    code = "families.birth_not_possible"
    message = "Ngày sinh chưa hợp lý. Hãy kiểm tra lại năm sinh."
    field = "birth"


@dataclass(frozen=True, kw_only=True)
class PersonFacts:
    """What the register holds of a person, as typed and read."""

    full_name: str
    commune_id: int
    village_id: int | None = None
    other_names: str = ""
    sex: Sex = Sex.UNKNOWN
    birth: PartialDate | None = None
    ethnicity: str = ""
    phone: str = ""
    identity_number: str = ""
    former_number: str = ""


@transaction.atomic
def register_person(*, actor: Actor, facts: PersonFacts, now: datetime) -> Person:
    """Add a person to the register.

    Raises `NumberTakenError`, `BirthNotPossibleError`, `PlaceUnknownError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    pen = Pen(actor, now)
    person = pen.writes(facts, village=village_name(facts.village_id))
    person.save(force_insert=True)
    pen.keeps_former_number(person, facts.former_number)
    audit.record(actor, "families.person.registered", person, at=now, fields=[field.name for field in fields(facts)])
    return person


@transaction.atomic
def correct_person(*, actor: Actor, person_id: UUID, facts: PersonFacts, now: datetime) -> Person:
    """Bring a person's facts to what is known now; the earlier ones are kept beside.

    Raises `NumberTakenError`, `BirthNotPossibleError`; `NotFoundError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    person = Person.objects.select_for_update(of=("self",)).find(actor, person_id)
    _check(actor, facts, now, person_id=person_id)
    before, pen = _told(person), Pen(actor, now)
    if facts.identity_number:
        pen.keeps_replaced_number(person, facts.identity_number)
    pen.keeps_former_number(person, facts.former_number)
    _fill(person, facts, village_name(facts.village_id))
    changed = {name: value for name, value in before.items() if value != _told(person)[name]}
    person.save()
    if changed:
        EarlierValue(person=person, changed_at=now, changed_by=actor.name, values=changed).save(force_insert=True)
        audit.record(actor, "families.person.corrected", person, at=now, fields=changed)
    return person


@dataclass(frozen=True)
class Pen:
    """Who writes new people down, and when."""

    actor: Actor
    now: datetime

    def writes(self, facts: PersonFacts, *, village: str) -> Person:
        """Check the facts of someone new and write them down; the caller keeps the row.

        Raises `NumberTakenError`, `BirthNotPossibleError`.
        """
        _check(self.actor, facts, self.now)
        person = Person(registered_at=self.now)
        _fill(person, facts, village)
        return person

    def writes_all(self, told: Sequence[PersonFacts]) -> list[str]:
        """Write many new people down at once, each checked as if alone, and against the others; return their ids.

        Raises `NumberTakenError`, `BirthNotPossibleError`, `PlaceUnknownError`.
        """
        for commune_id, village_id in {(facts.commune_id, facts.village_id) for facts in told}:
            check_place(actor=self.actor, commune_id=commune_id, village_id=village_id, now=self.now)
        for facts in told:
            _check_birth(facts, self.now)
        numbers = [number for facts in told for number in (facts.identity_number, facts.former_number) if number]
        if len(set(numbers)) < len(numbers) or numbers_held(self.actor, numbers):
            raise NumberTakenError
        villages = {village_id: village_name(village_id) for village_id in {facts.village_id for facts in told}}
        ids = new_ids(len(told))
        rows = [
            {"id": person_id, **_values(person_id, facts, villages[facts.village_id])}
            for person_id, facts in zip(ids, told, strict=True)
        ]
        without_number = {"identity_number_index": "", "identity_number_sealed": None}
        write_columns(Person, columns_of(rows, **without_number), registered_at=self.now)
        self._keeps_former_numbers(ids, told)
        return ids

    def _keeps_former_numbers(self, ids: Sequence[str], told: Sequence[PersonFacts]) -> None:
        """Seal the numbers new people bore before."""
        pairs = zip(ids, told, strict=True)
        rows = [_former(person_id, facts.former_number) for person_id, facts in pairs if facts.former_number]
        write_columns(FormerNumber, columns_of(rows), recorded_at=self.now)

    def folds_again(self, person: Person) -> None:
        """Bring what the search and the lists go by to a row's names and village of now."""
        person.search_text = person.words_to_find(village_name(person.village_id))
        person.sort_key = sort_key(person.full_name)

    def keeps_replaced_number(self, person: Person, number: str) -> None:
        """Keep the number beside a person's name, before another takes its place."""
        is_other = person.identity_number_index != vault.index(number, field=NUMBER_FIELD)
        if person.identity_number_sealed and is_other:
            place = f"{NUMBER_FIELD}:{person.id}"
            self.keeps_former_number(person, vault.unseal(person.identity_number_sealed, place=place))

    def keeps_former_number(self, person: Person, number: str) -> None:
        """Seal a number the person bore before; one known already is kept once."""
        if not number:
            return
        index = vault.index(number, field=NUMBER_FIELD)
        if FormerNumber.objects.visible_to(self.actor).filter(person=person, number_index=index).exists():
            return
        FormerNumber(**_former(str(person.id), number), recorded_at=self.now).save(force_insert=True)


def _former(person_id: str, number: str) -> dict[str, Any]:
    """What is kept of a number somebody bore before."""
    former_id = str(new_id())
    return {
        "id": former_id,
        "person_id": person_id,
        "kind": IdentityKind.CMND if len(number) == OLD_DIGITS else IdentityKind.CCCD,
        "number_index": vault.index(number, field=NUMBER_FIELD),
        "number_sealed": vault.seal(number, place=f"{FORMER_NUMBER_FIELD}:{former_id}"),
    }


def _check(actor: Actor, facts: PersonFacts, now: datetime, person_id: UUID | None = None) -> None:
    _check_birth(facts, now)
    check_place(actor=actor, commune_id=facts.commune_id, village_id=facts.village_id, now=now)
    indexes = [
        vault.index(number, field=NUMBER_FIELD) for number in (facts.identity_number, facts.former_number) if number
    ]
    if indexes:
        # Only within reach: a number held elsewhere must not be told by a refusal.
        others = Person.objects.visible_to(actor).filter(merged_into__isnull=True).exclude(id=person_id or new_id())
        if others.filter(Q(identity_number_index__in=indexes) | Q(former_numbers__number_index__in=indexes)).exists():
            raise NumberTakenError


def _check_birth(facts: PersonFacts, now: datetime) -> None:
    if facts.birth and (facts.birth.earliest > now.date() or now.year - facts.birth.year > OLDEST_AGE):
        raise BirthNotPossibleError


def check_place(*, actor: Actor, commune_id: int, village_id: int | None, now: datetime) -> None:  # noqa: ARG001 - asked like any service
    """Refuse a place outside the actor's reach, or a village of another commune, as one nobody knows.

    Raises `PlaceUnknownError`.
    """
    village = places.village(village_id) if village_id else None
    is_here = actor.is_everywhere or commune_id in actor.commune_ids
    if not is_here or (village_id and (village is None or village.commune_id != commune_id)):
        raise PlaceUnknownError


def _fill(person: Person, facts: PersonFacts, village: str) -> None:
    for name, value in _values(str(person.id), facts, village).items():
        setattr(person, name, value)


def _values(person_id: str, facts: PersonFacts, village: str) -> dict[str, Any]:
    """What is written of a person. A number once known stays where the facts name none."""
    birth = facts.birth
    values: dict[str, Any] = {
        "commune_id": facts.commune_id,
        "village_id": facts.village_id,
        "full_name": facts.full_name,
        "other_names": facts.other_names,
        "search_text": words_to_find(facts.full_name, facts.other_names, village),
        "sort_key": sort_key(facts.full_name),
        "sex": facts.sex,
        "ethnicity": facts.ethnicity,
        "phone": facts.phone,
        "birth_year": birth.year if birth else None,
        "birth_month": birth.month if birth else None,
        "birth_day": birth.day if birth else None,
        "birth_is_approximate": bool(birth and birth.approximate),
    }
    if facts.identity_number:
        values["identity_number_index"] = vault.index(facts.identity_number, field=NUMBER_FIELD)
        values["identity_number_sealed"] = vault.seal(facts.identity_number, place=f"{NUMBER_FIELD}:{person_id}")
    return values


def _told(person: Person) -> dict[str, object]:
    """The corrected fields as they stand; the identity number only as its hash."""
    names = ("full_name", "other_names", "sex", "ethnicity", "phone", "commune_id", "village_id")
    births = ("birth_year", "birth_month", "birth_day", "birth_is_approximate", "identity_number_index")
    return {name: getattr(person, name) for name in names + births}
