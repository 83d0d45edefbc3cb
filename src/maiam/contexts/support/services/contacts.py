"""Record that somebody tried to reach a protected person. Only one who could speak alone was reached."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.cases.queries.addressed import addressed_of
from maiam.contexts.contacts import services as contacts
from maiam.contexts.contacts.rules.safe_rule import Way
from maiam.contexts.duties import queries as clocks
from maiam.contexts.duties import services as duties
from maiam.contexts.support.models import Contact
from maiam.contexts.support.rules.contacts import How, Reached, Safe, SpokenFor, counts
from maiam.core.law.follow_ups import FOLLOW_UPS, met_by
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError

# As the rule of safe contact knows ways; who comes to the office herself is reached by none.
_WAYS = {How.VISIT: Way.VISIT, How.PHONE: Way.CALL}


class TriedInFutureError(DomainError):
    code = "support.tried_in_future"
    message = "Giờ này chưa tới."
    field = "tried_at"


class SpokeWithPerpetratorError(DomainError):
    code = "support.spoke_with_perpetrator"
    message = "Nói chuyện với người gây ra bạo lực thì không phải đã gặp riêng người được bảo vệ."
    field = "spoke_with"


@dataclass(frozen=True, kw_only=True)
class ContactMade:
    """One attempt, as whoever made it tells it."""

    tried_at: datetime
    how: How
    reached: Reached
    is_safe: Safe
    words: str = ""
    spoke_with: SpokenFor = field(default_factory=SpokenFor)


@transaction.atomic
def record_contact(*, actor: Actor, case_id: UUID, contact: ContactMade, now: datetime) -> Contact:
    """Keep the attempt; in private it meets the follow-ups whose time has come.

    Raises `TriedInFutureError`, `SpokeWithPerpetratorError`; `NotFoundError`.
    """
    actor.require(Permission.PLAN_SUPPORT)
    _, post_id = accounts.own_seat(actor)
    case = Case.objects.find(actor, case_id)
    if contact.tried_at > now:
        raise TriedInFutureError
    who = contact.spoke_with
    if counts(contact.reached) and cases.is_perpetrator_named(actor, case, who.name, person_id=who.person_id):
        raise SpokeWithPerpetratorError
    row = Contact(
        case=case,
        commune_id=case.commune_id,
        tried_at=contact.tried_at,
        recorded_at=now,
        how=contact.how,
        reached=contact.reached,
        is_safe=contact.is_safe,
        spoke_with=who.name,
        by_post_id=post_id,
        by_name=actor.name,
    )
    row.tell(contact.words)
    row.save(force_insert=True)
    if contact.how in _WAYS:
        contacts.note_reached(actor=actor, to=addressed_of(case), way=_WAYS[contact.how], at=contact.tried_at, now=now)
    if counts(contact.reached):
        _meet(actor, case, row, now)
    audit.record(actor, "support.contact.recorded", row, at=now)
    return row


def _meet(actor: Actor, case: Case, row: Contact, now: datetime) -> None:
    owed = clocks.obligations_of(actor, case.subject)
    running = {
        clock.limit.code: clock.started_at for clock in owed if clock.is_running and clock.limit.code in FOLLOW_UPS
    }
    for rule in met_by(row.tried_at, running):
        duties.meet_obligation(
            actor=actor,
            rule=rule,
            subject=case.subject,
            met_at=row.tried_at,
            now=now,
            proof=f"support.contact {row.id}",
        )
    contacts.close_look_after(actor=actor, record=case.subject, at=row.tried_at, now=now)
