"""Keep what is being typed, page by page, on the house's side: a phone that dies loses one page at most."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.families.models import Household
from maiam.contexts.surveys.models import Assignment, Draft
from maiam.contexts.surveys.queries.settings import current_sheet
from maiam.contexts.surveys.rules.definition import HOUSEHOLD, MEMBERS
from maiam.contexts.surveys.services.rounds import NotRunningError
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError
from maiam.platform.ids import new_id


@transaction.atomic
def save_page(
    *,
    actor: Actor,
    assignment_id: UUID,
    household_id: UUID,
    page: str,
    member: str,
    values: Mapping[str, Any],
    reasons: Mapping[str, str],
    now: datetime,
) -> Draft:
    """Keep one page of answers; a draft begins from the sheet that counts, if there is one.

    Raises `NotRunningError`; `NotFoundError`.
    """
    actor.require(Permission.COLLECT_ANSWERS)
    draft = _draft(actor, assignment_id, household_id, now)
    answers = {HOUSEHOLD: {}, MEMBERS: {}, **draft.answers}
    kept = answers[MEMBERS].setdefault(member, {}) if member else answers[HOUSEHOLD]
    for name, value in values.items():
        kept[name] = value
    keys = {f"{member}.{name}" if member else name for name in values}
    draft.answers = answers
    draft.reasons = {key: why for key, why in draft.reasons.items() if key not in keys} | dict(reasons)
    draft.pages = sorted({*draft.pages, page})
    draft.saved_at = now
    draft.save()
    audit.record(actor, "surveys.draft.saved", draft, at=now)
    return draft


@transaction.atomic
def forget_draft(*, actor: Actor, assignment_id: UUID, household_id: UUID, now: datetime) -> None:
    """Throw away what was typed and not sent."""
    actor.require(Permission.COLLECT_ANSWERS)
    _, post_id = accounts.own_seat(actor)
    drafts = Draft.objects.visible_to(actor).filter(
        assignment_id=assignment_id, household_id=household_id, post_id=post_id, sent_at__isnull=True
    )
    drafts.update(sent_at=now, answers={}, reasons={})
    audit.record(actor, "surveys.draft.forgotten", ("surveys.draft", str(household_id)), at=now)


def _draft(actor: Actor, assignment_id: UUID, household_id: UUID, now: datetime) -> Draft:
    _, post_id = accounts.own_seat(actor)
    assignment = Assignment.objects.select_related("round").find(actor, assignment_id)
    household = Household.objects.find(actor, household_id)
    if household.commune_id != assignment.commune_id or household.village_id != assignment.village_id:
        raise NotFoundError
    if not assignment.round.is_running:
        raise NotRunningError
    drafts = Draft.objects.select_for_update(of=("self",)).visible_to(actor)
    found = drafts.filter(assignment=assignment, household=household, post_id=post_id, sent_at__isnull=True).first()
    if found:
        return found
    before = current_sheet(actor, assignment.round_id, household.id)
    return Draft(
        assignment=assignment,
        household=household,
        post_id=post_id,
        client_id=new_id(),
        base=(before.number or 0) if before else 0,
        answers=before.answers if before else {},
        reasons=before.reasons if before else {},
        saved_at=now,
    )
