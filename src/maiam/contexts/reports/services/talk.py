"""Words both ways after a report was taken. What the reporter says is added; it never closes or lowers anything."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from maiam.contexts.contacts import services as contacts
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.duties import services as duties
from maiam.contexts.reports.models import Report, ReportMessage
from maiam.contexts.reports.models.talk import MessageKind
from maiam.contexts.reports.queries.addressed import addressed_of
from maiam.contexts.reports.rules.limits import MOST_MESSAGES_A_DAY
from maiam.contexts.reports.services.pictures import keep_pictures
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError

PICTURES_SENT = "Đã gửi thêm ảnh."


class NothingSaidError(DomainError):
    code = "reports.nothing_said"
    message = "Chưa có chữ nào. Hãy viết vài chữ rồi gửi."
    field = "body"


class TooManyMessagesError(DomainError):
    code = "reports.too_many_messages"
    message = "Hôm nay đã gửi nhiều lần. Nếu đang nguy hiểm, hãy gọi 113."
    field = "body"


@transaction.atomic
def ask_reporter(*, actor: Actor, report_id: UUID, body: str, now: datetime, entry_key: str) -> None:
    """Ask the reporter a question; it waits where their code opens.

    Raises `NothingSaidError`.
    """
    actor.require(Permission.ANSWER_REPORTER)
    report = Report.objects.find(actor, report_id)
    _say(actor, report, MessageKind.QUESTION, body=body, now=now, entry_key=entry_key)
    key = f"question:{_entry_hash(entry_key, body)}"
    contacts.tell_if_asked(actor=actor, to=addressed_of(report), purpose=Purpose.ANSWER_WAITS, key=key, now=now)


@transaction.atomic
def answer_as_reporter(
    *,
    actor: Actor,
    report_id: UUID,
    body: str,
    now: datetime,
    entry_key: str,
    answers_id: UUID | None = None,
    pictures: tuple[bytes, ...] = (),
) -> tuple[str, ...]:
    """Keep what the holder of the code answers or adds, and tell the officer in charge.

    Return in words which pictures could not be kept. Raises `NothingSaidError`, `TooManyMessagesError`.
    """
    actor.require(Permission.FOLLOW_REPORT)
    report = Report.objects.find(actor, report_id)
    _check_pace(report, now)
    if report.messages.filter(entry_hash=_entry_hash(entry_key, body or PICTURES_SENT)).exists():
        return ()
    refused: tuple[str, ...] = ()
    if pictures:
        kept_before = _pictures_kept(report)
        refused = keep_pictures(actor=actor, report=report, files=pictures, now=now, kept_before=kept_before)
        body = body or PICTURES_SENT
    question = report.messages.filter(id=answers_id, kind=MessageKind.QUESTION).first() if answers_id else None
    kind = MessageKind.REPLY if question else MessageKind.FACTS
    _say(actor, report, kind, body=body, now=now, entry_key=entry_key, answers=question)
    _tell_owner(actor, report, "Người báo tin vừa viết thêm", now=now, key=entry_key)
    return refused


@transaction.atomic
def withdraw_report(*, actor: Actor, report_id: UUID, body: str, now: datetime, entry_key: str) -> None:
    """Record that the reporter wishes to withdraw. The officer sees it; nothing is deleted, closed or lowered by it.

    Raises `TooManyMessagesError`.
    """
    actor.require(Permission.FOLLOW_REPORT)
    report = Report.objects.find(actor, report_id)
    _check_pace(report, now)
    _say(actor, report, MessageKind.WITHDRAWAL, body=body or "Xin rút tin.", now=now, entry_key=entry_key)
    _tell_owner(actor, report, "Người báo tin xin rút tin: kiểm tra an toàn trước", now=now, key=entry_key)


def _say(
    actor: Actor,
    report: Report,
    kind: MessageKind,
    *,
    body: str,
    now: datetime,
    entry_key: str,
    answers: ReportMessage | None = None,
) -> None:
    """Keep one message, once for each press: the same words under the same key are one message."""
    if not body.strip():
        raise NothingSaidError
    message = ReportMessage(
        report=report,
        kind=kind,
        answers=answers,
        by_post_id=actor.post_id,
        sent_at=now,
        entry_hash=_entry_hash(entry_key, body),
    )
    message.body_sealed = vault.seal(body, place=f"reports_reportmessage.body:{message.id}")
    ReportMessage.objects.bulk_create([message], ignore_conflicts=True)
    audit.record(actor, f"reports.message.{kind}", report, at=now)


def _entry_hash(entry_key: str, body: str) -> str:
    return vault.index(f"{entry_key}|{body}", field="reports.message.entry")


def _check_pace(report: Report, now: datetime) -> None:
    today = report.messages.filter(sent_at__gt=now - timedelta(days=1), by_post__isnull=True)
    if today.count() >= MOST_MESSAGES_A_DAY:
        raise TooManyMessagesError


def _pictures_kept(report: Report) -> int:
    """Count pictures the holder of the code may add to but not see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reports_pictures_kept(%s)", [report.id])
        (kept,) = cursor.fetchone()
    return int(kept)


def _tell_owner(actor: Actor, report: Report, what: str, *, now: datetime, key: str) -> None:
    if report.owner_post_id:
        notice_key = f"said:{report.id}:{vault.index(key, field='reports.message.notice')[:16]}"
        duties.notify(
            actor=actor, to_post_id=report.owner_post_id, what=what, subject=report.subject, now=now, key=notice_key
        )
