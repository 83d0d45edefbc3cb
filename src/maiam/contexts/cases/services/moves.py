"""Hand a case over to another commune. Until it is taken, nothing changes for the person: the old commune answers."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases.events import conditions_from_above
from maiam.contexts.cases.models import Case, CaseMove, CaseStep, NumberRegister
from maiam.contexts.cases.queries.closing import no_live_order
from maiam.contexts.cases.queries.posts import answering_post
from maiam.contexts.cases.rules import cases as case_rules
from maiam.contexts.cases.rules.cases import Status
from maiam.contexts.cases.rules.moves import Answer
from maiam.contexts.cases.services.aftermath import ask_for_assessment, plan_follow_ups
from maiam.contexts.duties import services as duties
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role, acting
from maiam.platform.errors import DomainError

TAKE_OVER = "CASE_TAKE_OVER"


class NotToMoveError(DomainError):
    code = "cases.not_to_move"
    message = "Chưa chuyển được vụ việc."


class NoteMissingError(DomainError):
    code = "cases.move_note_missing"
    message = "Hãy viết cho xã mới: người ấy cần gì, liên hệ riêng bằng cách nào."
    field = "note"


class AlreadyMovingError(DomainError):
    code = "cases.already_moving"
    message = "Vụ việc đang chờ xã khác nhận."


class SameCommuneError(DomainError):
    code = "cases.move_same_commune"
    message = "Vụ việc đang ở xã này. Hãy chọn xã khác."
    field = "to_commune_id"


class MoveAnsweredError(DomainError):
    code = "cases.move_answered"
    message = "Đề nghị chuyển này đã có câu trả lời."


class DeclineReasonMissingError(DomainError):
    code = "cases.move_decline_reason_missing"
    message = "Không nhận thì hãy ghi lý do."
    field = "words"


@transaction.atomic
def ask_move(*, actor: Actor, case_id: UUID, to_commune_id: int, note: str, now: datetime) -> CaseMove:
    """Ask another commune to take a case; the old one answers for it until then.

    Raises `NotToMoveError`, `NoteMissingError`, `AlreadyMovingError`, `SameCommuneError`.
    """
    actor.require(Permission.OPEN_CASES)
    account_id, post_id = accounts.own_seat(actor)
    case = Case.objects.select_for_update(of=("self",)).find(actor, case_id)
    _check(actor, case, to_commune_id, note, now)
    move = CaseMove(
        case=case,
        commune_id=case.commune_id,
        to_commune_id=to_commune_id,
        person_name=case.person_name,
        asked_at=now,
        asked_by_post_id=post_id,
        asked_by_account_id=account_id,
    )
    move.tell(note)
    move.save(force_insert=True)
    owner, what = answering_post(Role.CULTURE_OFFICER, move.to_commune), "Xã khác đề nghị nhận một vụ việc"
    duties.start_obligation(
        actor=actor,
        rule=TAKE_OVER,
        subject=move.subject,
        commune_id=to_commune_id,
        owner_post_id=owner.id,
        what=what,
        started_at=now,
        now=now,
    )
    duties.notify(actor=actor, to_post_id=owner.id, what=what, subject=move.subject, now=now, key=f"{move.id}:asked")
    audit.record(actor, "cases.case.move_asked", move, at=now)
    return move


@transaction.atomic
def take_case(*, actor: Actor, move_id: UUID, now: datetime) -> Case:
    """Take a case over: a case of this commune's own begins, the old one ends, its clocks go on from where they began.

    Raises `MoveAnsweredError`; `NotFoundError` for anybody but the commune asked.
    """
    move = _waiting(actor, move_id)
    account_id, _ = accounts.own_seat(actor)
    case = _case_here(actor, move, now)
    house = Actor.system("case_move")
    with acting(house):
        owners = {
            role: answering_post(role, move.to_commune).id for role in (Role.CULTURE_OFFICER, Role.COMMUNE_CHAIRMAN)
        }
        duties.hand_over_obligations(
            actor=house,
            old=move.case.subject,
            new=case.subject,
            commune_id=move.to_commune_id,
            owners=owners,
            now=now,
        )
        _end_old(house, move, now)
    ask_for_assessment(
        actor=actor,
        case_id=case.id,
        commune=move.to_commune,
        what=f"{case.code}: nhận từ xã khác, đánh giá nguy cơ",
        now=now,
    )
    plan_follow_ups(actor=actor, case=case, commune=move.to_commune, now=now)
    move.answer, move.answered_at, move.answered_by_account_id, move.new_case = Answer.TAKEN, now, account_id, case
    move.save(update_fields=["answer", "answered_at", "answered_by_account_id", "new_case"])
    _answered(actor, move, "Xã mới đã nhận vụ việc", now)
    return case


@transaction.atomic
def decline_case(*, actor: Actor, move_id: UUID, words: str, now: datetime) -> CaseMove:
    """Say why the case is not taken; the old commune goes on.

    Raises `MoveAnsweredError`, `DeclineReasonMissingError`.
    """
    move = _waiting(actor, move_id)
    account_id, _ = accounts.own_seat(actor)
    if not words.strip():
        raise DeclineReasonMissingError
    move.answer, move.answered_at, move.answered_by_account_id = Answer.DECLINED, now, account_id
    move.answer_with(words)
    move.save(update_fields=["answer", "answered_at", "answered_by_account_id", "words_sealed"])
    _answered(actor, move, "Xã được đề nghị không nhận vụ việc", now)
    return move


def _check(actor: Actor, case: Case, to_commune_id: int, note: str, now: datetime) -> None:
    if to_commune_id == case.commune_id:
        raise SameCommuneError
    if not note.strip():
        raise NoteMissingError
    if case.moves.filter(answer=Answer.WAITING).exists():
        raise AlreadyMovingError
    if case.is_closed:
        raise NotToMoveError(f"{NotToMoveError.message} Vụ việc đã kết thúc.")
    held_back = [one for one in conditions_from_above(actor, case.id, now) if one.holds_back_move]
    for condition in (no_live_order(actor, case), *held_back):
        if not condition.holds:
            raise NotToMoveError(f"{NotToMoveError.message} {condition.what}: {condition.why}")


def _waiting(actor: Actor, move_id: UUID) -> CaseMove:
    """The move, for the commune that was asked and no other."""
    actor.require(Permission.OPEN_CASES)
    rows = CaseMove.objects.select_for_update(of=("self",)).filter(to_commune_id__in=actor.commune_ids)
    move = rows.select_related("to_commune", "asked_by_post").find(actor, move_id)
    if move.answer != Answer.WAITING:
        raise MoveAnsweredError
    return move


def _case_here(actor: Actor, move: CaseMove, now: datetime) -> Case:
    """The person's open case in this commune, or a new one."""
    with acting(Actor.system("case_move")):
        person_id = Case.objects.get(id=move.case_id).person_id
    known = Case.objects.visible_to(actor).filter(commune_id=move.to_commune_id, person_id=person_id)
    if (found := known.exclude(status=Status.CLOSED).first()) is not None:
        return found
    year = now.astimezone(VIETNAM).year
    case = Case(
        year=year,
        number=NumberRegister.objects.take(commune_id=move.to_commune_id, year=year, series=case_rules.CASE_SERIES),
        commune_id=move.to_commune_id,
        person_id=person_id,
        person_name=move.person_name,
        responsible_post=answering_post(Role.CULTURE_OFFICER, move.to_commune),
        opened_at=now,
    )
    case.save(force_insert=True)
    audit.record(actor, "cases.case.opened", case, at=now)
    return case


def _end_old(house: Actor, move: CaseMove, now: datetime) -> None:
    """The old case ends by two people: who asked, and who took it."""
    old = Case.objects.select_for_update(of=("self",)).get(id=move.case_id)
    step = CaseStep(case=old, status=Status.CLOSED, at=now)
    step.explain(f"Đã chuyển: {move.to_commune.name} nhận.")
    step.save(force_insert=True)
    old.status = Status.CLOSED
    old.save(update_fields=["status"])
    audit.record(house, "cases.case.moved", old, at=now)


def _answered(actor: Actor, move: CaseMove, what: str, now: datetime) -> None:
    duties.meet_obligation(
        actor=actor, rule=TAKE_OVER, subject=move.subject, met_at=now, now=now, proof=f"cases.case.move_{move.answer}"
    )
    duties.notify(
        actor=actor,
        to_post_id=move.asked_by_post_id,
        what=what,
        subject=move.subject,
        now=now,
        key=f"{move.id}:{move.answer}",
    )
    audit.record(actor, f"cases.case.move_{move.answer}", move, at=now)
