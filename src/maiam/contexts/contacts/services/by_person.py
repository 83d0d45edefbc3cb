"""What colleagues did themselves: told somebody, did not reach them, need not any more; or went against the rule."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.contacts import queries
from maiam.contexts.contacts.events import Addressed
from maiam.contexts.contacts.models import Attempt, Message
from maiam.contexts.contacts.rules.messages import OPEN, Result, State
from maiam.contexts.contacts.rules.safe_rule import Way
from maiam.contexts.contacts.rules.verdicts import Refusal, Verdict, is_near
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.contacts.services.door import BY_PERSON, HOUSE, LOOK_AFTER, Door
from maiam.contexts.duties import queries as clocks
from maiam.contexts.duties import services as duties
from maiam.contexts.duties.rules import Subject
from maiam.platform import audit
from maiam.platform.access import Actor, acting
from maiam.platform.errors import DomainError

# Not having asked yet is no breach of a rule; neither is a rule grown old.
_NO_BREACH = {Refusal.NO_RULE, Refusal.OUT_OF_DATE, Refusal.NO_ADDRESS, Refusal.NO_NUMBER}


class AlreadyEndedError(DomainError):
    code = "contacts.message_ended"
    message = "Việc báo này đã xong. Hãy tải lại trang."


class ToldInFutureError(DomainError):
    code = "contacts.told_in_future"
    message = "Giờ này chưa tới."
    field = "at"


class WordsNeededError(DomainError):
    code = "contacts.words_needed"
    message = "Hãy ghi một câu: vì sao chưa báo được, hoặc vì sao thôi."
    field = "words"


@dataclass(frozen=True, kw_only=True)
class ToldByPerson:
    """How a colleague told the person, or did not reach them."""

    at: datetime
    way: Way
    is_told: bool
    words: str = ""


@transaction.atomic
def record_told(*, actor: Actor, message_id: UUID, told: ToldByPerson, now: datetime) -> Message:
    """Keep what a colleague did; told, the task is done. What went against the rule starts a look at her safety.

    Raises `AlreadyEndedError`, `ToldInFutureError`, `WordsNeededError`; `NotFoundError`.
    """
    queries.require_to_tell(actor)
    message = _open(actor, message_id)
    if told.at > now:
        raise ToldInFutureError
    if not told.is_told and not told.words.strip():
        raise WordsNeededError
    with acting(HOUSE):
        asked = Door(actor, now).ask(message.recipient, told.way, Purpose(message.purpose), at=told.at)
    attempt = Attempt(
        message=message,
        at=told.at,
        recorded_at=now,
        way=told.way,
        result=Result.TOLD if told.is_told else Result.NOT_REACHED,
        refusal=_breach(asked.verdict),
        rule_id=asked.row.id if asked.row else None,
        by_name=actor.name,
    )
    attempt.tell(told.words)
    attempt.save(force_insert=True)
    if told.is_told:
        _end(message, State.TOLD, told.at)
        duties.meet_obligation(
            actor=actor, rule=BY_PERSON, subject=message.subject, met_at=told.at, now=now, proof="contacts.told"
        )
    audit.record(actor, f"contacts.message.{attempt.result}", message, at=now)
    if attempt.refusal:
        _look_after(actor, message.record, commune_id=message.place_id, owner_id=message.owner_post_id, now=now)
    return message


@transaction.atomic
def drop_message(*, actor: Actor, message_id: UUID, words: str, now: datetime) -> Message:
    """Say why a person need not be told any more.

    Raises `AlreadyEndedError`, `WordsNeededError`; `NotFoundError`.
    """
    queries.require_to_tell(actor)
    message = _open(actor, message_id)
    if not words.strip():
        raise WordsNeededError
    _end(message, State.DROPPED, now)
    duties.lapse_obligation(
        actor=actor, rule=BY_PERSON, subject=message.subject, at=now, now=now, proof="contacts.dropped"
    )
    audit.record(actor, "contacts.message.dropped", message, at=now, reason=words[:200])
    return message


@transaction.atomic
def note_reached(
    *, actor: Actor, to: Addressed, way: Way, at: datetime, now: datetime, through: str = ""
) -> Refusal | None:
    """Hold what was already done elsewhere against the rule; where it went against it, her safety is looked at.

    The fact stays recorded as it was: a rule that was broken is better known than hidden.
    """
    with acting(HOUSE):
        asked = Door(actor, now).ask(to.recipient, way, Purpose.FOLLOW_UP, at=at)
        is_near_harm = is_near(through, asked.accused_names)
    breach = Refusal.THROUGH_AGGRESSOR if is_near_harm else _breach(asked.verdict)
    if not breach:
        return None
    _look_after(actor, to.record, commune_id=to.commune_id, owner_id=to.owner_post_id or actor.post_id, now=now)
    return Refusal(breach)


@transaction.atomic
def close_look_after(*, actor: Actor, record: Subject, at: datetime, now: datetime) -> None:
    """Somebody saw the person in private after the rule was broken: the look at their safety is done."""
    with acting(HOUSE):
        owed = clocks.obligations_of(HOUSE, record)
    if any(clock.is_running and clock.limit.code == LOOK_AFTER and clock.started_at <= at for clock in owed):
        duties.meet_obligation(
            actor=actor, rule=LOOK_AFTER, subject=record, met_at=at, now=now, proof="contacts.person_seen"
        )


def _open(actor: Actor, message_id: UUID) -> Message:
    message = Message.objects.select_for_update(of=("self",)).find(actor, message_id)
    if message.state not in OPEN:
        raise AlreadyEndedError
    return message


def _end(message: Message, state: State, at: datetime) -> None:
    message.state, message.ended_at, message.next_try_at = state, at, None
    message.save(update_fields=["state", "ended_at", "next_try_at"])


def _breach(verdict: Verdict) -> str:
    return verdict.refusal if verdict.refusal and verdict.refusal not in _NO_BREACH else ""


def _look_after(actor: Actor, subject: Subject, *, commune_id: int | None, owner_id: int | None, now: datetime) -> None:
    audit.record(actor, "contacts.rule.broken", (subject.kind, str(subject.id)), at=now)
    with acting(HOUSE):
        owed = clocks.obligations_of(HOUSE, subject)
    is_owed = any(clock.is_running and clock.limit.code == LOOK_AFTER for clock in owed)
    if is_owed or owner_id is None or commune_id is None:
        return
    duties.start_obligation(
        actor=actor,
        rule=LOOK_AFTER,
        subject=subject,
        commune_id=commune_id,
        owner_post_id=owner_id,
        what="Đã liên lạc trái lời dặn: kiểm tra ngay người ấy có an toàn không",
        started_at=now,
        now=now,
    )
