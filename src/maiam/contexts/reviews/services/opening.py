"""A review is asked for by one person and opened by another; at that moment the records are frozen."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases.models import Case
from maiam.contexts.duties import services as duties
from maiam.contexts.reviews import queries
from maiam.contexts.reviews.models import Member, Review
from maiam.contexts.reviews.rules import Kind, State
from maiam.contexts.reviews.services.freezing import HOUSE, freeze_records
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role, acting
from maiam.platform.access.models import Block, Tie
from maiam.platform.errors import DomainError, NotFoundError


class AlreadyAskedError(DomainError):
    code = "reviews.already_asked"
    message = "Vụ việc này đã có một rà soát đang chờ hoặc đang mở."


class HappenedInFutureError(DomainError):
    code = "reviews.happened_in_future"
    message = "Ngày này chưa tới."
    field = "happened_on"


class AnsweredAlreadyError(DomainError):
    code = "reviews.answered_already"
    message = "Đề nghị này đã có người trả lời."


class SamePersonOpensError(DomainError):
    code = "reviews.same_person"
    message = "Người đề nghị không tự mở được. Cần một người khác."


class MemberUnknownError(DomainError):
    code = "reviews.member_unknown"
    message = "Người này không giữ chức vụ tham gia rà soát ở xã."
    field = "account_id"


class MemberInConflictError(DomainError):
    code = "reviews.member_in_conflict"
    message = "Người này không tham gia được rà soát này."
    field = "account_id"


class LastMemberError(DomainError):
    code = "reviews.last_member"
    message = "Đây là người tham gia cuối cùng. Hãy mời người khác trước, để rà soát còn có người đọc và kết thúc."


@dataclass(frozen=True, kw_only=True)
class Asked:
    kind: Kind
    happened_on: date
    reason: str


@transaction.atomic
def ask_review(*, actor: Actor, case_id: UUID, asked: Asked, now: datetime) -> Review:
    """Ask that a case be reviewed because somebody died or nearly did.

    Raises `AlreadyAskedError`, `HappenedInFutureError`; `NotFoundError`.
    """
    actor.require(Permission.ASK_REVIEW)
    account_id, _ = accounts.answering_seat(actor)
    case = Case.objects.find(actor, case_id)
    if asked.happened_on > now.astimezone(VIETNAM).date():
        raise HappenedInFutureError
    with acting(HOUSE):
        if Review.objects.filter(case=case, state__in=[State.ASKED, State.OPEN]).exists():
            raise AlreadyAskedError
    row = Review(
        case=case,
        case_code=case.code,
        commune_id=case.commune_id,
        kind=asked.kind,
        happened_on=asked.happened_on,
        asked_at=now,
        asked_by_id=account_id,
        asked_by_name=actor.name,
    )
    row.explain(asked.reason)
    row.save(force_insert=True)
    _tell_who_may_agree(actor, row, now)
    audit.record(actor, "reviews.review.asked", row, at=now)
    return row


@transaction.atomic
def answer_review(*, actor: Actor, review_id: UUID, agrees: bool, now: datetime) -> Review:
    """Open the review as the second person, and freeze the records at this moment; or say no.

    Raises `AnsweredAlreadyError`, `SamePersonOpensError`; `NotFoundError`.
    """
    actor.require(Permission.AGREE_REVIEW)
    account_id, _ = accounts.own_seat(actor)
    row = Review.objects.select_for_update(of=("self",)).find(actor, review_id)
    if row.state != State.ASKED:
        raise AnsweredAlreadyError
    if row.asked_by_id == account_id:
        raise SamePersonOpensError
    row.state = State.OPEN if agrees else State.DECLINED
    row.answered_at, row.answered_by_id, row.answered_by_name = now, account_id, actor.name
    row.save(update_fields=["state", "answered_at", "answered_by", "answered_by_name"])
    if agrees:
        with acting(HOUSE):
            titles = queries.titles_near(HOUSE, row, now)
            for one_id, name in ((row.asked_by_id, row.asked_by_name), (account_id, actor.name)):
                _seat(row, one_id, name, title=titles.get(one_id, ""), by=actor.name, now=now)
            freeze_records(actor=HOUSE, review=row, now=now)
    audit.record(actor, f"reviews.review.{row.state}", row, at=now)
    return row


@transaction.atomic
def add_member(*, actor: Actor, review_id: UUID, account_id: int, now: datetime) -> Member:
    """Call somebody into an open review. Who is too near to the matter is not called in.

    Raises `MemberUnknownError`, `MemberInConflictError`; `NotFoundError`.
    """
    row = queries.open_review(actor, review_id)
    known = {one[0]: one for one in queries.people_to_add(actor, row, now)}
    if account_id not in known:
        raise MemberUnknownError
    _, name, title = known[account_id]
    with acting(HOUSE):
        matter = Tie.objects.filter(row_id=row.case_id).values("matter_id")
        if Block.objects.filter(account_id=account_id, matter_id__in=matter, ended_at__isnull=True).exists():
            raise MemberInConflictError
        member = _seat(row, account_id, name, title=title, by=actor.name, now=now)
    audit.record(actor, "reviews.member.added", member, at=now)
    return member


@transaction.atomic
def end_member(*, actor: Actor, member_id: UUID, now: datetime) -> Member:
    """Let a member go; from then on the review is closed to them. Raises `LastMemberError`; `NotFoundError`."""
    actor.require(Permission.VIEW_REVIEWS)
    with acting(HOUSE):
        member = Member.objects.select_for_update(of=("self",)).filter(id=member_id, ended_at__isnull=True).first()
    if member is None:
        raise NotFoundError
    row = queries.open_review(actor, member.review_id)
    if not row.members.filter(ended_at__isnull=True).exclude(id=member.id).exists():
        raise LastMemberError
    with acting(HOUSE):
        member.ended_at = now
        member.save(update_fields=["ended_at"])
    audit.record(actor, "reviews.member.ended", member, at=now)
    return member


def _seat(row: Review, account_id: int, name: str, *, title: str, by: str, now: datetime) -> Member:
    member = Member(
        review=row,
        case_id=row.case_id,
        commune_id=row.commune_id,
        account_id=account_id,
        name=name,
        title=title,
        added_at=now,
        added_by_name=by,
    )
    member.save(force_insert=True)
    return member


def _tell_who_may_agree(actor: Actor, row: Review, now: datetime) -> None:
    """The chairman; where the chairman asks, the province's leader."""
    chairman = accounts.post_for(Role.COMMUNE_CHAIRMAN, commune_id=row.commune_id)
    province_id = chairman.province_id if chairman else None
    post = chairman if chairman and chairman.id != actor.post_id else None
    post = post or accounts.province_post(Role.PROVINCE_LEADER, province_id)
    if post:
        what = "Có đề nghị mở rà soát một vụ việc: cần người thứ hai đồng ý"
        duties.notify(actor=actor, to_post_id=post.id, what=what, subject=row.subject, now=now, key=f"review:{row.id}")
