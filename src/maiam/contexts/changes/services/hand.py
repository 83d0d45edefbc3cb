"""The hand that moves a request: each step one the rules allow, written down, audited, told to whom it concerns."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.changes.models import ChangeRequest, ChangeStep
from maiam.contexts.changes.rules import OPEN, Act, State, after
from maiam.contexts.duties import services as duties
from maiam.platform import audit
from maiam.platform.access import Actor
from maiam.platform.errors import DomainError


class AlreadyDecidedError(DomainError):
    code = "changes.already_decided"
    message = "Đề nghị này đã có người trả lời, hoặc đã được rút lại."


@dataclass(frozen=True)
class Hand:
    """Who acts on requests, and when."""

    actor: Actor
    now: datetime

    def holds(self, request_id: UUID) -> ChangeRequest:
        """The request, locked until the transaction ends: of two who act at once the second finds it moved."""
        return ChangeRequest.objects.select_for_update(of=("self",)).find(self.actor, request_id)

    def may(self, request: ChangeRequest, act: Act) -> State:
        """The state this act leads to. Raises `AlreadyDecidedError` where it no longer fits."""
        state = after(State(request.state), act)
        if state is None:
            raise AlreadyDecidedError
        return state

    def takes(self, request: ChangeRequest, act: Act, *, words: str) -> None:
        """Take a step. Raises `AlreadyDecidedError`."""
        request.state = self.may(request, act)
        request.decided_at = None if request.state in OPEN else self.now
        request.save(update_fields=["state", "decided_at", "accepted"])
        self.notes(request, act, words=words)

    def notes(self, request: ChangeRequest, act: Act, *, words: str) -> None:
        actor, now = self.actor, self.now
        step = ChangeStep(request=request, act=act, words=words, by_post_id=actor.post_id, by_name=actor.name, at=now)
        step.save(force_insert=True)
        audit.record(actor, f"changes.request.{act}", request, at=now, fields=request.accepted or request.proposed)

    def tells_asker(self, request: ChangeRequest, what: str) -> None:
        """A notice to the post that asked, unless it answered itself."""
        if request.by_post_id == self.actor.post_id:
            return
        duties.notify(
            actor=self.actor,
            to_post_id=request.by_post_id,
            what=what,
            subject=request.subject,
            now=self.now,
            key=f"change:{request.id}:{self.now.isoformat()}",
        )
