"""One sending told from another: by the sender's own key and by what was told. The receipt code follows from both."""

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Self

from django.conf import settings

from maiam.contexts.reports.rules import receipts
from maiam.contexts.reports.rules.draft import ReportDraft
from maiam.platform import vault
from maiam.platform.access import Actor

# What a second press of the same button may change without being another report.
_OF_THE_PRESS = ("entry_key", "is_doubtful")
# When the public told us is for us to say: a report that waited for the database is the one she sent.
_OURS_TO_SAY = ("told",)


@dataclass(frozen=True)
class Sending:
    """The keyed hashes of one sending. Same key and same words: the same report, the same code."""

    key_hash: str
    body_hash: str

    @classmethod
    def of(cls, actor: Actor, draft: ReportDraft) -> Self:
        # Two senders may use the same key without meeting.
        sender = f"post {actor.post_id}" if actor.post_id else actor.kind
        told = asdict(draft)
        for name in _OF_THE_PRESS if actor.post_id else _OF_THE_PRESS + _OURS_TO_SAY:
            del told[name]
        told["pictures"] = [hashlib.sha256(picture).hexdigest() for picture in draft.pictures]
        body = json.dumps(told, sort_keys=True, default=str)
        return cls(
            key_hash=vault.index(f"{sender}|{draft.entry_key}", field="reports.filing.key"),
            body_hash=vault.index(body, field="reports.filing.body"),
        )

    @property
    def code(self) -> str:
        return receipts.code_for(settings.INDEX_KEY, f"{self.key_hash}|{self.body_hash}")
