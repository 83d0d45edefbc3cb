"""Erase by two people: the officer proposes, the chairman agrees, the house carries it out and leaves a proof."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.families import services as families
from maiam.contexts.families.models import Person
from maiam.contexts.rights import rules
from maiam.contexts.rights.models import Copy, ErasureProof, RightsRequest, RightsStep
from maiam.contexts.rights.queries.holds import holds_on
from maiam.contexts.rights.queries.proofs import mark_of
from maiam.contexts.rights.rules import Act, State
from maiam.contexts.rights.services.erasure_list import keep_on_list
from maiam.contexts.rights.services.hand import Hand
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError


class HeldError(DomainError):
    code = "rights.held"


class SamePersonError(DomainError):
    code = "rights.same_person"
    message = "Người đề nghị xóa không tự đồng ý được. Cần một người thứ hai."


class ReasonMissingError(DomainError):
    code = "rights.reason_missing"
    message = "Viết một câu lý do, để công chức biết cần làm gì."
    field = "reason"


@transaction.atomic
def propose_erasure(*, actor: Actor, request_id: UUID, words: str, now: datetime) -> RightsRequest:
    """Ask the chairman to agree to an erasure.

    Raises `NotNowError`, `HeldError`; `NotFoundError`.
    """
    actor.require(Permission.ANSWER_RIGHTS)
    hand = Hand(actor, now)
    request = hand.holds(request_id)
    hand.may(request, Act.PROPOSE)
    _require_free(actor, request)
    request.proposed_by_account_id, _ = accounts.own_seat(actor)
    hand.takes(request, Act.PROPOSE, words=words)
    chairman = accounts.post_for(Role.COMMUNE_CHAIRMAN, commune_id=request.commune_id)
    hand.tells(request, chairman.id if chairman else None, "Có đề nghị xóa thông tin cá nhân chờ đồng ý")
    return request


@transaction.atomic
def decide_erasure(*, actor: Actor, request_id: UUID, agrees: bool, reason: str, now: datetime) -> RightsRequest:
    """Agree to an erasure, which the house then carries out; or send it back with a reason.

    Raises `NotNowError`, `SamePersonError`, `HeldError`, `ReasonMissingError`; `NotFoundError`.
    """
    actor.require(Permission.APPROVE_ERASURE)
    hand = Hand(actor, now)
    request = hand.holds(request_id)
    act = Act.APPROVE if agrees else Act.SEND_BACK
    hand.may(request, act)
    if request.proposed_by_account_id == accounts.own_seat(actor)[0]:
        raise SamePersonError
    if agrees:
        _require_free(actor, request)
    elif not reason:
        raise ReasonMissingError
    hand.takes(request, act, words=reason)
    told = "Chủ tịch xã đã đồng ý xóa" if agrees else "Chủ tịch xã trả lại đề nghị xóa"
    hand.tells(request, request.by_post_id, told)
    return request


@transaction.atomic
def carry_next_erasure(*, actor: Actor, now: datetime) -> ErasureProof | None:
    """Erase what two people agreed to first and leave the proof; killed in the middle, nothing has happened.

    What has to wait for a worker lets the next one pass, and is tried again the next time.
    """
    actor.require(Permission.CARRY_ERASURE)
    agreed = RightsRequest.objects.select_for_update(of=("self",), skip_locked=True).filter(state=State.APPROVED)
    for request in agreed.order_by("asked_at", "id"):
        with suppress(families.ErasureWaitsError), transaction.atomic():
            return _carry(actor, request, now)
    return None


def _carry(actor: Actor, request: RightsRequest, now: datetime) -> ErasureProof | None:
    """Where something came up in between that must be kept, it goes back to the officer and nothing is erased."""
    hand = Hand(actor, now)
    if holds_on(actor, request.person_id, but=request.id):
        hand.takes(request, Act.HOLD)
        hand.tells(request, request.by_post_id, "Chưa xóa được: có việc phải giữ thông tin lại")
        return None
    proof = _erase(actor, request, now)
    hand.takes(request, Act.FINISH)
    hand.tells(request, request.by_post_id, "Đã xóa xong thông tin cá nhân, có giấy chứng nhận")
    transaction.on_commit(lambda: keep_on_list(actor=actor, person_ids=proof.person_ids, now=now))
    return proof


@transaction.atomic
def reapply_erasures(*, actor: Actor, person_ids: Sequence[UUID], now: datetime) -> int:
    """Erase again whoever came back with a restored backup; return how many had."""
    actor.require(Permission.CARRY_ERASURE)
    back = Person.objects.filter(id__in=person_ids, erased_at__isnull=True, merged_into__isnull=True).order_by("id")
    for person in back:
        families.erase_person(actor=actor, person_id=person.id, now=now)
        forget_words_about(actor=actor, person_id=person.id, now=now)
        audit.record(actor, "rights.erasure.reapplied", person, at=now)
    return len(back)


def _require_free(actor: Actor, request: RightsRequest) -> None:
    holds = holds_on(actor, request.person_id, but=request.id)
    if holds:
        raise HeldError("Chưa xóa được. " + " ".join(rules.HOLD_LABELS[hold] for hold in holds))


def _erase(actor: Actor, request: RightsRequest, now: datetime) -> ErasureProof:
    ids = [request.person_id, *Person.objects.filter(merged_into_id=request.person_id).values_list("id", flat=True)]
    emptied = families.erase_person(actor=actor, person_id=request.person_id, now=now)
    emptied["Lời ghi trong các yêu cầu về thông tin cá nhân"] += forget_words_about(
        actor=actor, person_id=request.person_id, now=now
    )
    by = {step.act: step.by_name for step in request.steps.order_by("at", "id")}
    proof = ErasureProof(
        request=request,
        commune_id=request.commune_id,
        person_ids=[str(one) for one in ids],
        emptied=dict(+emptied),
        asked_at=request.asked_at,
        proposed_by_name=by[Act.PROPOSE],
        approved_by_name=by[Act.APPROVE],
        carried_at=now,
    )
    proof.mark = mark_of(proof)
    proof.save(force_insert=True)
    audit.record(actor, "rights.erasure.carried", proof, at=now)
    return proof


def forget_words_about(*, actor: Actor, person_id: UUID, now: datetime) -> int:
    """Nothing anyone said when they asked is kept, nor the copies made; that they asked, and how it ended, is."""
    requests = RightsRequest.objects.filter(person_id=person_id)
    RightsStep.objects.filter(request__in=requests).update(words_sealed=None)
    Copy.objects.filter(request__in=requests, gone_at__isnull=True).update(sealed=b"", gone_at=now)
    audit.record(actor, "rights.requests.forgotten", ("families.person", str(person_id)), at=now)
    return requests.update(words_sealed=None, representative_name_sealed=None, representative=None, forgotten_at=now)
