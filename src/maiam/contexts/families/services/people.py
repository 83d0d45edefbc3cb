"""Register and correct people. A correction keeps what stood before."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.families.models import EarlierValue, Person
from maiam.contexts.families.queries.people import village_name
from maiam.contexts.families.queries.search import NUMBER_FIELD
from maiam.contexts.families.rules import OLDEST_AGE, Sex
from maiam.core.text import PartialDate, fold, sort_key
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError
from maiam.platform.ids import new_id


class NumberTakenError(DomainError):
    code = "families.identity_number_taken"
    message = "Số định danh này đã có ở một người khác trong sổ. Hãy tìm người đó trước khi thêm mới."
    field = "identity_number"


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


@transaction.atomic
def register_person(*, actor: Actor, facts: PersonFacts, now: datetime) -> Person:
    """Add a person to the register.

    Raises `NumberTakenError`, `BirthNotPossibleError`.
    """
    actor.require(Permission.EDIT_FAMILIES)
    person = Pen(actor, now).writes(facts, village=village_name(facts.village_id))
    person.save(force_insert=True)
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
    before = _told(person)
    _fill(person, facts, village_name(facts.village_id))
    changed = {name: value for name, value in before.items() if value != _told(person)[name]}
    person.save()
    if changed:
        EarlierValue(person=person, changed_at=now, changed_by=actor.name, values=changed).save(force_insert=True)
        audit.record(actor, "families.person.corrected", person, at=now, fields=changed)
    return person


@transaction.atomic
def record_death(*, actor: Actor, person_id: UUID, died_on: date, now: datetime) -> Person:
    """Record the day a person died; their history stays."""
    actor.require(Permission.EDIT_FAMILIES)
    person = Person.objects.select_for_update(of=("self",)).find(actor, person_id)
    person.died_on = died_on
    person.save(update_fields=["died_on"])
    audit.record(actor, "families.person.died", person, at=now, fields=["died_on"])
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

    def folds_again(self, person: Person) -> None:
        """Bring what the search and the lists go by to a row's names and village of now."""
        names = (person.full_name, person.other_names, village_name(person.village_id))
        person.search_text = _search_words(*names)
        person.sort_key = sort_key(person.full_name)


def _check(actor: Actor, facts: PersonFacts, now: datetime, person_id: UUID | None = None) -> None:
    if facts.birth and (facts.birth.earliest > now.date() or now.year - facts.birth.year > OLDEST_AGE):
        raise BirthNotPossibleError
    if facts.identity_number:
        index = vault.index(facts.identity_number, field=NUMBER_FIELD)
        # Only within reach: a number held elsewhere must not be told by a refusal.
        if (
            Person.objects.visible_to(actor)
            .filter(identity_number_index=index, merged_into__isnull=True)
            .exclude(id=person_id or new_id())
            .exists()
        ):
            raise NumberTakenError


def _fill(person: Person, facts: PersonFacts, village: str) -> None:
    person.commune_id, person.village_id = facts.commune_id, facts.village_id
    person.full_name, person.other_names = facts.full_name, facts.other_names
    person.search_text, person.sort_key = (
        _search_words(facts.full_name, facts.other_names, village),
        sort_key(facts.full_name),
    )
    person.sex, person.ethnicity, person.phone = facts.sex, facts.ethnicity, facts.phone
    birth = facts.birth
    person.birth_year = birth.year if birth else None
    person.birth_month = birth.month if birth else None
    person.birth_day = birth.day if birth else None
    person.birth_is_approximate = bool(birth and birth.approximate)
    if facts.identity_number:
        person.identity_number_index = vault.index(facts.identity_number, field=NUMBER_FIELD)
        person.identity_number_sealed = vault.seal(facts.identity_number, place=f"{NUMBER_FIELD}:{person.id}")


def _search_words(full_name: str, other_names: str, village: str) -> str:
    """Every word a person may be found by, folded; a blank before each, so that words are found from their start."""
    return f" {fold(full_name)} {fold(other_names)} {fold(village)}".rstrip()


def _told(person: Person) -> dict[str, object]:
    """The corrected fields as they stand; the identity number only as its hash."""
    names = ("full_name", "other_names", "sex", "ethnicity", "phone", "commune_id", "village_id")
    births = ("birth_year", "birth_month", "birth_day", "birth_is_approximate", "identity_number_index")
    return {name: getattr(person, name) for name in names + births}
