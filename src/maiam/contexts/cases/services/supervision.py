"""The commune police supervise an order: supervisors assigned, the meeting held, contacts permitted (Law Art. 27)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from django.db import transaction

from maiam.contexts.cases import papers
from maiam.contexts.cases.models import Delivery, NoContact, PermittedContact, Supervision, Supervisor
from maiam.contexts.cases.queries.documents import paper_about
from maiam.contexts.cases.queries.posts import answering_post
from maiam.contexts.cases.rules.no_contact import Addressee, to_the_minute
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.contexts.cases.services.cancellations import NotInForceError
from maiam.contexts.cases.services.documents import issue_document
from maiam.contexts.cases.services.orders import NotCompetentError
from maiam.contexts.duties import services as duties
from maiam.core.law import no_contact as law
from maiam.core.law.no_contact import ContactReason
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError


class OrderNotReceivedError(DomainError):
    code = "no_contact.not_received_by_police"
    message = "Hãy ghi nhận lúc Công an xã nhận quyết định trước khi phân công."


class NobodyAssignedError(DomainError):
    code = "no_contact.nobody_assigned"
    message = "Hãy ghi ít nhất một người giám sát."


class NotAssignedYetError(DomainError):
    code = "no_contact.not_assigned_yet"
    message = "Chưa phân công người giám sát."


class MeetingOutOfTimeError(DomainError):
    code = "no_contact.meeting_out_of_time"
    message = "Buổi gặp phải sau lúc phân công và không sau bây giờ."
    field = "met_at"


class ContactTooLongError(DomainError):
    code = "no_contact.contact_too_long"
    message = f"Mỗi lần tiếp xúc không quá {law.CONTACT_MAX.in_words}."
    field = "ends_at"


class NotCountersignedFirstError(DomainError):
    code = "no_contact.not_countersigned_first"
    message = "Người giám sát phải nhận thông báo và ký xác nhận trước khi tiếp xúc."
    field = "countersigned_at"


@dataclass(frozen=True)
class Assigned:
    """One supervisor: respected, willing, able; and what they are in the village."""

    name: str
    standing: str


@dataclass(frozen=True, kw_only=True)
class Contact:
    """A contact notified on Form 09 and countersigned by the supervisor (Decree 76 Art. 18)."""

    reason: ContactReason
    notified_at: datetime
    countersigned_at: datetime
    countersigned_by: str
    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def assign_supervisors(
    *, actor: Actor, measure_id: UUID, supervisors: Sequence[Assigned], now: datetime
) -> Supervision:
    """Assign who supervises an order, in writing; the clock of the meeting starts.

    Raises `NotInForceError`, `NotCompetentError`, `OrderNotReceivedError`, `NobodyAssignedError`.
    """
    measure = _live(actor, measure_id, now)
    if not supervisors:
        raise NobodyAssignedError
    received_at = _received_at(measure)
    supervision = Supervision(no_contact=measure, assigned_at=now, assigned_by_post_id=actor.post_id)
    supervision.save(force_insert=True)
    people = [Supervisor(supervision=supervision, name=one.name, standing=one.standing) for one in supervisors]
    Supervisor.objects.bulk_create(people)
    order = paper_about(actor, measure, DocumentKind.ORDER)
    write = partial(papers.assignment, measure, order, people, received_at)
    issue_document(actor=actor, measure=measure, kind=DocumentKind.ASSIGNMENT, write=write, now=now)
    _pass_from_assigning_to_meeting(actor, measure, now)
    audit.record(actor, "cases.no_contact.supervisors_assigned", measure, at=now)
    return supervision


@transaction.atomic
def record_supervision_meeting(
    *, actor: Actor, measure_id: UUID, met_at: datetime, plan: str, now: datetime
) -> Supervision:
    """Record the meeting that explained the order, and the plan of supervision.

    Raises `NotInForceError`, `NotAssignedYetError`, `MeetingOutOfTimeError`.
    """
    measure = _live(actor, measure_id, now)
    supervision = measure.supervisions.select_for_update(of=("self",)).order_by("-assigned_at").first()
    if supervision is None:
        raise NotAssignedYetError
    if not to_the_minute(supervision.assigned_at) <= met_at <= now:
        raise MeetingOutOfTimeError
    supervision.met_at = max(met_at, supervision.assigned_at)
    supervision.lay_out(plan)
    supervision.save(update_fields=["met_at", "plan_sealed"])
    duties.meet_obligation(
        actor=actor,
        rule=law.SUPERVISION_MEETING.code,
        subject=measure.subject,
        met_at=supervision.met_at,
        now=now,
        proof="cases.no_contact.supervision_met",
    )
    audit.record(actor, "cases.no_contact.supervision_met", measure, at=now)
    return supervision


@transaction.atomic
def record_permitted_contact(*, actor: Actor, measure_id: UUID, contact: Contact, now: datetime) -> PermittedContact:
    """Record a contact the supervisor has countersigned, and tell the chairman at once.

    Raises `NotInForceError`, `NotAssignedYetError`, `NotCountersignedFirstError`, `ContactTooLongError`.
    """
    measure = _live(actor, measure_id, now)
    if not measure.supervisions.exists():
        raise NotAssignedYetError
    _check_contact(measure, contact, now)
    permitted = PermittedContact(
        no_contact=measure,
        reason=contact.reason,
        notified_at=contact.notified_at,
        countersigned_at=contact.countersigned_at,
        countersigned_by=contact.countersigned_by,
        starts_at=contact.starts_at,
        ends_at=contact.ends_at,
        recorded_at=now,
    )
    permitted.save(force_insert=True)
    _tell_chairman(actor, measure, permitted, now)
    audit.record(actor, "cases.no_contact.contact_permitted", measure, at=now)
    return permitted


def _live(actor: Actor, measure_id: UUID, now: datetime) -> NoContact:
    actor.require(Permission.SUPERVISE_NO_CONTACT)
    measure = NoContact.objects.find(actor, measure_id)
    if measure.commune_id not in actor.commune_ids:
        raise NotCompetentError
    if not measure.is_live(now):
        raise NotInForceError
    return measure


def _received_at(measure: NoContact) -> datetime:
    received = (
        Delivery.objects.of_kind(DocumentKind.ORDER)
        .filter(no_contact=measure, addressee=Addressee.POLICE_CHIEF)
        .first()
    )
    if received is None:
        raise OrderNotReceivedError
    return received.delivered_at


def _pass_from_assigning_to_meeting(actor: Actor, measure: NoContact, now: datetime) -> None:
    duties.meet_obligation(
        actor=actor,
        rule=law.ASSIGN_SUPERVISOR.code,
        subject=measure.subject,
        met_at=now,
        now=now,
        proof="cases.no_contact.supervisors_assigned",
    )
    duties.start_obligation(
        actor=actor,
        rule=law.SUPERVISION_MEETING.code,
        subject=measure.subject,
        commune_id=measure.commune_id,
        owner_post_id=answering_post(Role.COMMUNE_POLICE, measure.commune).id,
        what="Gặp hai bên, giải thích quyết định cấm tiếp xúc, lập kế hoạch giám sát",
        started_at=now,
        now=now,
    )


def _check_contact(measure: NoContact, contact: Contact, now: datetime) -> None:
    if not contact.notified_at <= contact.countersigned_at <= min(contact.starts_at, now):
        raise NotCountersignedFirstError
    if not law.is_contact_lawful(contact.starts_at, contact.ends_at):
        raise ContactTooLongError
    if not measure.covers(contact.starts_at):
        raise NotInForceError


def _tell_chairman(actor: Actor, measure: NoContact, permitted: PermittedContact, now: datetime) -> None:
    """The supervisor owes it at once from the notice; our word to the chairman is the telling (Art. 18(3))."""
    duties.start_obligation(
        actor=actor,
        rule=law.CONTACT_TELL.code,
        subject=measure.subject,
        commune_id=measure.commune_id,
        owner_post_id=answering_post(Role.COMMUNE_POLICE, measure.commune).id,
        what="Báo Chủ tịch xã về lần tiếp xúc được phép",
        started_at=permitted.notified_at,
        now=now,
    )
    duties.notify(
        actor=actor,
        to_post_id=answering_post(Role.COMMUNE_CHAIRMAN, measure.commune).id,
        what="Có một lần tiếp xúc được phép trong thời gian cấm tiếp xúc",
        subject=measure.subject,
        now=now,
        key=f"{permitted.id}:permitted",
    )
    duties.meet_obligation(
        actor=actor,
        rule=law.CONTACT_TELL.code,
        subject=measure.subject,
        met_at=now,
        now=now,
        proof="cases.no_contact.contact_permitted",
    )
