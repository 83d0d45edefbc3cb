"""Take a report in: once, whole, with its clocks. What can be kept is kept; nothing a person told is refused."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from maiam.contexts.contacts import services as contacts
from maiam.contexts.places import queries as places
from maiam.contexts.reports.models import Receipt, Report, ReporterIdentity
from maiam.contexts.reports.queries import seats
from maiam.contexts.reports.queries.addressed import addressed_of, rule_of
from maiam.contexts.reports.rules import receipts
from maiam.contexts.reports.rules.draft import ContactWay, ReportDraft, Reporter
from maiam.contexts.reports.rules.limits import TOLD_JUST_NOW, TOLD_LONGEST_AGO
from maiam.contexts.reports.services.clocks import start_clocks
from maiam.contexts.reports.services.pictures import keep_pictures
from maiam.contexts.reports.services.sending import Sending
from maiam.core.text import fold, write_date
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError
from maiam.platform.ids import new_id

PHONE_FIELD = "reports_reporteridentity.phone"


class ToldInFutureError(DomainError):
    code = "reports.told_in_future"
    message = "Giờ được báo không thể sau lúc này."
    field = "told_at"


class ToldNeedsReasonError(DomainError):
    code = "reports.told_needs_reason"
    message = "Giờ được báo sớm hơn lúc này: hãy ghi vì sao nhập muộn."
    field = "told_at_reason"


class ToldTooLongAgoError(DomainError):
    code = "reports.told_too_long_ago"
    message = "Giờ được báo cách đây hơn một năm. Hãy xem lại ngày."
    field = "told_at"


class PlaceUnknownError(DomainError):
    code = "reports.place_unknown"
    message = "Không có xã, thôn này. Hãy chọn lại; hoặc để trống và ghi nơi xảy ra bằng lời."
    field = "commune"


@dataclass(frozen=True)
class Filed:
    """A report taken in. `is_replay` tells that the same sending had already been taken."""

    report_id: UUID
    receipt_code: str
    is_replay: bool = False
    refused_pictures: tuple[str, ...] = ()


@transaction.atomic
def file_report(*, actor: Actor, draft: ReportDraft, now: datetime) -> Filed:
    """Take in what was told, once for each sending, and start the clocks of Arts 19-20.

    Raises `ToldInFutureError`, `ToldNeedsReasonError`, `ToldTooLongAgoError`, `PlaceUnknownError`.
    """
    if not actor.can(Permission.FILE_REPORT):
        actor.require(Permission.TAKE_REPORT)
    told_at = _told_at(draft, now)
    _check_place(draft)
    sending = Sending.of(actor, draft)

    report = _report(actor, draft, told_at=told_at, now=now)
    report.owner_post = seats.owner(draft.commune_id, now)
    kept_id = _claim(report.id, sending, now)
    if kept_id != report.id:
        return Filed(kept_id, sending.code, is_replay=True)
    report.save(force_insert=True)
    Receipt(report=report, code_hash=receipts.hash_of(sending.code, settings.INDEX_KEY)).save(force_insert=True)
    if draft.reporter.is_known:
        _keep_reporter(report, draft.reporter, now)
        _keep_safe_contact(actor, report, draft, code=sending.code, now=now)
    refused = keep_pictures(actor=actor, report=report, files=draft.pictures, now=now)
    start_clocks(actor=actor, report=report, now=now)
    audit.record(actor, "reports.report.filed", report, at=now, fields=_told_fields(draft))
    return Filed(report.id, sending.code, refused_pictures=refused)


def _told_at(draft: ReportDraft, now: datetime) -> datetime:
    told_at = draft.told.at or now
    if told_at > now:
        raise ToldInFutureError
    if told_at < now - TOLD_LONGEST_AGO:
        raise ToldTooLongAgoError
    if told_at < now - TOLD_JUST_NOW and not draft.told.reason:
        raise ToldNeedsReasonError
    return told_at


def _check_place(draft: ReportDraft) -> None:
    if draft.commune_id is None:
        return
    if seats.commune_of_today(draft.commune_id) is None:
        raise PlaceUnknownError
    if draft.village_id is not None and draft.village_id not in _village_ids(draft.commune_id):
        raise PlaceUnknownError


def _village_ids(commune_id: int) -> set[int]:
    return {village.id for village in places.villages_of(commune_id)}


def _report(actor: Actor, draft: ReportDraft, *, told_at: datetime, now: datetime) -> Report:
    report_id = new_id()
    return Report(
        id=report_id,
        channel=draft.channel,
        receiving_address=draft.receiving_address,
        told_at=told_at,
        told_at_reason=draft.told.reason,
        received_at=now,
        taken_by_post_id=actor.post_id,
        story_sealed=vault.seal(draft.story, place=f"reports_report.story:{report_id}"),
        place_sealed=vault.seal(draft.place_as_given, place=f"reports_report.place:{report_id}"),
        kinds=list(draft.kinds),
        signs=list(draft.signs),
        happening=draft.happening,
        in_danger=list(draft.in_danger),
        mode=draft.mode,
        likeness=_likeness(draft, report_id, now),
        is_doubtful=draft.is_doubtful,
        commune_id=draft.commune_id,
        village_id=draft.village_id,
    )


def _likeness(draft: ReportDraft, report_id: UUID, now: datetime) -> str:
    """The same words about the same commune on the same day are shown as alike; without words, nothing is."""
    words = fold(f"{draft.story} {draft.place_as_given}") or str(report_id)
    return vault.index(f"{draft.commune_id}|{write_date(now)}|{words}", field="reports.report.likeness")


def _claim(report_id: UUID, sending: Sending, now: datetime) -> UUID:
    """Take this sending for `report_id`; return whose it is. A second press waits here for the first to commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT reports_claim_filing(%s, %s, %s, %s)", [report_id, sending.key_hash, sending.body_hash, now]
        )
        (kept_id,) = cursor.fetchone()
    return UUID(str(kept_id))


def _keep_reporter(report: Report, reporter: Reporter, now: datetime) -> None:
    identity = ReporterIdentity(report=report, recorded_at=now)
    told = json.dumps(asdict(reporter), default=str, ensure_ascii=False)
    identity.sealed = vault.seal(told, place=f"reports_reporteridentity:{identity.id}")
    identity.phone_key = _phone_key(reporter)
    identity.save(force_insert=True)


def _keep_safe_contact(actor: Actor, report: Report, draft: ReportDraft, *, code: str, now: datetime) -> None:
    """How the reporter may be reached; who asked for the code by message gets it, as far as their own rule lets it."""
    contact = draft.reporter.contact
    if contact.way is ContactWay.NONE:
        return
    contacts.keep_answers(
        actor=actor,
        report=report.subject,
        rule=rule_of(contact),
        commune_id=report.commune_id,
        village_id=report.village_id,
        now=now,
    )
    if draft.sends_code and contact.way is ContactWay.MESSAGE:
        contacts.send_code(actor=actor, to=addressed_of(report), code=receipts.grouped(code), now=now)


def _phone_key(reporter: Reporter) -> str:
    phone = reporter.phone or reporter.contact.phone
    return vault.index(phone, field=PHONE_FIELD) if phone else ""


def _told_fields(draft: ReportDraft) -> list[str]:
    return [name for name, value in asdict(draft).items() if value and name != "entry_key"]
