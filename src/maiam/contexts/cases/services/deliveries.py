"""A decision reaches its addressees, one by one; when it reaches the police chief, the clock of supervision starts."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.cases.models import Delivery, NoContact, OfficialDocument, PaperFromAbove
from maiam.contexts.cases.queries.documents import paper_about
from maiam.contexts.cases.queries.posts import answering_post
from maiam.contexts.cases.rules.no_contact import Addressee, DeliveryMethod, to_the_minute
from maiam.contexts.cases.rules.papers import DocumentKind, addressees
from maiam.contexts.cases.services.reaching import note_handed_over
from maiam.contexts.duties import services as duties
from maiam.core.law import no_contact as law
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError


class AlreadyDeliveredError(DomainError):
    code = "no_contact.already_delivered"
    message = "Nơi này đã được ghi nhận là đã nhận văn bản."
    field = "addressee"


class NotAnAddresseeError(DomainError):
    code = "no_contact.not_an_addressee"
    message = "Văn bản này không gửi cho nơi đó."
    field = "addressee"


class DeliveredOutOfTimeError(DomainError):
    code = "no_contact.delivered_out_of_time"
    message = "Lúc giao phải sau khi ký và không sau bây giờ."
    field = "delivered_at"


@dataclass(frozen=True, kw_only=True)
class Handover:
    """How a document reached one addressee. `kind`: the order itself, or its cancellation."""

    addressee: Addressee
    method: DeliveryMethod
    delivered_at: datetime
    received_by: str = ""
    kind: DocumentKind = DocumentKind.ORDER


@transaction.atomic
def record_delivery(*, actor: Actor, measure_id: UUID, handover: Handover, now: datetime) -> Delivery:
    """Record that a decision reached one of its addressees.

    Raises `NotAnAddresseeError`, `AlreadyDeliveredError`, `DeliveredOutOfTimeError`; `NotFoundError` when there is
    no such document within reach.
    """
    actor.require(Permission.SERVE_NO_CONTACT)
    measure = NoContact.objects.find(actor, measure_id)
    paper = paper_about(actor, measure, handover.kind)
    _check(paper, handover, now)
    delivery = Delivery(
        **_of(paper),
        no_contact=measure,
        addressee=handover.addressee,
        method=handover.method,
        delivered_at=handover.delivered_at,
        received_by=handover.received_by,
        recorded_at=now,
        recorded_by_post_id=actor.post_id,
    )
    delivery.save(force_insert=True)
    audit.record(actor, "cases.document.delivered", delivery, at=now, fields=[handover.addressee])
    if handover.addressee is Addressee.VICTIM:
        note_handed_over(
            actor=actor,
            case_id=measure.case_id,
            method=handover.method,
            received_by=handover.received_by,
            at=handover.delivered_at,
            now=now,
        )
    if handover.addressee is Addressee.POLICE_CHIEF and handover.kind is DocumentKind.ORDER and measure.is_live(now):
        _start_supervision_clock(actor, measure, handover.delivered_at, now)
    return delivery


def _of(paper: OfficialDocument | PaperFromAbove) -> dict[str, OfficialDocument | PaperFromAbove]:
    return {"document" if isinstance(paper, OfficialDocument) else "paper_from_above": paper}


def _check(paper: OfficialDocument | PaperFromAbove, handover: Handover, now: datetime) -> None:
    if handover.addressee not in addressees(DocumentKind(paper.kind)):
        raise NotAnAddresseeError
    signed_at = to_the_minute(paper.issued_at)
    if not signed_at <= handover.delivered_at <= now:
        raise DeliveredOutOfTimeError
    if Delivery.objects.filter(**_of(paper), addressee=handover.addressee).exists():
        raise AlreadyDeliveredError


def _start_supervision_clock(actor: Actor, measure: NoContact, received_at: datetime, now: datetime) -> None:
    police = answering_post(Role.COMMUNE_POLICE, measure.commune)
    duties.start_obligation(
        actor=actor,
        rule=law.ASSIGN_SUPERVISOR.code,
        subject=measure.subject,
        commune_id=measure.commune_id,
        owner_post_id=police.id,
        what="Phân công người giám sát quyết định cấm tiếp xúc",
        started_at=received_at,
        now=now,
    )
