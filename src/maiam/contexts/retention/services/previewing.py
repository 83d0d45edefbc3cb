"""Each night, write down what is over its time; nothing is changed by it."""

from datetime import datetime
from itertools import chain, islice

from django.db import transaction

from maiam.contexts.retention import queries
from maiam.contexts.retention.models import Preview, PreviewLine
from maiam.contexts.retention.rules import FIXED, LINES_AT_ONCE, Fate, Kind, State
from maiam.core.law.retention import Old, over_before
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@transaction.atomic
def make_previews(*, actor: Actor, now: datetime) -> list[Preview]:
    """Preview every class anew, but those somebody has proposed and nobody has answered."""
    actor.require(Permission.KEEP_HOUSE)
    made = (_preview(actor, kind, now) for kind in Kind)
    return [row for row in made if row]


def _preview(actor: Actor, kind: Kind, now: datetime) -> Preview | None:
    standing = Preview.objects.select_for_update(of=("self",)).filter(code=kind)
    if standing.filter(state__in=FIXED).exists():
        return None
    for earlier in standing.filter(state=State.MADE):
        earlier.state = State.REPLACED
        earlier.save(update_fields=["state"])
    months = queries.months_in_force(actor, kind)
    before = over_before(now, months)
    over = queries.over_time(actor, kind, before)
    first = next(over, None)
    if first is None:
        return None
    preview = Preview.objects.create(code=kind, months=months, before=before, made_at=now)
    over = chain([first], over)
    while page := list(islice(over, LINES_AT_ONCE)):
        _write_lines(actor, preview, page)
    audit.record(actor, "retention.preview.made", preview, at=now)
    return preview


def _write_lines(actor: Actor, preview: Preview, rows: list[Old]) -> None:
    held = queries.held_by(actor, Kind(preview.code), rows)
    PreviewLine.objects.bulk_create(
        PreviewLine(
            preview=preview,
            subject_id=row.id,
            commune_id=row.commune_id,
            since=row.since,
            fate=Fate.HELD if row.id in held else Fate.WAITING,
            hold=held.get(row.id, ""),
        )
        for row in rows
    )
