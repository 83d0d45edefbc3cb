"""Take down what a person asks, in front of them, having seen who they are."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases import queries as cases
from maiam.contexts.duties import services as duties
from maiam.contexts.families import queries as families
from maiam.contexts.families.models import Person
from maiam.contexts.rights import rules
from maiam.contexts.rights.models import RightsRequest
from maiam.contexts.rights.rules import Act, Asker, Right, Shown
from maiam.contexts.rights.services.hand import Hand
from maiam.core.text import fold
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.errors import DomainError

_HOUSE = Actor.system("rights of persons")


class AlreadyAskedError(DomainError):
    code = "rights.already_asked"
    message = "Người này đã có yêu cầu như vậy đang làm. Hãy mở yêu cầu đó."
    field = "right"


class NotForThisPersonError(DomainError):
    """Said alike whatever the reason, so that nobody learns from it what a case says."""

    code = "rights.not_for_this_person"
    message = "Người đại diện này không yêu cầu thay được. Hãy nhận yêu cầu của chính người đó, hoặc hỏi tư pháp xã."
    field = "representative"


class GoneError(DomainError):
    code = "rights.gone"
    message = "Thông tin của người này đã được xóa."


class RepresentativeMissingError(DomainError):
    code = "rights.representative_missing"
    message = "Ghi tên người đại diện, đúng như giấy tờ đã xem."
    field = "representative_name"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a person, or who stands for them by law, asked, and how the officer knew who they are."""

    person_id: UUID
    right: Right
    shown: Shown
    asker: Asker = Asker.PERSON
    representative_id: UUID | None = None
    representative_name: str = ""
    words: str = ""
    asked_at: datetime | None = None


@transaction.atomic
def ask(*, actor: Actor, asked: Asked, now: datetime) -> RightsRequest:
    """Take a request down and start the law's clocks at the moment it was made.

    Raises `AlreadyAskedError`, `NotForThisPersonError`, `GoneError`, `RepresentativeMissingError`; `NotFoundError`.
    """
    actor.require(Permission.ANSWER_RIGHTS)
    account_id, post_id = accounts.own_seat(actor)
    person = Person.objects.find(actor, families.current_person_id(actor, asked.person_id))
    if person.erased_at:
        raise GoneError
    if asked.asker is Asker.REPRESENTATIVE:
        _check_representative(actor, asked, person)
    if RightsRequest.objects.filter(person=person, right=asked.right, state__in=rules.OPEN).exists():
        raise AlreadyAskedError
    request = RightsRequest(
        commune_id=person.commune_id,
        village_id=person.village_id,
        person=person,
        right=asked.right,
        asker=asked.asker,
        representative_id=asked.representative_id,
        shown=asked.shown,
        by_post_id=post_id,
        by_account_id=account_id,
        by_name=actor.name,
        asked_at=asked.asked_at or now,
        recorded_at=now,
    )
    request.seal(words=asked.words, representative_name=asked.representative_name)
    request.save(force_insert=True)
    Hand(actor, now).notes(request, Act.ASK)
    for rule, what in _clocks(request):
        duties.start_obligation(
            actor=actor,
            rule=rule,
            subject=request.subject,
            commune_id=request.commune_id,
            owner_post_id=post_id,
            what=what,
            started_at=request.asked_at,
            now=now,
        )
    return request


def _check_representative(actor: Actor, asked: Asked, person: Person) -> None:
    """Whoever an incident names as having harmed the person never stands for them, wherever that incident lies."""
    if not asked.representative_name:
        raise RepresentativeMissingError
    representative = Person.objects.find(actor, asked.representative_id) if asked.representative_id else None
    with acting(_HOUSE):
        harmed_by = cases.who_harmed(_HOUSE, families.all_ids_of(_HOUSE, person.id))
        ids = families.all_ids_of(_HOUSE, representative.id) if representative else []
    names = {fold(name) for name in harmed_by.values()}
    if person.id in ids or harmed_by.keys() & set(ids) or fold(asked.representative_name) in names:
        raise NotForThisPersonError


def _clocks(request: RightsRequest) -> list[tuple[str, str]]:
    what = f"Yêu cầu về thông tin của mình: {request.right_label.lower()}"
    return [(rules.FIRST_ANSWER, f"Trả lời lần đầu. {what}"), (rules.limit_of(Right(request.right)).code, what)]
