"""Name who takes part for the protection of a child; without one no plan and no end of the case."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.cases.services import GuardianIsPerpetratorError
from maiam.contexts.measures.models import ChildProtector
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class NotAChildError(DomainError):
    code = "measures.not_a_child"
    message = "Người được bảo vệ trong vụ việc này không phải trẻ em."


@transaction.atomic
def name_protector(*, actor: Actor, case_id: UUID, name: str, standing: str, now: datetime) -> ChildProtector:
    """Record the child-protection worker who takes part from now on.

    Raises `NotAChildError`, `GuardianIsPerpetratorError`.
    """
    actor.require(Permission.REQUEST_MEASURES)
    _, post_id = accounts.answering_seat(actor)
    case = Case.objects.find(actor, case_id)
    if cases.is_child_case(actor, case) is False:
        raise NotAChildError
    if cases.is_perpetrator_named(actor, case, name):
        raise GuardianIsPerpetratorError
    row = ChildProtector(
        case=case, commune_id=case.commune_id, name=name, standing=standing, named_at=now, named_by_post_id=post_id
    )
    row.save(force_insert=True)
    audit.record(actor, "measures.child_protector.named", row, at=now)
    return row
