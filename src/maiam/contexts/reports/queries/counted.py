"""Reports as they are counted in space and time: when and where, over which channel; no word of what was told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.reports.models import Report
from maiam.contexts.reports.rules.draft import Sign
from maiam.contexts.reports.rules.states import Outcome
from maiam.platform.access import Actor, Permission

# Somebody found that these tell of no violence here; a report nobody could follow up still is one.
_NOT_COUNTED = (Outcome.NOT_DV, Outcome.UNFOUNDED, Outcome.SENT_ELSEWHERE)
_GRAVE = frozenset(Sign)


@dataclass(frozen=True)
class CountedReport:
    """One report as a point in space and time. `likeness` is the same for tellings in the same words."""

    id: UUID
    commune_id: int
    village_id: int | None
    told_at: datetime
    received_at: datetime
    channel: str
    likeness: str
    is_grave: bool


def counted_reports(
    actor: Actor, commune_ids: Collection[int], *, since: datetime, received_before: datetime
) -> list[CountedReport]:
    """Reports of these communes told since a moment and received before another, oldest first."""
    actor.require(Permission.VIEW_REPORTS)
    rows = Report.objects.visible_to(actor).filter(
        commune_id__in=commune_ids, told_at__gte=since, received_at__lt=received_before
    )
    rows = rows.exclude(outcome__in=_NOT_COUNTED).order_by("told_at", "id")
    columns = ("id", "commune_id", "village_id", "told_at", "received_at", "channel", "likeness")
    return [
        CountedReport(**{name: row[name] for name in columns}, is_grave=bool(_GRAVE & set(row["signs"])))
        for row in rows.values(*columns, "signs")
    ]


def first_told_at(actor: Actor, commune_ids: Collection[int]) -> datetime | None:
    """When the first of all reports of these communes was told."""
    actor.require(Permission.VIEW_REPORTS)
    rows = Report.objects.visible_to(actor).filter(commune_id__in=commune_ids).order_by("told_at")
    return rows.values_list("told_at", flat=True).first()


@dataclass(frozen=True)
class NamedReport:
    """A report as a list names it: when and where, not what."""

    id: UUID
    told_at: datetime
    commune: str
    village: str
    is_open: bool


def named_reports(actor: Actor, report_ids: Collection[UUID]) -> list[NamedReport]:
    """Those of these reports the actor may open, newest first."""
    actor.require(Permission.VIEW_REPORTS)
    rows = Report.objects.visible_to(actor).filter(id__in=report_ids).select_related("commune", "village")
    return [
        NamedReport(
            row.id,
            row.told_at,
            row.commune.name if row.commune else "",
            row.village.name if row.village else "",
            row.is_open,
        )
        for row in rows.order_by("-told_at", "id")
    ]


def how_many_open(actor: Actor, report_ids: Collection[UUID]) -> int:
    """How many of these reports the actor may open."""
    actor.require(Permission.VIEW_REPORTS)
    return Report.objects.visible_to(actor).filter(id__in=report_ids).count()
