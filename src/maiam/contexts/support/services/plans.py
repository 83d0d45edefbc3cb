"""Write down what a person herself will do when danger comes. A change is a new version."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases.models import Case
from maiam.contexts.support.models import SafetyPlan
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@transaction.atomic
def write_safety_plan(*, actor: Actor, case_id: UUID, answers: Mapping[str, str], now: datetime) -> SafetyPlan:
    """Keep a new version; the earlier ones stay as they were."""
    actor.require(Permission.PLAN_SUPPORT)
    _, post_id = accounts.own_seat(actor)
    case = Case.objects.select_for_update(of=("self",)).find(actor, case_id)
    row = SafetyPlan(
        case=case,
        commune_id=case.commune_id,
        version=SafetyPlan.objects.filter(case=case).count() + 1,
        written_at=now,
        written_by_post_id=post_id,
        written_by_name=actor.name,
    )
    row.lay_out(dict(answers))
    row.save(force_insert=True)
    audit.record(actor, "support.safety_plan.written", row, at=now)
    return row
