"""The hand that holds a duty: locked while it is written, closed once, with an entry of the trail."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.duties.models import Obligation
from maiam.contexts.duties.rules import State, Subject
from maiam.platform import audit
from maiam.platform.access import Actor
from maiam.platform.errors import DomainError


class AlreadyClosedError(DomainError):
    code = "duties.already_closed"
    message = "Việc này đã xong hoặc đã chuyển cho người khác."


@dataclass(frozen=True)
class Hand:
    """Who acts on duties, and when."""

    actor: Actor
    now: datetime

    def holds(self, obligation_id: UUID) -> Obligation:
        """The duty, locked until the transaction ends. Raises `AlreadyClosedError`; `NotFoundError`."""
        obligation = Obligation.objects.select_for_update(of=("self",)).find(self.actor, obligation_id)
        if obligation.state != State.RUNNING:
            raise AlreadyClosedError
        return obligation

    def running(self, rule: str, subject: Subject) -> list[Obligation]:
        """The running duties of this rule and subject, locked."""
        wanted = Obligation.objects.visible_to(self.actor).filter(
            rule=rule, subject_kind=subject.kind, subject_id=subject.id, state=State.RUNNING
        )
        return list(wanted.select_for_update(of=("self",)).order_by("id"))

    def closes(self, obligation: Obligation, state: State, *, at: datetime, proof: str, reason: str = "") -> None:
        obligation.state, obligation.closed_at, obligation.proof, obligation.next_step_at = state, at, proof, None
        obligation.save(update_fields=["state", "closed_at", "proof", "next_step_at"])
        audit.record(self.actor, f"duties.obligation.{state}", obligation, at=self.now, reason=reason)
