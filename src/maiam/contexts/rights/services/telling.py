"""Whoever asked hears that there is an answer: before the officer, or later by their own rule, never against it."""

from datetime import datetime

from maiam.contexts.contacts import services as contacts
from maiam.contexts.contacts.events import Addressed
from maiam.contexts.contacts.rules.safe_rule import Recipient, RecipientKind
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.rights.models import RightsRequest
from maiam.contexts.rights.rules import Act, Asker, Right
from maiam.platform.access import Actor


def tell_asker(*, actor: Actor, request: RightsRequest, act: Act, now: datetime) -> None:
    """Have the door tell them, or give the officer the task."""
    is_proof = act is Act.FINISH and request.right == Right.ERASE
    is_unknown = request.asker == Asker.REPRESENTATIVE and request.representative_id is None
    contacts.tell_owed(
        actor=actor,
        to=_asker(request),
        purpose=Purpose.PAPER_READY if is_proof else Purpose.ANSWER_WAITS,
        key=f"right:{request.id}:{act}",
        now=now,
        is_face_to_face=is_unknown,
    )


def _asker(request: RightsRequest) -> Addressed:
    """Who asked: the person, or who stands for them by law and hears the answer in their place."""
    return Addressed(
        recipient=Recipient(RecipientKind.PERSON, request.representative_id or request.person_id),
        record=request.subject,
        label="người yêu cầu",
        code=request.right_label,
        commune_id=request.commune_id,
        village_id=request.village_id,
        owner_post_id=request.by_post_id,
    )
