"""Calls to the hotline that were no report: counted, because silence on the line can be one."""

from enum import StrEnum
from typing import ClassVar

from django.db import models

from maiam.contexts.accounts.models import Post
from maiam.platform import vault
from maiam.platform.access import Access, Grant, OfPost, Permission, Protection, ScopedModel

P = Permission


class CallPurpose(StrEnum):
    ADVICE = "advice"
    FOLLOW_UP = "follow_up"
    OTHER_SERVICE = "other_service"
    SILENT = "silent"
    CUT_OFF = "cut_off"
    WRONG_NUMBER = "wrong_number"
    PRANK = "prank"


CALL_PURPOSE_LABELS = {
    CallPurpose.ADVICE: "Hỏi luật, hỏi chung",
    CallPurpose.FOLLOW_UP: "Hỏi về tin đã báo",
    CallPurpose.OTHER_SERVICE: "Cần nơi khác (đã chỉ dẫn)",
    CallPurpose.SILENT: "Im lặng",
    CallPurpose.CUT_OFF: "Bị ngắt giữa chừng",
    CallPurpose.WRONG_NUMBER: "Nhầm số",
    CallPurpose.PRANK: "Gọi quấy rối",
}


class CallRecord(ScopedModel):
    """One call that did not become a report."""

    protection = Protection.P3
    append_only: ClassVar = True
    access = Access(
        read=(Grant(P.VIEW_OWN_REPORTS, OfPost("by_post")),),
        add=(Grant(P.TAKE_REPORT, OfPost("by_post")),),
    )

    purpose = models.CharField(max_length=16)
    note_sealed = models.BinaryField()
    by_post = models.ForeignKey(Post, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["by_post", "-called_at"], name="call_of_post")]

    def __str__(self) -> str:
        return f"{self.purpose} call {self.id}"

    @property
    def note(self) -> str:
        return vault.unseal(self.note_sealed, place=f"reports_callrecord.note:{self.id}")
