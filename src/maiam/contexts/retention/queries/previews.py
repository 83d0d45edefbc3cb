"""Previews in a list and one opened: how many by commune and why some stay; ids and names are shown to nobody."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q

from maiam.contexts.retention.models import Preview, PreviewLine
from maiam.contexts.retention.queries.table import in_words, months_in_force
from maiam.contexts.retention.rules import HOLD_LABELS, Fate, Hold, Kind, State
from maiam.core.law.codes.personal_data import RetentionRule, retention_rules
from maiam.platform.access import Actor, Permission

LONGEST_LIST = 50


@dataclass(frozen=True)
class PreviewRow:
    preview: Preview
    rule: RetentionRule
    waiting: int
    held: int
    done: int


@dataclass(frozen=True)
class CommuneLine:
    commune: str
    waiting: int
    held: int
    done: int
    not_due: int


@dataclass(frozen=True)
class PreviewPage:
    row: PreviewRow
    period: str
    communes: list[CommuneLine]
    holds: list[tuple[str, int]]
    is_outdated: bool
    can_propose: bool
    can_decide: bool


_COUNTS = {str(fate): Count("lines", filter=Q(lines__fate=fate)) for fate in Fate}


def previews(actor: Actor) -> list[PreviewRow]:
    """The newest previews, replaced ones left out."""
    actor.require(Permission.VIEW_RETENTION)
    rows = Preview.objects.visible_to(actor).exclude(state=State.REPLACED).annotate(**_COUNTS)
    return [_row(row) for row in rows.order_by("-made_at", "code")[:LONGEST_LIST]]


def preview(actor: Actor, preview_id: UUID) -> PreviewPage:
    """One preview by commune. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_RETENTION)
    found = Preview.objects.annotate(**_COUNTS).find(actor, preview_id)
    row = _row(found)
    state = State(found.state)
    is_own = found.proposed_by_account_id == actor.account_id
    return PreviewPage(
        row=row,
        period=in_words(row.rule, found.months),
        communes=_communes(actor, found),
        holds=_holds(actor, found),
        is_outdated=months_in_force(actor, Kind(found.code)) != found.months,
        can_propose=state is State.MADE and row.waiting > 0 and actor.can(Permission.KEEP_RETENTION),
        can_decide=state is State.PROPOSED and not is_own and actor.can(Permission.APPROVE_RETENTION),
    )


def _row(row: Preview) -> PreviewRow:
    counts = vars(row)
    return PreviewRow(row, retention_rules()[row.code], counts[Fate.WAITING], counts[Fate.HELD], counts[Fate.DONE])


def _communes(actor: Actor, row: Preview) -> list[CommuneLine]:
    lines = PreviewLine.objects.visible_to(actor).filter(preview=row).values("commune__name")
    counts = {f"n_{fate}": Count("id", filter=Q(fate=fate)) for fate in Fate}
    rows = lines.annotate(**counts).order_by("commune__name").values_list("commune__name", *counts)
    return [CommuneLine(*told) for told in rows]


def _holds(actor: Actor, row: Preview) -> list[tuple[str, int]]:
    held = PreviewLine.objects.visible_to(actor).filter(preview=row, fate=Fate.HELD).values("hold")
    counts = {one["hold"]: one["how_many"] for one in held.annotate(how_many=Count("id")).order_by("hold")}
    return [(HOLD_LABELS[Hold(hold)], how_many) for hold, how_many in counts.items()]
