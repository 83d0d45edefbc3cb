"""Let go of what was answered about a person whose data are erased by law; the household's own answers stay."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.surveys.models import Draft, Sheet
from maiam.contexts.surveys.rules.definition import MEMBERS
from maiam.contexts.surveys.rules.rounds import digest
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@transaction.atomic
def forget_person(*, actor: Actor, person_id: UUID, now: datetime) -> int:
    """Take a person's answers out of every sheet and draft; return how many held some."""
    actor.require(Permission.KEEP_HOUSE)
    member = str(person_id)
    sheets = list(Sheet.objects.filter(answers__members__has_key=member).select_for_update(of=("self",)))
    for sheet in sheets:
        _let_go(sheet, member)
        # The old mark was made of the answers too, and could be guessed at.
        sheet.digest = digest({"forgotten": str(sheet.id)})
        sheet.save(update_fields=["answers", "reasons", "digest"])
        audit.record(actor, "surveys.sheet.forgotten", sheet, at=now)
    drafts = list(Draft.objects.filter(answers__members__has_key=member).select_for_update(of=("self",)))
    for draft in drafts:
        _let_go(draft, member)
        draft.save(update_fields=["answers", "reasons"])
        audit.record(actor, "surveys.draft.forgotten", draft, at=now)
    return len(sheets) + len(drafts)


@transaction.atomic
def forget_left_draft(*, actor: Actor, draft_id: UUID, now: datetime) -> None:
    """Empty a draft that was left lying; that it was begun stays."""
    actor.require(Permission.KEEP_HOUSE)
    draft = Draft.objects.select_for_update(of=("self",)).find(actor, draft_id)
    draft.answers, draft.reasons, draft.sent_at = {}, {}, now
    draft.save(update_fields=["answers", "reasons", "sent_at"])
    audit.record(actor, "surveys.draft.forgotten", draft, at=now)


def _let_go(row: Sheet | Draft, member: str) -> None:
    row.answers[MEMBERS].pop(member)
    row.reasons = {key: why for key, why in row.reasons.items() if not key.startswith(f"{member}.")}
