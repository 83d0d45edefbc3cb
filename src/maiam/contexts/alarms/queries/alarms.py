"""Every alarm of one report. Read anew each time, through the reach of who asks: what is closed to them is not told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.alarms.models import SetAside
from maiam.contexts.alarms.queries import people, standing
from maiam.contexts.alarms.queries.pasts import pasts
from maiam.contexts.alarms.queries.people import Homes, Named
from maiam.contexts.alarms.rules.found import KIND_LABELS, REASON_LABELS, Alarm, Kind, Reason, in_order
from maiam.contexts.alarms.rules.intake import Intake, Someone
from maiam.contexts.alarms.rules.repeats import repeats
from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Village
from maiam.contexts.reports.models import Report
from maiam.contexts.reports.rules.draft import Sign
from maiam.core.law.codes.house import alarms as limits
from maiam.core.text import fold
from maiam.platform import audit
from maiam.platform.access import Actor, Permission

_ARMED = frozenset({Sign.WEAPON, Sign.CHOKED})


@dataclass(frozen=True)
class Aside:
    """An alarm somebody set aside, with why."""

    label: str
    says: str
    reason: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True)
class AlarmPage:
    """The alarms of a report, those set aside apart; and whom they were asked for."""

    report: Report
    alarms: list[Alarm]
    aside: list[Aside]
    people: list[Someone]

    @property
    def are_people_guessed(self) -> bool:
        return any(not someone.is_certain for someone in self.people)

    @property
    def people_in_words(self) -> str:
        return ", ".join(someone.in_words for someone in self.people)


def alarms_of(actor: Actor, report_id: UUID, chosen: Named, now: datetime) -> AlarmPage:
    """What the actor may know of before that this report may be a part of.

    Raises `NotFoundError`.
    """
    actor.require(Permission.VIEW_CASES)
    report = Report.objects.select_related("village", "commune").find(actor, report_id)
    audit.record_read(actor, "alarms.report.read", report, at=now)
    named = people.whom(actor, report, chosen, now)
    homes = people.homes_of(actor, named, people.day_of(report))
    intake = _intake(report, named, homes)
    ids = people.other_ids(actor, named, homes)
    before = pasts(actor, report, intake.village_id, ids)
    found = [
        *repeats(intake, before, limits()),
        *standing.danger(actor, intake, before),
        *standing.children_at_home(intake, report, homes),
        *_beside(actor, report, intake, now),
    ]
    rows = SetAside.objects.visible_to(actor).filter(report=report).order_by("at", "id")
    aside = {row.key: row for row in rows}
    return AlarmPage(
        report=report,
        alarms=in_order(alarm for alarm in found if alarm.key not in aside),
        # Only what this reader would be told too: an old answer opens nothing that is closed to them.
        aside=[_aside(aside[alarm.key]) for alarm in found if alarm.key in aside],
        people=named,
    )


def _beside(actor: Actor, report: Report, intake: Intake, now: datetime) -> Iterable[Alarm]:
    guessed = any(not someone.is_certain for someone in intake.named)
    yield from standing.orders_in_force(actor, intake.ids, guessed=guessed, now=now)
    yield from standing.measures_in_force(actor, intake.ids, guessed=guessed)
    yield from standing.earlier_reports(actor, report, intake)
    yield from standing.same_caller(actor, report)


def _intake(report: Report, named: list[Someone], homes: Homes) -> Intake:
    village = report.village or _village_in_words(report)
    return Intake(
        told_at=report.told_at,
        village_id=village.id if village else None,
        village=village.name if village else "",
        named=tuple(named),
        lives_with=homes.lives_with,
        has_weapon=bool(_ARMED & set(report.signs)),
    )


def _village_in_words(report: Report) -> Village | None:
    """The one village of the commune that the words of a report name, where nobody chose one."""
    if report.commune_id is None:
        return None
    words = f" {fold(f'{report.place_as_given} {report.story}')} "
    found = [one for one in places.villages_of(report.commune_id) if f" {one.folded_name} " in words]
    return found[0] if len(found) == 1 else None


def _aside(row: SetAside) -> Aside:
    return Aside(
        KIND_LABELS[Kind(row.kind)], row.says, REASON_LABELS[Reason(row.reason)], row.words, row.by_name, row.at
    )
