"""What is said after a report was taken: words both ways, and pictures."""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from maiam.contexts.accounts.models import Post
from maiam.contexts.reports.models.intake import Report
from maiam.platform import vault
from maiam.platform.access import Access, Anywhere, Grant, Held, Permission, Protection, ScopedModel, Through

P = Permission


class MessageKind(StrEnum):
    QUESTION = "question"
    RESULT = "result"
    REPLY = "reply"
    FACTS = "facts"
    WITHDRAWAL = "withdrawal"


MESSAGE_KIND_LABELS = {
    MessageKind.QUESTION: "Cán bộ hỏi",
    MessageKind.RESULT: "Cán bộ báo kết quả",
    MessageKind.REPLY: "Người báo tin trả lời",
    MessageKind.FACTS: "Người báo tin kể thêm",
    MessageKind.WITHDRAWAL: "Người báo tin xin rút tin",
}
FROM_REPORTER = frozenset({MessageKind.REPLY, MessageKind.FACTS, MessageKind.WITHDRAWAL})


class ReportMessage(ScopedModel):
    """One thing said about a report, by the reporter or to them. A withdrawal is said; it closes nothing."""

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(
        read=(Grant(P.VIEW_REPORTS, Through("report")), Grant(P.FOLLOW_REPORT, Held("report"))),
        add=(Grant(P.ANSWER_REPORTER, Through("report")), Grant(P.FOLLOW_REPORT, Held("report"))),
    )

    report = models.ForeignKey(Report, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=12)
    body_sealed = models.BinaryField()
    answers = models.ForeignKey("self", models.PROTECT, related_name="replies", null=True)
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+", null=True)
    sent_at = models.DateTimeField()
    entry_hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "entry_hash"], name="message_sent_once")]
        indexes = [models.Index(fields=["report", "sent_at"], name="message_of_report")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.report_id}"

    @property
    def body(self) -> str:
        return vault.unseal(self.body_sealed, place=f"reports_reportmessage.body:{self.id}")


class Attachment(ScopedModel):
    """One picture, drawn anew so that nothing but the picture is left, and sealed.

    It lies in the database: it comes with its report or not at all, and no file of its own has a time or a name.
    """

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(
        read=(Grant(P.VIEW_REPORTS, Through("report")),),
        add=(
            Grant(P.FILE_REPORT, Anywhere()),
            Grant(P.TAKE_REPORT, Anywhere()),
            Grant(P.FOLLOW_REPORT, Held("report")),
        ),
    )

    report = models.ForeignKey(Report, models.PROTECT, related_name="attachments")
    picture_sealed = models.BinaryField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["report", "added_at"], name="attachment_of_report")]

    def __str__(self) -> str:
        return f"picture of {self.report_id}"

    @property
    def picture(self) -> bytes:
        return vault.unseal_bytes(self.picture_sealed, place=f"reports_attachment.picture:{self.id}")
