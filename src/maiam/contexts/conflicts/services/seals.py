"""Matters that only named people see: laid with a reason, lifted by the inspector."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Account
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.access.models import Admission, Seal
from maiam.platform.errors import DomainError


class ReasonNeededError(DomainError):
    code = "conflicts.reason_needed"
    message = "Hãy ghi vì sao phải niêm: người sau sẽ đọc để hiểu."
    field = "reason"


class NobodyAdmittedError(DomainError):
    code = "conflicts.nobody_admitted"
    message = "Hãy chọn ít nhất một người được xem: vụ việc luôn phải có người lo."
    field = "people"


@transaction.atomic
def seal_record(*, actor: Actor, record_id: UUID, people: Collection[int], reason: str, now: datetime) -> Seal:
    """Let only these people see a record and all that is tied to it, from this second on.

    The caller has made sure that the record is there and within the actor's reach.
    Raises `ReasonNeededError`, `NobodyAdmittedError`.
    """
    actor.require(Permission.SEAL_MATTERS)
    own_id, _ = accounts.own_seat(actor)
    if not reason.strip():
        raise ReasonNeededError
    admitted = set(Account.objects.filter(id__in=people, is_active=True).values_list("id", flat=True))
    if not admitted:
        raise NobodyAdmittedError
    seal = Seal(
        row_id=record_id, matter_id=_matter_of(record_id), by_account_id=own_id, by_name=actor.name, sealed_at=now
    )
    seal.explain(reason)
    seal.save(force_insert=True)
    Admission.objects.bulk_create(
        Admission(seal=seal, account_id=account_id, admitted_at=now) for account_id in sorted(admitted)
    )
    audit.record(actor, "conflicts.matter.sealed", seal, at=now, fields=[str(account) for account in sorted(admitted)])
    return seal


@transaction.atomic
def lift_seal(*, actor: Actor, seal_id: UUID, now: datetime) -> Seal:
    """Let the matter be seen as any other again, as the inspector, with what was sealed in the same act."""
    actor.require(Permission.WATCH_CONFLICTS)
    seal = Seal.objects.select_for_update().find(actor, seal_id)
    together = Seal.objects.visible_to(actor).filter(by_account_id=seal.by_account_id, sealed_at=seal.sealed_at)
    together.filter(lifted_at__isnull=True).update(lifted_at=now, lifted_by_name=actor.name)
    audit.record(actor, "conflicts.matter.unsealed", seal, at=now)
    return seal


def _matter_of(record_id: UUID) -> UUID:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.tie(%s)", [record_id])
        matter_id: UUID = cursor.fetchone()[0]
        return matter_id
