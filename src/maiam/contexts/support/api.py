"""Support for other systems: that she was reached and helped. Never what she said or plans, or how to reach her."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone
from ninja import Router, Schema

from maiam.contexts.support import queries
from maiam.platform.access import ActorRequest
from maiam.platform.problem import REFUSALS

router = Router(tags=["support"])


class FollowUpOut(Schema):
    what: str
    due_at: datetime
    state: str
    closed_at: datetime | None


class ContactOut(Schema):
    tried_at: datetime
    how_label: str
    reached_label: str
    safe_label: str


class ConsentOut(Schema):
    id: UUID
    recipient: str
    need: str
    given_at: datetime
    until: datetime | None
    withdrawn_at: datetime | None
    is_live: bool


class ReferralOut(Schema):
    id: UUID
    need_label: str
    recipient: str
    state_label: str
    is_urgent: bool
    is_open: bool
    sent_at: datetime


class UnmetOut(Schema):
    need_label: str
    recorded_at: datetime


class SupportOut(Schema):
    heard_alone_at: datetime | None
    has_safety_plan: bool
    follow_ups: list[FollowUpOut]
    contacts: list[ContactOut]
    consents: list[ConsentOut]
    referrals: list[ReferralOut]
    unmet: list[UnmetOut]


@router.get("/cases/{uuid:case_id}", response={200: SupportOut, **REFUSALS})
def of_case(request: ActorRequest, case_id: UUID) -> dict[str, object]:
    """What was done for the person of a case."""
    page = queries.support_page(request.actor, case_id, timezone.now())
    told = {name: getattr(page, name) for name in SupportOut.model_fields if name != "has_safety_plan"}
    return told | {"has_safety_plan": page.plan is not None}
