"""What a competent authority above decided, because nobody free of conflict in the commune could, binds like any order.

Nothing is signed here and no number of the commune is taken: the paper is the authority's. It is served, supervised,
broken, ended and counted as the commune's own. The post that writes it down cannot open the matter; the house writes.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases.models import Cancellation, NoContact, PaperFromAbove
from maiam.contexts.cases.queries.documents import documents_ended_by
from maiam.contexts.cases.rules import no_contact as rules
from maiam.contexts.cases.rules.no_contact import Answer, CancellationOutcome, RequestOutcome, State
from maiam.contexts.cases.rules.papers import DocumentKind
from maiam.contexts.cases.services.orders import TermNotLawfulError, make_way, set_going, stop_measure
from maiam.contexts.cases.services.register import revoke_papers
from maiam.contexts.duties.rules import DecidedAbove
from maiam.core.law import no_contact as law
from maiam.platform import audit
from maiam.platform.access import Actor, acting
from maiam.platform.errors import DomainError

_HOUSE = Actor.system("decided above")


class OtherOrderError(DomainError):
    code = "no_contact.other_order_then"
    message = "Trong thời gian này đã có quyết định cấm tiếp xúc khác. Hãy xem lại lúc ký và thời hạn, hoặc hỏi xã."
    field = "signed_at"


class NothingWaitsError(DomainError):
    code = "no_contact.nothing_waits"
    message = "Ở xã, việc này đã kết thúc trước lúc ký. Hãy xem lại lúc ký, hoặc hỏi xã."
    field = "signed_at"


@transaction.atomic
def decide_as_above(*, actor: Actor, measure_id: UUID, decided: DecidedAbove, now: datetime) -> None:
    """Put the order made above in force from its signing, or keep the answer that none is made.

    Raises `NothingWaitsError`, `TermNotLawfulError`, `OtherOrderError`.
    """
    account_id, post_id = accounts.own_seat(actor)
    with acting(_HOUSE):
        measure = NoContact.objects.select_for_update(of=("self",)).get(id=measure_id)
        is_ordered = decided.outcome == RequestOutcome.ORDERED
        if not rules.can_move(State(measure.state), State.IN_FORCE if is_ordered else State.REFUSED):
            raise NothingWaitsError
        measure.decided_at = decided.signed_at
        measure.decided_by_id, measure.decided_by_post_id = account_id, post_id
        measure.explain(decided.in_words)
        if is_ordered:
            _bind(measure, decided, now)
        else:
            measure.state = State.REFUSED
            measure.save()
        kind = DocumentKind.ORDER if is_ordered else DocumentKind.REFUSAL
        _receive(measure, kind, decided, post_id, now)
        if is_ordered:
            _set_going(measure, now)
    deed = "ordered" if is_ordered else "refused"
    audit.record(actor, f"cases.no_contact.{deed}_above", measure, at=now)


@transaction.atomic
def answer_cancellation_as_above(*, actor: Actor, measure_id: UUID, decided: DecidedAbove, now: datetime) -> None:
    """Stop an order at the minute its cancellation was signed above, or keep the answer that it stays.

    Raises `NothingWaitsError`.
    """
    _, post_id = accounts.own_seat(actor)
    with acting(_HOUSE):
        measure = NoContact.objects.select_for_update(of=("self",)).get(id=measure_id)
        waiting = Cancellation.objects.filter(no_contact=measure, answer=Answer.WAITING).first()
        at = rules.to_the_minute(decided.signed_at or now)
        if waiting is None or measure.state != State.IN_FORCE or not measure.covers(at):
            raise NothingWaitsError
        is_cancelled = decided.outcome == CancellationOutcome.CANCELLED
        waiting.answer = Answer.GRANTED if is_cancelled else Answer.DECLINED
        waiting.answered_at, waiting.answered_by_post_id = decided.signed_at, post_id
        waiting.explain(decided.in_words)
        waiting.save()
        if is_cancelled:
            _receive(measure, DocumentKind.CANCELLATION, decided, post_id, now)
            stop_measure(actor=_HOUSE, measure=measure, state=State.CANCELLED, at=at, now=now)
    deed = "cancelled" if is_cancelled else "kept"
    audit.record(actor, f"cases.no_contact.{deed}_above", measure, at=now)


def _bind(measure: NoContact, decided: DecidedAbove, now: datetime) -> None:
    """In force from the minute of its signing; a term over before it came to us ends at its own end."""
    starts_at, ends_at = (rules.to_the_minute(moment) for moment in (decided.signed_at or now, decided.ends_at or now))
    if not law.is_term_lawful(starts_at, ends_at):
        raise TermNotLawfulError
    NoContact.objects.lock_pair(measure.victim_id, measure.perpetrator_id)
    starts_at = _after_what_bound_before(measure, starts_at, ends_at)
    measure.state, measure.starts_at, measure.ends_at = State.IN_FORCE, starts_at, ends_at
    measure.follows = make_way(actor=_HOUSE, measure=measure, starts_at=starts_at, now=now)
    measure.save()


def _after_what_bound_before(measure: NoContact, starts_at: datetime, ends_at: datetime) -> datetime:
    """Where an order ran on after this signing and ended before it came to us, this one takes over where that ended."""
    others = NoContact.objects.of_pair(measure.victim_id, measure.perpetrator_id).overlapping(starts_at, ends_at)
    over = others.exclude(state=State.IN_FORCE, starts_at__lte=starts_at)
    free_from = max((row.stopped_at or row.term[1] for row in over), default=starts_at)
    if free_from >= ends_at:
        raise OtherOrderError
    return free_from


def _receive(measure: NoContact, kind: DocumentKind, decided: DecidedAbove, post_id: int, now: datetime) -> None:
    """Keep which paper it is, and end in the register what it ends of ours."""
    paper = PaperFromAbove(
        no_contact=measure,
        kind=kind,
        authority=decided.authority,
        number_text=decided.number,
        issued_at=decided.signed_at or now,
        recorded_at=now,
        recorded_by_post_id=post_id,
    )
    paper.save(force_insert=True)
    ended = documents_ended_by(_HOUSE, measure, kind)
    revoke_papers(actor=_HOUSE, paper_ids=ended, by=f"{decided.authority}, {decided.number}", now=now)


def _set_going(measure: NoContact, now: datetime) -> None:
    starts_at, ends_at = measure.term
    if ends_at <= now:
        stop_measure(actor=_HOUSE, measure=measure, state=State.ENDED, at=ends_at, now=now)
    else:
        set_going(actor=_HOUSE, measure=measure, at=starts_at, now=now)
