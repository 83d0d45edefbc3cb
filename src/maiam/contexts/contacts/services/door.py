"""The door itself, with the house's eyes: the newest rule, whoever laid it down; and a task where it says no."""

from dataclasses import dataclass
from datetime import datetime

from maiam.contexts.contacts.models import Attempt, ContactRule, Message
from maiam.contexts.contacts.queries.rules import standing
from maiam.contexts.contacts.rules.messages import Result, State
from maiam.contexts.contacts.rules.safe_rule import Recipient, SafeRule, Way
from maiam.contexts.contacts.rules.verdicts import REFUSAL_LABELS, Refusal, Verdict, judge
from maiam.contexts.contacts.rules.words import PURPOSE_LABELS, Purpose, compose
from maiam.contexts.duties import services as duties
from maiam.core.text import write_datetime
from maiam.platform import audit
from maiam.platform.access import Actor

HOUSE = Actor.system("contacts")
BY_PERSON = "CONTACT_BY_PERSON"
LOOK_AFTER = "CONTACT_WENT_WRONG"


@dataclass(frozen=True)
class Asked:
    """What the door answered: under which version, with which words."""

    verdict: Verdict
    row: ContactRule | None
    rule: SafeRule
    text: str
    accused_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Door:
    """The door as one actor stands before it at one moment; it looks with the house's eyes, in the house's context."""

    actor: Actor
    now: datetime

    def ask(
        self, recipient: Recipient, way: Way, purpose: Purpose, *, code: str = "", at: datetime | None = None
    ) -> Asked:
        """Hold a message against the newest rule, under the lock by which rules change: the answer holds until the
        transaction ends. `at` is the moment asked about, where it is not now."""
        ContactRule.objects.hold(recipient)
        row, known = standing(HOUSE, recipient)
        text = compose(purpose, cover_words=known.rule.cover_words if known.rule else "", code=code)
        verdict = judge(way, known, at=at or self.now, text=text)
        return Asked(verdict, row, known.rule or SafeRule(), text, known.accused_names)

    def hand_over(self, message: Message, refusal: Refusal | None, asked: Asked) -> None:
        """Put a message in a colleague's hands, on the list of what they have to do today, with the reason."""
        message.state, message.refusal, message.next_try_at = State.BY_PERSON, refusal or "", None
        # Whoever reads a receipt's code can speak as the reporter: a colleague never does.
        message.code_sealed = None
        message.save(update_fields=["state", "refusal", "next_try_at", "code_sealed"])
        if refusal:
            self.note(message, Result.REFUSED, asked, refusal=refusal)
            audit.record(self.actor, "contacts.message.refused", message, at=self.now, reason=refusal)
        self.give_task(message, _why(refusal, asked.verdict))

    def note(
        self, message: Message, result: Result, asked: Asked, *, refusal: Refusal | None = None, reference: str = ""
    ) -> None:
        """Keep one attempt, with the version of the rule it was held against."""
        Attempt(
            message=message,
            at=self.now,
            recorded_at=self.now,
            way=message.way,
            result=result,
            refusal=refusal or "",
            rule=asked.row,
            reference=reference[:80],
            by_name=self.actor.name,
        ).save(force_insert=True)

    def give_task(self, message: Message, why: str) -> None:
        """The task carries the commune alone: a village head does not learn that somebody of his village is told."""
        owner_id = message.owner_post_id or message.by_post_id
        if owner_id is None:
            return
        what = f"Báo cho một người ({PURPOSE_LABELS[Purpose(message.purpose)].lower()}). {why}"
        duties.start_obligation(
            actor=HOUSE,
            rule=BY_PERSON,
            subject=message.subject,
            commune_id=message.place_id,
            owner_post_id=owner_id,
            what=what[:200],
            started_at=self.now,
            now=self.now,
        )


def _why(refusal: Refusal | None, verdict: Verdict) -> str:
    if refusal is Refusal.OUT_OF_HOURS and verdict.opens_at:
        return f"{REFUSAL_LABELS[refusal]}; được từ {write_datetime(verdict.opens_at)}."
    return f"{REFUSAL_LABELS[refusal]}." if refusal else "Người ấy chọn để cán bộ tự báo."
