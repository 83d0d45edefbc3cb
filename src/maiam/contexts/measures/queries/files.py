"""The file on a person with violent conduct: what is done with them, apart from every victim's case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.cases.models import NoContact, PerpetratorFile
from maiam.contexts.measures.models import Measure
from maiam.contexts.measures.queries.conditions import condition_table
from maiam.contexts.measures.queries.measures import MeasureLine, line
from maiam.core.law.repeat import Finding
from maiam.platform import audit
from maiam.platform.access import Actor, Permission

LONGEST_LIST = 200


@dataclass(frozen=True)
class FileLine:
    id: UUID
    name: str
    opened_at: datetime


@dataclass(frozen=True)
class OrderLine:
    """A no-contact order against the person: until when. Nothing of where the protected person is."""

    id: UUID
    starts_at: datetime
    ends_at: datetime
    is_live: bool


@dataclass(frozen=True)
class FilePage:
    """One file, opened: measures, orders, and whether the measures for those who repeat are open."""

    file: PerpetratorFile
    measures: list[MeasureLine]
    orders: list[OrderLine]
    findings: list[Finding]

    @property
    def may_be_criticised(self) -> bool:
        return all(finding.holds for finding in self.findings)


def perpetrator_files(actor: Actor) -> list[FileLine]:
    """The files within the actor's reach, newest first."""
    actor.require(Permission.VIEW_PERPETRATORS)
    rows = PerpetratorFile.objects.visible_to(actor).order_by("-opened_at", "-id")[:LONGEST_LIST]
    return [FileLine(row.id, row.name, row.opened_at) for row in rows]


def file_page(actor: Actor, file_id: UUID, now: datetime) -> FilePage:
    """One file as those who work with the person may open it. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_PERPETRATORS)
    file = PerpetratorFile.objects.select_related("commune").find(actor, file_id)
    audit.record_read(actor, "measures.perpetrator_file.read", file, at=now)
    measures = Measure.objects.visible_to(actor).filter(file=file).select_related("competent_commune")
    orders = NoContact.objects.visible_to(actor).filter(perpetrator_id=file.person_id, starts_at__isnull=False)
    return FilePage(
        file=file,
        measures=[line(row) for row in measures.order_by("-recorded_at", "-id")],
        orders=[_order(row, now) for row in orders.order_by("-starts_at", "-id")],
        findings=condition_table(actor, file.person_id),
    )


def _order(row: NoContact, now: datetime) -> OrderLine:
    starts_at, ends_at = row.term
    return OrderLine(row.id, starts_at, row.stopped_at or ends_at, row.is_live(now))
