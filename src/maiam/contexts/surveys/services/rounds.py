"""Prepare, start and close rounds; give villages to posts; take a village's work in."""

from datetime import datetime
from itertools import product
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Post
from maiam.contexts.duties import services as duties
from maiam.contexts.places import queries as places
from maiam.contexts.surveys.models import Assignment, Draft, QuestionnaireVersion, Recheck, Round, Sheet
from maiam.contexts.surveys.queries.progress import open_households
from maiam.contexts.surveys.rules.rounds import LIMITS, MEND_LIMIT, RECHECK_LIMIT, RoundKind, RoundState, Standing
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.access.policy import POWERS
from maiam.platform.errors import DomainError, NotFoundError


class NotRunningError(DomainError):
    code = "surveys.not_running"
    message = "Đợt này chưa bắt đầu, hoặc đã kết thúc."


class AlreadyStartedError(DomainError):
    code = "surveys.already_started"
    message = "Đợt này đã bắt đầu rồi."


class MayNotCollectError(DomainError):
    code = "surveys.may_not_collect"
    message = "Chức vụ này không thu thập được ở thôn ấy. Hãy chọn trưởng thôn của thôn, hoặc cán bộ xã."
    field = "post_id"


class StillOpenError(DomainError):
    code = "surveys.still_open"


class NilNotAffirmedError(DomainError):
    code = "surveys.nil_not_affirmed"
    message = "Hãy xác nhận: các hộ không có phiếu là các hộ không có thay đổi."
    field = "affirms_nil"


class AlreadyHandedInError(DomainError):
    code = "surveys.already_handed_in"
    message = "Thôn này đã nộp rồi."


class NotHandedInError(DomainError):
    code = "surveys.not_handed_in"
    message = "Thôn này chưa nộp, nên không có gì để trả lại."


class GiveBackReasonMissingError(DomainError):
    code = "surveys.give_back_reason_missing"
    message = "Ghi rõ cần sửa gì, để người thu thập biết."
    field = "why"


class UnsettledError(DomainError):
    code = "surveys.unsettled"
    message = "Còn phiếu trùng chưa ai chọn. Hãy chọn giữ phiếu nào trước khi kết thúc đợt."


class ReasonMissingError(DomainError):
    code = "surveys.reason_missing"
    message = "Còn thôn chưa nộp, hoặc hộ chưa phúc tra. Ghi lý do kết thúc sớm."
    field = "why"


@transaction.atomic
def prepare_round(
    *, actor: Actor, commune_id: int, title: str, kind: RoundKind, version_id: UUID, limit: str, now: datetime
) -> Round:
    """Lay out a round: every village to its head, where there is none to the officer who prepares it.

    Raises `NotFoundError` for a commune out of reach, a version not published, a limit that is none.
    """
    actor.require(Permission.RUN_ROUNDS)
    _, post_id = accounts.own_seat(actor)
    version = QuestionnaireVersion.objects.find(actor, version_id)
    if commune_id not in actor.commune_ids or not version.is_published or limit not in LIMITS:
        raise NotFoundError
    row = Round(
        commune_id=commune_id,
        title=title,
        kind=kind,
        version=version,
        limit=limit,
        prepared_at=now,
        prepared_by=actor.name,
        by_post_id=post_id,
    )
    row.save(force_insert=True)
    Assignment.objects.bulk_create(_assignments(actor, row, now))
    audit.record(actor, "surveys.round.prepared", row, at=now)
    return row


def _assignments(actor: Actor, row: Round, now: datetime) -> list[Assignment]:
    found = []
    for village in places.villages_of(row.commune_id):
        head = accounts.post_for(Role.VILLAGE_HEAD, commune_id=row.commune_id, village_id=village.id)
        post_id = head.id if head and accounts.holders_of(head, now) else row.by_post_id
        found.append(Assignment(round=row, commune_id=row.commune_id, village=village, post_id=post_id))
    if open_households(actor, row.commune_id, None).exists():
        found.append(Assignment(round=row, commune_id=row.commune_id, village=None, post_id=row.by_post_id))
    return found


@transaction.atomic
def assign_village(*, actor: Actor, assignment_id: UUID, post_id: int, now: datetime) -> Assignment:
    """Give a village to another post; its clock goes with it.

    Raises `MayNotCollectError`, `AlreadyHandedInError`, `NotRunningError`; `NotFoundError`.
    """
    actor.require(Permission.RUN_ROUNDS)
    row = Assignment.objects.select_for_update(of=("self",)).select_related("round").find(actor, assignment_id)
    if row.is_handed_in:
        raise AlreadyHandedInError
    if row.round.state == RoundState.CLOSED:
        raise NotRunningError
    post = Post.objects.filter(id=post_id, commune_id=row.commune_id, is_active=True).first()
    if post is None or not _may_collect(post, row):
        raise MayNotCollectError
    if post.id == row.post_id:
        return row
    row.post = post
    row.save(update_fields=["post"])
    if row.round.is_running:
        for rule in (row.round.limit, MEND_LIMIT):
            duties.move_obligation(
                actor=actor, rule=rule, subject=row.subject, to_post_id=post.id, commune_id=row.commune_id, now=now
            )
    audit.record(actor, "surveys.assignment.given", row, at=now, fields=["post"])
    return row


def _may_collect(post: Post, row: Assignment) -> bool:
    reaches = post.village_id is None or post.village_id == row.village_id
    return reaches and Permission.COLLECT_ANSWERS in POWERS[Role(post.role)]


@transaction.atomic
def start_round(*, actor: Actor, round_id: UUID, now: datetime) -> Round:
    """Start the clocks of every collector.

    Raises `AlreadyStartedError`; `NotFoundError`.
    """
    actor.require(Permission.RUN_ROUNDS)
    row = Round.objects.select_for_update(of=("self",)).find(actor, round_id)
    if row.state != RoundState.PREPARED:
        raise AlreadyStartedError
    for assignment in Assignment.objects.visible_to(actor).filter(round=row).select_related("village"):
        clock = duties.start_obligation(
            actor=actor,
            rule=row.limit,
            subject=assignment.subject,
            commune_id=row.commune_id,
            village_id=assignment.village_id,
            owner_post_id=assignment.post_id,
            what=f"Thu thập {row.title}: {assignment.place}"[:200],
            started_at=now,
            now=now,
        )
        row.due_at = clock.due_at
    row.state, row.started_at = RoundState.RUNNING, now
    row.save(update_fields=["state", "started_at", "due_at"])
    audit.record(actor, "surveys.round.started", row, at=now)
    return row


@transaction.atomic
def hand_in(*, actor: Actor, assignment_id: UUID, affirms_nil: bool, now: datetime) -> Assignment:
    """Hand a village's work in. Where households have no sheet, a person affirms that nothing changed in them.

    Raises `NotRunningError`, `AlreadyHandedInError`, `StillOpenError`, `NilNotAffirmedError`; `NotFoundError`.
    """
    actor.require(Permission.COLLECT_ANSWERS)
    row = Assignment.objects.select_for_update(of=("self",)).select_related("round").find(actor, assignment_id)
    if not row.round.is_running:
        raise NotRunningError
    if row.is_handed_in:
        raise AlreadyHandedInError
    started = Draft.objects.visible_to(actor).filter(assignment=row, sent_at__isnull=True).count()
    if started:
        raise StillOpenError(f"Còn {started} phiếu ghi dở. Hãy gửi hoặc bỏ các phiếu ấy trước khi nộp.")
    silent = _without_sheet(actor, row)
    if silent and not row.round.is_for_changes:
        raise StillOpenError(f"Còn {silent} hộ chưa có phiếu. Hộ không gặp được thì ghi lý do.")
    if row.round.is_for_changes and silent and not affirms_nil:
        raise NilNotAffirmedError
    row.handed_in_at, row.handed_in_by = now, actor.name
    row.affirmed_nil = bool(row.round.is_for_changes and silent)
    row.save(update_fields=["handed_in_at", "handed_in_by", "affirmed_nil"])
    proof = "surveys.assignment.handed_in"
    for rule in (row.round.limit, MEND_LIMIT):
        duties.meet_obligation(actor=actor, rule=rule, subject=row.subject, met_at=now, now=now, proof=proof)
    audit.record(actor, proof, row, at=now)
    return row


@transaction.atomic
def give_back(*, actor: Actor, assignment_id: UUID, why: str, now: datetime) -> Assignment:
    """Give a village's work back to its collector to be mended; a clock of its own runs until it is handed in again.

    Raises `GiveBackReasonMissingError`, `NotRunningError`, `NotHandedInError`; `NotFoundError`.
    """
    actor.require(Permission.RUN_ROUNDS)
    rows = Assignment.objects.select_for_update(of=("self",)).select_related("round", "village")
    row = rows.find(actor, assignment_id)
    if not why.strip():
        raise GiveBackReasonMissingError
    if not row.round.is_running:
        raise NotRunningError
    if not row.is_handed_in:
        raise NotHandedInError
    row.handed_in_at, row.handed_in_by, row.affirmed_nil = None, "", False
    row.given_back_at, row.given_back_by, row.given_back_why = now, actor.name, why.strip()
    row.save()
    what = f"Sửa, nộp lại {row.round.title}: {row.place}"[:200]
    clock = duties.start_obligation(
        actor=actor,
        rule=MEND_LIMIT,
        subject=row.subject,
        commune_id=row.commune_id,
        village_id=row.village_id,
        owner_post_id=row.post_id,
        what=what,
        started_at=now,
        now=now,
    )
    key = f"{clock.id}:given back"
    duties.notify(actor=actor, to_post_id=row.post_id, what=what, subject=row.subject, now=now, key=key)
    audit.record(actor, "surveys.assignment.given_back", row, at=now, reason=row.given_back_why)
    return row


def _without_sheet(actor: Actor, row: Assignment) -> int:
    """How many of the village's households have no sheet in this round."""
    done = Sheet.objects.visible_to(actor).filter(round_id=row.round_id, is_current=True)
    households = open_households(actor, row.commune_id, row.village_id)
    return households.exclude(id__in=done.values("household_id")).count()


@transaction.atomic
def close_round(*, actor: Actor, round_id: UUID, why: str, now: datetime) -> Round:
    """End a round; with villages still out, or households not asked again, only with a reason.

    Raises `NotRunningError`, `UnsettledError`, `ReasonMissingError`; `NotFoundError`.
    """
    actor.require(Permission.RUN_ROUNDS)
    row = Round.objects.select_for_update(of=("self",)).find(actor, round_id)
    if not row.is_running:
        raise NotRunningError
    # Whoever is sending a sheet holds its village: the end comes after them.
    villages = Assignment.objects.select_for_update(of=("self",)).visible_to(actor).filter(round=row)
    out = [assignment for assignment in villages.order_by("id") if not assignment.is_handed_in]
    if Sheet.objects.visible_to(actor).filter(round=row, standing=Standing.WAITING).exists():
        raise UnsettledError
    unasked = Recheck.objects.visible_to(actor).filter(round=row, done_at__isnull=True).exists()
    if (out or unasked) and not why:
        raise ReasonMissingError
    proof = "surveys.round.closed"
    for rule, assignment in product((row.limit, MEND_LIMIT), out):
        duties.lapse_obligation(actor=actor, rule=rule, subject=assignment.subject, at=now, now=now, proof=proof)
    duties.lapse_obligation(actor=actor, rule=RECHECK_LIMIT, subject=row.subject, at=now, now=now, proof=proof)
    row.state, row.closed_at, row.closed_why = RoundState.CLOSED, now, why
    row.save(update_fields=["state", "closed_at", "closed_why"])
    audit.record(actor, "surveys.round.closed", row, at=now, reason=why)
    return row
