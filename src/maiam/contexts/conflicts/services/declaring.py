"""Somebody says that they, or another, must not deal with a matter or a person; only the inspector takes it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Account
from maiam.contexts.conflicts.rules import Why
from maiam.contexts.families.models import Person
from maiam.contexts.families.queries.search import NUMBER_FIELD
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.access.models import Declared
from maiam.platform.errors import DomainError, NotFoundError

HOUSE = Actor.system("conflicts")


class WordsNeededError(DomainError):
    code = "conflicts.words_needed"
    message = "Hãy ghi vài lời: liên quan thế nào."
    field = "words"


class NobodyChosenError(DomainError):
    code = "conflicts.nobody_chosen"
    message = "Hãy chọn đúng một: hồ sơ, hoặc người."


@transaction.atomic
def declare_conflict(
    *,
    actor: Actor,
    why: Why,
    words: str,
    now: datetime,
    record_id: UUID | None = None,
    person_id: UUID | None = None,
    account_id: int | None = None,
) -> Declared:
    """Close a record with all that is tied to it, or every matter of a person, to oneself; the inspector, to anyone.

    Raises `WordsNeededError`, `NobodyChosenError`; `NotFoundError`.
    """
    actor.require(Permission.DECLARE_CONFLICT if account_id is None else Permission.WATCH_CONFLICTS)
    own_id, _ = accounts.own_seat(actor)
    if not words.strip():
        raise WordsNeededError
    if (record_id is None) == (person_id is None):
        raise NobodyChosenError
    if account_id is not None and not Account.objects.filter(id=account_id).exists():
        raise NotFoundError
    declared = Declared(
        account_id=account_id or own_id,
        row_id=record_id,
        person_id=person_id,
        why=why,
        by_account_id=own_id,
        by_name=actor.name,
        declared_at=now,
    )
    declared.tell(words)
    declared.save(force_insert=True)
    audit.record(actor, "conflicts.conflict.declared", declared, at=now)
    return declared


class NumberUnknownError(DomainError):
    code = "conflicts.number_unknown"
    message = "Sổ hộ gia đình chưa có số này."
    field = "number"


@transaction.atomic
def declare_for_another(
    *, actor: Actor, account_id: int, number: str, why: Why, words: str, now: datetime
) -> list[Declared]:
    """Close every matter of whoever bears this number to an official, as the inspector found.

    Raises `NumberUnknownError`, `WordsNeededError`; `NotFoundError`.
    """
    actor.require(Permission.WATCH_CONFLICTS)
    with acting(HOUSE):
        index = vault.index(number, field=NUMBER_FIELD)
        found = list(Person.objects.filter(identity_number_index=index).values_list("id", flat=True))
    if not found:
        raise NumberUnknownError
    return [
        declare_conflict(actor=actor, why=why, words=words, now=now, person_id=person_id, account_id=account_id)
        for person_id in found
    ]


@transaction.atomic
def lift_conflict(*, actor: Actor, declared_id: UUID, now: datetime) -> Declared:
    """Take a declaration back, as the inspector. What kin and home imply stays closed."""
    actor.require(Permission.WATCH_CONFLICTS)
    declared = Declared.objects.select_for_update().find(actor, declared_id)
    declared.lifted_at, declared.lifted_by_name = now, actor.name
    declared.save(update_fields=["lifted_at", "lifted_by_name"])
    audit.record(actor, "conflicts.conflict.lifted", declared, at=now)
    return declared
