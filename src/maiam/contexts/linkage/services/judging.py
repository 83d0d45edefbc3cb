"""A person decides whether two rows are one person. Never a machine."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.families import services as families
from maiam.contexts.families.models import Person
from maiam.contexts.families.rules import Side
from maiam.contexts.linkage.models import CandidatePair
from maiam.contexts.linkage.rules import State
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, NotFoundError


class AlreadyJudgedError(DomainError):
    code = "linkage.pair_already_judged"
    message = "Cặp này đã có người quyết định rồi. Hãy xem lại danh sách."


class OtherCommuneError(DomainError):
    code = "linkage.other_commune"
    message = "Một hồ sơ thuộc xã khác. Khi người này đã chuyển về một xã thì xã đó gộp được."


@transaction.atomic
def merge_pair(
    *, actor: Actor, pair_id: UUID, kept_id: UUID, choices: Mapping[str, Side], now: datetime
) -> CandidatePair:
    """Say that the two are one person, and merge them; `choices` as `families.merge_persons` takes them.

    Raises `AlreadyJudgedError`, `OtherCommuneError`, and what `merge_persons` raises; `NotFoundError`.
    """
    actor.require(Permission.JUDGE_DOUBLES)
    pair = _open(actor, pair_id)
    folded_id = _other_of(pair, kept_id)
    if Person.objects.visible_to(actor).filter(id__in=(kept_id, folded_id)).count() != len({kept_id, folded_id}):
        raise OtherCommuneError
    pair.merge = families.merge_persons(actor=actor, kept_id=kept_id, folded_id=folded_id, choices=choices, now=now)
    _judge(actor, pair, State.SAME, now)
    audit.record(actor, "linkage.pair.merged", pair, at=now)
    return pair


@transaction.atomic
def tell_pair_apart(*, actor: Actor, pair_id: UUID, now: datetime) -> CandidatePair:
    """Say that the two are two people: not asked again unless their facts change.

    Raises `AlreadyJudgedError`; `NotFoundError`.
    """
    actor.require(Permission.JUDGE_DOUBLES)
    pair = _open(actor, pair_id)
    _judge(actor, pair, State.NOT_SAME, now)
    audit.record(actor, "linkage.pair.told_apart", pair, at=now)
    return pair


@transaction.atomic
def put_pair_off(*, actor: Actor, pair_id: UUID, now: datetime) -> CandidatePair:
    """Leave a pair for later: it goes to the end of the list.

    Raises `AlreadyJudgedError`; `NotFoundError`.
    """
    actor.require(Permission.JUDGE_DOUBLES)
    pair = _open(actor, pair_id)
    pair.put_off_at = now
    pair.save(update_fields=["put_off_at"])
    audit.record(actor, "linkage.pair.put_off", pair, at=now)
    return pair


@transaction.atomic
def undo_pair(*, actor: Actor, pair_id: UUID, now: datetime) -> CandidatePair:
    """Take back what was decided: unmerge the two, or ask about them again.

    Raises `families.ChangedSinceError`; `NotFoundError` also where nothing was decided.
    """
    actor.require(Permission.JUDGE_DOUBLES)
    pair = CandidatePair.objects.select_for_update(of=("self",)).find(actor, pair_id)
    if pair.state == State.SAME and pair.merge_id:
        families.unmerge_persons(actor=actor, merge_id=pair.merge_id, now=now)
        _judge(actor, pair, State.UNDONE, now)
    elif pair.state == State.NOT_SAME:
        pair.judged_at, pair.judged_by = None, ""
        pair.state = State.OPEN
        pair.save(update_fields=["state", "judged_at", "judged_by"])
    else:
        raise NotFoundError
    audit.record(actor, "linkage.pair.undone", pair, at=now)
    return pair


def _open(actor: Actor, pair_id: UUID) -> CandidatePair:
    pair = CandidatePair.objects.select_for_update(of=("self",)).find(actor, pair_id)
    if pair.state != State.OPEN:
        raise AlreadyJudgedError
    return pair


def _other_of(pair: CandidatePair, kept_id: UUID) -> UUID:
    if kept_id not in pair.person_ids:
        raise NotFoundError
    return pair.other_id if kept_id == pair.one_id else pair.one_id


def _judge(actor: Actor, pair: CandidatePair, state: State, now: datetime) -> None:
    pair.state, pair.judged_at, pair.judged_by = state, now, actor.name
    pair.save(update_fields=["state", "judged_at", "judged_by", "merge"])
