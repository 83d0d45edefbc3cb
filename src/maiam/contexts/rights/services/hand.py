"""The hand that moves a request: each step one the rules allow, written down, audited, its clocks stopped."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.duties import services as duties
from maiam.contexts.rights import rules
from maiam.contexts.rights.models import RightsRequest, RightsStep
from maiam.contexts.rights.rules import HEARD, OPEN, Act, Right, State, Told
from maiam.contexts.rights.services.telling import tell_asker
from maiam.platform import audit
from maiam.platform.access import Actor
from maiam.platform.errors import DomainError


class NotNowError(DomainError):
    code = "rights.not_now"
    message = "Yêu cầu này đã sang bước khác. Hãy xem lại trang."


@dataclass(frozen=True)
class Hand:
    """Who acts on requests, and when."""

    actor: Actor
    now: datetime

    def holds(self, request_id: UUID) -> RightsRequest:
        """The request, locked until the transaction ends: of two who act at once the second finds it moved."""
        return RightsRequest.objects.select_for_update(of=("self",)).find(self.actor, request_id)

    def may(self, request: RightsRequest, act: Act) -> State:
        """The state this act leads to. Raises `NotNowError` where it does not fit."""
        state = rules.after(Right(request.right), State(request.state), act)
        if state is None:
            raise NotNowError
        return state

    def takes(self, request: RightsRequest, act: Act, *, words: str = "", told: Told = Told.BY_RULE) -> None:
        """Take a step; whoever asked hears of an answer. Raises `NotNowError`."""
        request.state = self.may(request, act)
        request.ended_at = None if request.state in OPEN else self.now
        request.save(update_fields=["state", "ended_at", "ground", "proposed_by_account_id", "change"])
        self.notes(request, act, words=words, told=told if act in HEARD else "")
        self._stops_clocks(request, act)
        if act in HEARD and told is Told.BY_RULE:
            tell_asker(actor=self.actor, request=request, act=act, now=self.now)

    def notes(self, request: RightsRequest, act: Act, *, words: str = "", told: str = "") -> None:
        actor, now = self.actor, self.now
        step = RightsStep(request=request, act=act, told=told, by_post_id=actor.post_id, by_name=actor.name, at=now)
        step.seal(words)
        step.save(force_insert=True)
        audit.record(actor, f"rights.request.{act}", request, at=now)

    def tells(self, request: RightsRequest, post_id: int | None, what: str) -> None:
        """A notice to a post, unless it is the actor's own."""
        if post_id is None or post_id == self.actor.post_id:
            return
        key = f"right:{request.id}:{self.now.isoformat()}"
        duties.notify(actor=self.actor, to_post_id=post_id, what=what, subject=request.subject, now=self.now, key=key)

    def _stops_clocks(self, request: RightsRequest, act: Act) -> None:
        """Whatever is told to the person is a first answer; what is taken back needs none."""
        if act is Act.TAKE_BACK:
            for rule in (rules.FIRST_ANSWER, rules.limit_of(Right(request.right)).code):
                duties.lapse_obligation(
                    actor=self.actor,
                    rule=rule,
                    subject=request.subject,
                    at=self.now,
                    now=self.now,
                    proof=f"rights.request.{act}",
                )
        elif act in {Act.FIRST_ANSWER, Act.FINISH, Act.REFUSE}:
            self._meets(request, rules.FIRST_ANSWER, act)
            if act is not Act.FIRST_ANSWER:
                self._meets(request, rules.limit_of(Right(request.right)).code, act)

    def _meets(self, request: RightsRequest, rule: str, act: Act) -> None:
        duties.meet_obligation(
            actor=self.actor,
            rule=rule,
            subject=request.subject,
            met_at=self.now,
            now=self.now,
            proof=f"rights.request.{act}",
        )
