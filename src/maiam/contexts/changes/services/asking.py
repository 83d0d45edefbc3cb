"""Ask, add what was asked back, withdraw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.changes import rules
from maiam.contexts.changes.events import change_asked
from maiam.contexts.changes.models import ChangeRequest
from maiam.contexts.changes.queries.current import current_values
from maiam.contexts.changes.rules import Act, Asker, Kind, Shown, State, Value, Values
from maiam.contexts.changes.services.hand import Hand
from maiam.contexts.duties import services as duties
from maiam.contexts.families import queries as families
from maiam.contexts.families.models import Household, Person
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError, ForbiddenError, NotFoundError

ANSWERS = (Role.CULTURE_OFFICER, Role.COMMUNE_CHAIRMAN)


class NothingNewError(DomainError):
    code = "changes.nothing_new"
    message = "Sổ đã ghi đúng như vậy. Hãy sửa ít nhất một thông tin."


class ReadTooEarlyError(DomainError):
    code = "changes.register_moved"
    message = "Sổ đã được sửa sau khi hệ thống của bạn đọc. Hãy đọc lại rồi gửi."
    field = "version"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What somebody wants the register to say, and how we know that they may ask.

    Values are as `rules.Value` keeps them; an identity number stands in `number`, its keyed hash among the values.
    """

    kind: Kind
    values: Mapping[str, Value]
    person_id: UUID | None = None
    household_id: UUID | None = None
    number: str = ""
    why: str = ""
    asker: Asker = Asker.VILLAGE_HEAD
    asker_name: str = ""
    shown: Shown = Shown.KNOWN
    asked_at: datetime | None = None
    rule: str = ""
    # The mark under which the asker read the person; whoever gives none has them on the screen.
    version: str = ""


@transaction.atomic
def ask_change(*, actor: Actor, asked: Asked, now: datetime) -> ChangeRequest:
    """Write a request down and start the officer's clock; sent twice while it waits, it stays one.

    Raises `NothingNewError`, `ReadTooEarlyError`; `NotFoundError`.
    """
    actor.require(Permission.REQUEST_CHANGE)
    if actor.post_id is None:
        raise ForbiddenError(Permission.REQUEST_CHANGE)
    about = _about(actor, asked)
    if asked.version and asked.person_id and families.version_now(actor, asked.person_id) != asked.version:
        raise ReadTooEarlyError
    known = current_values(actor, asked.person_id)
    proposed = rules.differing(asked.values, known)
    if not proposed:
        raise NothingNewError
    twin = _twin(actor, asked, proposed)
    if twin:
        return twin
    request = ChangeRequest(
        commune_id=about.commune_id,
        village_id=about.village_id,
        kind=asked.kind,
        person_id=asked.person_id,
        household_id=asked.household_id,
        proposed=proposed,
        base={name: known.get(name, "") for name in proposed},
        why=asked.why,
        asker=asked.asker,
        asker_name=asked.asker_name,
        shown=asked.shown,
        by_post_id=actor.post_id,
        by_name=actor.name,
        asked_at=asked.asked_at or now,
        recorded_at=now,
        rule=asked.rule or rules.limit_for(asked.asker),
    )
    request.seal_number(asked.number if "identity_number" in proposed else "")
    request.save(force_insert=True)
    Hand(actor, now).notes(request, Act.ASK, words=asked.why)
    _start_clock(actor, request, now)
    change_asked.send(sender=ChangeRequest, request=request, actor=actor, now=now)
    return request


@transaction.atomic
def answer_question(*, actor: Actor, request_id: UUID, words: str, now: datetime) -> ChangeRequest:
    """Add what the officer asked back for.

    Raises `AlreadyDecidedError`; `NotFoundError`.
    """
    actor.require(Permission.REQUEST_CHANGE)
    hand = Hand(actor, now)
    request = hand.holds(request_id)
    hand.takes(request, Act.ANSWER, words=words)
    return request


@transaction.atomic
def withdraw_change(*, actor: Actor, request_id: UUID, words: str, now: datetime) -> ChangeRequest:
    """Take one's own request back; it stays on the list.

    Raises `AlreadyDecidedError`; `NotFoundError` for somebody else's.
    """
    actor.require(Permission.REQUEST_CHANGE)
    hand = Hand(actor, now)
    request = hand.holds(request_id)
    if request.by_post_id != actor.post_id:
        raise NotFoundError
    hand.takes(request, Act.WITHDRAW, words=words)
    duties.lapse_obligation(
        actor=actor, rule=request.rule, subject=request.subject, at=now, now=now, proof="changes.request.withdrawn"
    )
    return request


def _about(actor: Actor, asked: Asked) -> Person | Household:
    """Who or what the request is about, within reach; with a household, it too must be."""
    household = Household.objects.find(actor, asked.household_id) if asked.household_id else None
    if asked.person_id:
        return Person.objects.find(actor, asked.person_id)
    if household is None:
        raise NotFoundError
    return household


def _twin(actor: Actor, asked: Asked, proposed: Values) -> ChangeRequest | None:
    """The same request by the same post, still open: a button pressed twice, or a phone that sent again."""
    mine = ChangeRequest.objects.visible_to(actor).filter(by_post_id=actor.post_id, state__in=sorted(rules.OPEN))
    about = {"person": asked.person_id, "household": asked.household_id}
    alike = mine.filter(kind=asked.kind, proposed=proposed, **about)
    return alike.filter(state=State.WAITING).first()


def _start_clock(actor: Actor, request: ChangeRequest, now: datetime) -> None:
    owner = accounts.filled_post(ANSWERS, commune_id=request.commune_id, now=now)
    if owner is None:
        return
    duties.start_obligation(
        actor=actor,
        rule=request.rule,
        subject=request.subject,
        commune_id=request.commune_id,
        village_id=request.village_id,
        owner_post_id=owner.id,
        what=f"Đề nghị sửa sổ hộ gia đình: {request.kind_label.lower()}",
        started_at=request.asked_at,
        now=now,
    )
