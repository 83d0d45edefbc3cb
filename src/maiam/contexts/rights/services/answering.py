"""Answer a request: first, by doing what was asked, or by refusing with the ground."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.changes.models import ChangeRequest
from maiam.contexts.families import services as families
from maiam.contexts.rights.models import RightsRequest
from maiam.contexts.rights.rules import OPEN, Act, Ground, Right, State, Told
from maiam.contexts.rights.services.consents import withdraw_consents
from maiam.contexts.rights.services.hand import Hand
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class WordsMissingError(DomainError):
    code = "rights.words_missing"
    message = "Viết một câu, để người yêu cầu hiểu."
    field = "words"


class NoCopyYetError(DomainError):
    code = "rights.no_copy_yet"
    message = "Chưa lập bản sao nào. Hãy lập bản sao và trao cho người yêu cầu trước."


class NoChangeYetError(DomainError):
    code = "rights.no_change_yet"
    message = "Chưa ghi nội dung cần sửa, hoặc chưa trả lời xong. Hãy mở “Ghi nội dung cần sửa”."


@transaction.atomic
def answer_first(
    *, actor: Actor, request_id: UUID, words: str, now: datetime, told: Told = Told.BY_RULE
) -> RightsRequest:
    """Tell the person that the request is in hand, and how it will go.

    Raises `NotNowError`, `WordsMissingError`; `NotFoundError`.
    """
    actor.require(Permission.ANSWER_RIGHTS)
    if not words:
        raise WordsMissingError
    hand = Hand(actor, now)
    request = hand.holds(request_id)
    hand.takes(request, Act.FIRST_ANSWER, words=words, told=told)
    return request


@transaction.atomic
def finish(*, actor: Actor, request_id: UUID, words: str, now: datetime, told: Told = Told.BY_RULE) -> RightsRequest:
    """Do what was asked and say so. An erasure ends by its own way.

    Raises `NotNowError`, `NoCopyYetError`, `NoChangeYetError`; `NotFoundError`.
    """
    actor.require(Permission.ANSWER_RIGHTS)
    hand = Hand(actor, now)
    request = hand.holds(request_id)
    hand.may(request, Act.FINISH)
    _do(actor, request, now)
    hand.takes(request, Act.FINISH, words=words, told=told)
    return request


def _do(actor: Actor, request: RightsRequest, now: datetime) -> None:
    match Right(request.right):
        case Right.SEE:
            if not request.copies.exists():
                raise NoCopyYetError
        case Right.CORRECT:
            if request.change is None or request.change.is_open:
                raise NoChangeYetError
        case Right.RESTRICT:
            families.restrict_person(actor=actor, person_id=request.person_id, now=now)
        case Right.LIFT:
            families.lift_restriction(actor=actor, person_id=request.person_id, now=now)
        case Right.WITHDRAW:
            withdraw_consents(actor=actor, person_id=request.person_id, now=now)


@transaction.atomic
def refuse(
    *, actor: Actor, request_id: UUID, ground: Ground, words: str, now: datetime, told: Told = Told.BY_RULE
) -> RightsRequest:
    """Refuse, with the ground in law and a sentence of one's own.

    Raises `NotNowError`, `WordsMissingError`; `NotFoundError`.
    """
    actor.require(Permission.ANSWER_RIGHTS)
    if not words:
        raise WordsMissingError
    hand = Hand(actor, now)
    request = hand.holds(request_id)
    request.ground = ground
    hand.takes(request, Act.REFUSE, words=words, told=told)
    return request


@transaction.atomic
def take_back(*, actor: Actor, request_id: UUID, words: str, now: datetime) -> RightsRequest:
    """Write down that the person wants it no longer; it stays on the list.

    Raises `NotNowError`; `NotFoundError`.
    """
    actor.require(Permission.ANSWER_RIGHTS)
    hand = Hand(actor, now)
    request = hand.holds(request_id)
    hand.takes(request, Act.TAKE_BACK, words=words)
    return request


@transaction.atomic
def join_change(*, actor: Actor, change: ChangeRequest, now: datetime) -> None:
    """Tie a change asked of the register, by or for the person, to their open request to correct."""
    waiting = RightsRequest.objects.select_for_update(of=("self",)).visible_to(actor)
    waiting = waiting.filter(person=change.person, right=Right.CORRECT, state__in=OPEN, change__isnull=True)
    row = waiting.first() if change.person_id and actor.can(Permission.ANSWER_RIGHTS) else None
    if row:
        row.change = change
        row.save(update_fields=["change"])
        audit.record(actor, "rights.request.change_joined", row, at=now)


@transaction.atomic
def follow_change(*, actor: Actor, change: ChangeRequest, now: datetime) -> None:
    """End the request to correct once the register says so; a refusal still needs its ground, from the officer."""
    hand = Hand(actor, now)
    row = RightsRequest.objects.select_for_update(of=("self",)).visible_to(actor).filter(change=change).first()
    if row is None or State(row.state) not in {State.RECEIVED, State.IN_WORK}:
        return
    if change.accepted:
        hand.takes(row, Act.FINISH)
    else:
        row.change = None
        row.save(update_fields=["change"])
