"""Give a report to the commune it belongs to; or hand it back to the province's desk. It always has an owner."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from maiam.contexts.accounts.models import Post
from maiam.contexts.contacts import services as contacts
from maiam.contexts.duties import services as duties
from maiam.contexts.reports.models import Placement, Report
from maiam.contexts.reports.queries import seats
from maiam.contexts.reports.queries.addressed import addressed_of
from maiam.contexts.reports.services.clocks import tell_commune
from maiam.core.law.reporting import CHAIR_ACT
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class NotPlaceableError(DomainError):
    code = "reports.not_placeable"
    message = "Tin này đã có kết quả, không chuyển xã được nữa."


class NobodyThereError(DomainError):
    code = "reports.nobody_there"
    message = "Chưa có ai giữ chức vụ để nhận tin ở đó."
    field = "commune"


@transaction.atomic
def place_report(
    *, actor: Actor, report_id: UUID, commune_id: int, reason: str, now: datetime, village_id: int | None = None
) -> None:
    """Give a report from the province's desk to a commune; the clock goes on from where it began.

    Raises `NotPlaceableError`, `NobodyThereError`.
    """
    actor.require(Permission.PLACE_REPORTS)
    if seats.commune_of_today(commune_id) is None:
        raise NobodyThereError
    report = Report.objects.select_for_update(of=("self",)).find(actor, report_id)
    _move(actor, report, commune_id=commune_id, village_id=village_id, reason=reason, now=now)


@transaction.atomic
def return_to_province(*, actor: Actor, report_id: UUID, reason: str, now: datetime) -> None:
    """Hand back a report that belongs to another place; the desk finds which.

    Raises `NotPlaceableError`, `NobodyThereError`.
    """
    actor.require(Permission.TRIAGE_REPORTS)
    report = Report.objects.select_for_update(of=("self",)).find(actor, report_id)
    _move(actor, report, commune_id=None, village_id=None, reason=reason, now=now)


def _move(
    actor: Actor, report: Report, *, commune_id: int | None, village_id: int | None, reason: str, now: datetime
) -> None:
    owner = seats.owner(commune_id, now)
    if not report.is_open:
        raise NotPlaceableError
    if owner is None:
        raise NobodyThereError
    _keep_placement(actor, report, commune_id=commune_id, village_id=village_id, reason=reason, now=now)
    duties.move_obligation(
        actor=actor,
        rule=CHAIR_ACT.code,
        subject=report.subject,
        to_post_id=owner.id,
        commune_id=commune_id or seats.province_of_house().id,
        now=now,
    )
    report.commune_id, report.village_id, report.owner_post = commune_id, village_id, owner
    contacts.carry_rule_over(actor=actor, to=addressed_of(report), now=now)
    tell_commune(actor=actor, report=report, now=now)
    audit.record(actor, "reports.report.placed", report, at=now, fields=["commune", "village", "owner_post"])
    _hand_over(report, owner)


def _keep_placement(
    actor: Actor, report: Report, *, commune_id: int | None, village_id: int | None, reason: str, now: datetime
) -> None:
    placement = Placement(
        report=report,
        from_commune_id=report.commune_id,
        to_commune_id=commune_id,
        to_village_id=village_id,
        by_post_id=actor.post_id,
        at=now,
    )
    placement.reason_sealed = vault.seal(reason, place=f"reports_placement.reason:{placement.id}")
    placement.save(force_insert=True)


def _hand_over(report: Report, owner: Post) -> None:
    """Last of all: afterwards the row is out of the giver's sight, so a database function writes it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reports_hand_over(%s, %s, %s, %s)", [report.id, report.commune_id, report.village_id, owner.id]
        )
