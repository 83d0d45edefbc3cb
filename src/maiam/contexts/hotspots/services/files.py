"""The file of a hot spot: opened from an alert or by hand, tasks given and done, reviews held, closed."""

from collections.abc import Collection
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from maiam.contexts.duties import services as duties
from maiam.contexts.hotspots import queries
from maiam.contexts.hotspots.models import Action, HotSpot, Measure, Review
from maiam.contexts.hotspots.rules import files as rules
from maiam.contexts.hotspots.rules.files import ActionKind, Cooled, State
from maiam.contexts.places import queries as places
from maiam.core.text import VIETNAM, write_date
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, NotFoundError

# The clocks of a file (house_duties.yaml): due at the end of the day that was named.
ACTION, REVIEW = "HOT_SPOT_ACTION", "HOT_SPOT_REVIEW"
LAST_SECOND = time(23, 59, 59)


class FileOpenedAlreadyError(DomainError):
    code = "hotspots.file_opened_already"
    message = "Cảnh báo này đã có hồ sơ điểm nóng."


class NotInReachError(DomainError):
    code = "hotspots.not_in_reach"
    message = "Chọn ít nhất một xã trong địa bàn của mình."
    field = "communes"


class DaysTurnedRoundError(DomainError):
    code = "hotspots.days_turned_round"
    message = "Ngày cuối phải sau ngày đầu."
    field = "last_day"


class UnknownPostError(DomainError):
    code = "hotspots.unknown_post"
    message = "Chọn một người trong danh sách."
    field = "owner_post"


class FileClosedError(DomainError):
    code = "hotspots.file_closed"
    message = "Hồ sơ này đã kết thúc."


class DueInThePastError(DomainError):
    code = "hotspots.due_in_the_past"
    message = "Hạn phải từ hôm nay trở đi."
    field = "due_on"


class DoneAheadError(DomainError):
    code = "hotspots.done_ahead"
    message = "Ngày làm xong chưa tới."
    field = "done_on"


class DoneAlreadyError(DomainError):
    code = "hotspots.done_already"
    message = "Việc này đã ghi là xong."


class TasksLeftError(DomainError):
    code = "hotspots.tasks_left"
    message = "Còn việc chưa xong. Ghi kết quả từng việc trước khi kết thúc."


class NotReviewedError(DomainError):
    code = "hotspots.not_reviewed"
    message = "Cần ít nhất một lần xem lại trước khi kết thúc."


@transaction.atomic
def open_file(
    *,
    actor: Actor,
    title: str,
    communes: Collection[int],
    owner_post: int,
    now: datetime,
    first_day: date | None = None,
    last_day: date | None = None,
    alert_id: UUID | None = None,
) -> HotSpot:
    """Open the file of a hot spot: from an alert, with its communes and days, or by hand.

    Raises `NotInReachError`, `DaysTurnedRoundError`, `UnknownPostError`, `FileOpenedAlreadyError`; `NotFoundError`.
    """
    actor.require(Permission.KEEP_HOT_SPOTS)
    alert = queries.open_alert(actor, alert_id) if alert_id else None
    reached = sorted(alert.communes if alert else set(communes) & set(actor.commune_ids))
    if not reached:
        raise NotInReachError
    if alert:
        first_day, last_day = alert.first_day, alert.last_day
    if first_day is None or last_day is None or first_day > last_day:
        raise DaysTurnedRoundError
    if owner_post not in {post.id for post in queries.posts_for_files(actor, reached)}:
        raise UnknownPostError
    if alert and HotSpot.objects.visible_to(actor).filter(alert=alert).exists():
        raise FileOpenedAlreadyError
    row = HotSpot.objects.create(
        province_id=_province_id(reached),
        communes=reached,
        title=title,
        alert=alert,
        first_day=first_day,
        last_day=last_day,
        opened_at=now,
        opened_by_name=actor.name,
        owner_post_id=owner_post,
        next_review_on=rules.first_review_on(_today(now)),
    )
    _start_review(actor, row, now)
    audit.record(actor, "hotspots.file.opened", row, at=now)
    _tell(actor, row, owner_post, f"Bạn phụ trách điểm nóng mở ngày {write_date(_today(now))}.", now)
    return row


def _province_id(communes: Collection[int]) -> int:
    unit = places.unit(min(communes))
    if unit is None or unit.province_id is None:
        raise NotFoundError
    return unit.province_id


def _today(now: datetime) -> date:
    return now.astimezone(VIETNAM).date()


def _end_of(day: date) -> datetime:
    return datetime.combine(day, LAST_SECOND, VIETNAM)


def _start_review(actor: Actor, row: HotSpot, now: datetime) -> None:
    """The next look at the hot spot stands on its owner's list of duties."""
    if row.next_review_on is None:
        raise ValueError("A file that is open has a day of its next review.")
    duties.start_obligation(
        actor=actor,
        rule=REVIEW,
        subject=row.subject,
        commune_id=rules.place_of(row.owner_post.commune_id, row.communes),
        owner_post_id=row.owner_post_id,
        what="Xem lại một điểm nóng: đã nguội chưa?",
        started_at=now,
        agreed=_end_of(row.next_review_on),
        now=now,
    )


def _tell(actor: Actor, row: HotSpot, post_id: int, what: str, now: datetime) -> None:
    key = f"hot spot {row.id}:{post_id}:{now.isoformat()}"
    duties.notify(actor=actor, to_post_id=post_id, what=what, subject=row.subject, now=now, key=key)


@transaction.atomic
def add_action(
    *, actor: Actor, file_id: UUID, kind: ActionKind, what: str, owner_post: int, due_on: date, now: datetime
) -> Action:
    """Give somebody something to do. Raises `FileClosedError`, `DueInThePastError`, `UnknownPostError`."""
    actor.require(Permission.KEEP_HOT_SPOTS)
    row = _open(actor, file_id)
    if due_on < _today(now):
        raise DueInThePastError
    if owner_post not in {post.id for post in queries.posts_for_files(actor, row.communes)}:
        raise UnknownPostError
    action = Action.objects.create(
        hot_spot=row,
        kind=kind,
        what=what,
        owner_post_id=owner_post,
        due_on=due_on,
        added_at=now,
        added_by_name=actor.name,
    )
    duties.start_obligation(
        actor=actor,
        rule=ACTION,
        subject=action.subject,
        commune_id=_place_of(action),
        owner_post_id=owner_post,
        what=f"Việc ở điểm nóng: {action.kind_label}",
        started_at=now,
        agreed=_end_of(due_on),
        now=now,
    )
    audit.record(actor, "hotspots.action.added", action, at=now)
    _tell(actor, row, owner_post, f"Việc ở điểm nóng: {action.kind_label}, hạn {write_date(due_on)}.", now)
    return action


def _place_of(action: Action) -> int:
    return rules.place_of(action.owner_post.commune_id, action.hot_spot.communes)


@transaction.atomic
def finish_action(*, actor: Actor, action_id: UUID, done_on: date, note: str, now: datetime) -> Action:
    """Say that something was done, by whoever was to do it, or keeps the file and watches over the place of who was.

    Raises `DoneAlreadyError`, `DoneAheadError`, `FileClosedError`; `NotFoundError`.
    """
    actor.require(Permission.VIEW_HOT_SPOTS)
    rows = Action.objects.select_related("hot_spot", "owner_post").select_for_update(of=("self",))
    action = rows.find(actor, action_id)
    is_kept = actor.can(Permission.KEEP_HOT_SPOTS) and _place_of(action) in actor.commune_ids
    if not is_kept and action.owner_post_id != actor.post_id:
        raise NotFoundError
    if not action.hot_spot.is_open:
        raise FileClosedError
    if action.done_on:
        raise DoneAlreadyError
    if done_on > _today(now):
        raise DoneAheadError
    action.done_on, action.done_note, action.done_by_name = done_on, note, actor.name
    action.save(update_fields=["done_on", "done_note", "done_by_name"])
    done_at = min(now, _end_of(done_on))
    duties.meet_obligation(
        actor=actor, rule=ACTION, subject=action.subject, met_at=done_at, now=now, proof="hotspots.action.done"
    )
    audit.record(actor, "hotspots.action.done", action, at=now)
    return action


@transaction.atomic
def hold_review(*, actor: Actor, file_id: UUID, words: str, now: datetime) -> Review:
    """Write down a look at the hot spot, beside what was measured last. Raises `FileClosedError`."""
    actor.require(Permission.KEEP_HOT_SPOTS)
    row = _open(actor, file_id)
    measure = Measure.objects.visible_to(actor).filter(hot_spot=row).order_by("-day", "-id").first()
    review = Review.objects.create(
        hot_spot=row,
        held_on=_today(now),
        answer=measure.answer if measure else Cooled.TOO_EARLY,
        measure=measure,
        words=words,
        by_name=actor.name,
        at=now,
    )
    row.next_review_on = rules.next_review_on(review.held_on)
    row.save(update_fields=["next_review_on"])
    proof = "hotspots.file.reviewed"
    duties.meet_obligation(actor=actor, rule=REVIEW, subject=row.subject, met_at=now, now=now, proof=proof)
    _start_review(actor, row, now)
    audit.record(actor, "hotspots.file.reviewed", review, at=now)
    return review


@transaction.atomic
def close_file(*, actor: Actor, file_id: UUID, words: str, now: datetime) -> HotSpot:
    """End the file, once everything was done and looked at. Raises `FileClosedError`, `TasksLeftError`,
    `NotReviewedError`.
    """
    actor.require(Permission.KEEP_HOT_SPOTS)
    row = _open(actor, file_id)
    if Action.objects.visible_to(actor).filter(hot_spot=row, done_on__isnull=True).exists():
        raise TasksLeftError
    if not Review.objects.visible_to(actor).filter(hot_spot=row).exists():
        raise NotReviewedError
    row.state, row.closed_at, row.closed_by_name = State.CLOSED, now, actor.name
    row.closing_words, row.next_review_on = words, None
    row.save(update_fields=["state", "closed_at", "closed_by_name", "closing_words", "next_review_on"])
    duties.lapse_obligation(
        actor=actor, rule=REVIEW, subject=row.subject, at=now, now=now, proof="hotspots.file.closed"
    )
    audit.record(actor, "hotspots.file.closed", row, at=now, reason=words)
    return row


def _open(actor: Actor, file_id: UUID) -> HotSpot:
    row = HotSpot.objects.select_for_update(of=("self",)).find(actor, file_id)
    if not row.is_open:
        raise FileClosedError
    return row
