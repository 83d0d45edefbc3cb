"""An order was not kept: recorded, told to those who must act. The order itself goes on."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.cases.models import Breach, NoContact
from maiam.contexts.cases.queries.posts import answering_post
from maiam.contexts.cases.rules.no_contact import BreachKind
from maiam.contexts.cases.services.aftermath import ask_for_assessment
from maiam.contexts.duties import services as duties
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError

_TOLD = (Role.COMMUNE_CHAIRMAN, Role.COMMUNE_POLICE, Role.CULTURE_OFFICER)


class NotDuringTheOrderError(DomainError):
    code = "no_contact.breach_out_of_term"
    message = "Lúc này quyết định không có hiệu lực, hoặc lúc này chưa tới. Hãy xem lại giờ."
    field = "occurred_at"


@dataclass(frozen=True, kw_only=True)
class BreachFacts:
    """What was done against the order, when, as it was told."""

    kind: BreachKind
    occurred_at: datetime
    told: str


@transaction.atomic
def record_breach(*, actor: Actor, measure_id: UUID, breach: BreachFacts, now: datetime) -> Breach:
    """Record a breach, also of an order that has ended since, and tell the chairman, the police and the officer.

    Raises `NotDuringTheOrderError`.
    """
    actor.require(Permission.RECORD_BREACH)
    measure = NoContact.objects.find(actor, measure_id)
    if breach.occurred_at > now or not measure.covers(breach.occurred_at):
        raise NotDuringTheOrderError
    recorded = Breach(
        no_contact=measure,
        kind=breach.kind,
        occurred_at=breach.occurred_at,
        recorded_at=now,
        recorded_by_post_id=actor.post_id,
    )
    recorded.tell(breach.told)
    recorded.save(force_insert=True)
    ask_for_assessment(
        actor=actor,
        case_id=measure.case_id,
        commune=measure.commune,
        what="Có vi phạm lệnh cấm tiếp xúc: đánh giá lại nguy cơ",
        now=now,
    )
    _tell(actor, measure, recorded, now)
    audit.record(actor, "cases.no_contact.breached", measure, at=now)
    return recorded


def _tell(actor: Actor, measure: NoContact, breach: Breach, now: datetime) -> None:
    for post_id in {answering_post(role, measure.commune).id for role in _TOLD} - {actor.post_id}:
        duties.notify(
            actor=actor,
            to_post_id=post_id,
            what="Có vi phạm quyết định cấm tiếp xúc",
            subject=measure.subject,
            now=now,
            key=f"{breach.id}:breached",
        )
