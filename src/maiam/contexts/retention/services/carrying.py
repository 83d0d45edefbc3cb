"""Carry out what two people agreed to, some lines a step; each is looked at once more before it goes."""

from collections.abc import Callable, Iterator
from datetime import datetime

from django.db import transaction

from maiam.contexts.changes import services as changes
from maiam.contexts.families import services as families
from maiam.contexts.retention import queries
from maiam.contexts.retention.models import Preview, PreviewLine
from maiam.contexts.retention.rules import LINES_A_STEP, Fate, Hold, Kind, State
from maiam.contexts.rights import services as rights
from maiam.contexts.surveys import services as surveys
from maiam.platform import audit
from maiam.platform.access import Actor, Permission

_ENDS: dict[Kind, tuple[Callable[..., object], str]] = {
    Kind.PERSON_REST: (families.restrict_person, "person_id"),
    Kind.PERSON_ERASE: (rights.erase_long_gone, "person_id"),
    Kind.CHANGE_ENDED: (changes.forget_ended_request, "request_id"),
    Kind.RIGHTS_ENDED: (rights.forget_ended_request, "request_id"),
    Kind.SURVEY_DRAFT: (surveys.forget_left_draft, "draft_id"),
}


def carry_previews(*, actor: Actor, now: datetime) -> Iterator[Preview]:
    """Yield after each step, a transaction of its own; killed in between, the next run goes on with what is left."""
    actor.require(Permission.KEEP_HOUSE)
    while preview := _step(actor, now):
        yield preview


@transaction.atomic
def _step(actor: Actor, now: datetime) -> Preview | None:
    agreed = Preview.objects.select_for_update(of=("self",), skip_locked=True).filter(state=State.APPROVED)
    preview = agreed.order_by("decided_at", "id").first()
    if preview is None:
        return None
    lines = list(preview.lines.filter(fate=Fate.WAITING).order_by("id")[:LINES_A_STEP])
    if not lines:
        preview.state, preview.done_at = State.DONE, now
        preview.save(update_fields=["state", "done_at"])
        audit.record(actor, "retention.preview.done", preview, at=now)
        return preview
    _carry(actor, preview, lines, now)
    return preview


def _carry(actor: Actor, preview: Preview, lines: list[PreviewLine], now: datetime) -> None:
    kind = Kind(preview.code)
    still = list(queries.over_time(actor, kind, preview.before, among=[line.subject_id for line in lines]))
    held = queries.held_by(actor, kind, still)
    over = {row.id for row in still}
    for line in lines:
        if line.subject_id not in over:
            line.fate = Fate.NOT_DUE
        elif hold := held.get(line.subject_id):
            line.fate, line.hold = Fate.HELD, hold
        else:
            _end(actor, kind, line, now)
        line.save(update_fields=["fate", "hold", "done_at"])
    audit.record(actor, "retention.preview.step_taken", preview, at=now)


def _end(actor: Actor, kind: Kind, line: PreviewLine, now: datetime) -> None:
    """Carry out one line; what has to wait for a worker is held, and comes back with another preview."""
    end, argument = _ENDS[kind]
    try:
        with transaction.atomic():
            end(actor=actor, now=now, **{argument: line.subject_id})
    except families.ErasureWaitsError:
        line.fate, line.hold = Fate.HELD, Hold.LIST_AT_WORK
    else:
        line.fate, line.done_at = Fate.DONE, now
