"""Duties as their owners and those concerned see them."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from maiam.contexts.duties.events import question_above
from maiam.contexts.duties.models import Excuse, Notice, Obligation
from maiam.contexts.duties.rules import (
    HORIZON_LABELS,
    STATE_LABELS,
    SUBJECT_PAGES,
    ExcuseAnswer,
    Horizon,
    Question,
    State,
    Subject,
    horizon,
    is_above,
    page_for,
)
from maiam.core.law.limits import TimeLimit
from maiam.core.text import write_datetime
from maiam.platform.access import Actor, Permission, acting
from maiam.platform.errors import NotFoundError

LONGEST_LIST = 200
_HOUSE = Actor.system("duties")
_SHOWN = ("owner_post", "village", "meant_post")


@dataclass(frozen=True)
class Clock:
    """One duty: what, by when, by whom, under which article."""

    id: UUID
    what: str
    article: str
    limit: TimeLimit
    owner: str
    village: str | None
    started_at: datetime
    due_at: datetime
    late_after: datetime
    state: State
    state_label: str
    closed_at: datetime | None
    page: str
    subject_id: UUID
    # The seat it belongs to, where another has it because nobody there may deal with it; what was decided above.
    meant: str = ""
    is_above: bool = False
    decision: str = ""

    @property
    def is_running(self) -> bool:
        return self.state is State.RUNNING


def due_items(actor: Actor, *, commune_wide: bool = False) -> list[Clock]:
    """The running duties of the actor's post, most urgent first; or of its whole place."""
    actor.require(Permission.WATCH_DUTIES if commune_wide else Permission.VIEW_DUTIES)
    running = Obligation.objects.visible_to(actor).filter(state=State.RUNNING)
    if not commune_wide:
        running = running.filter(owner_post_id=actor.post_id)
    rows = running.select_related(*_SHOWN).order_by("due_at", "id")[:LONGEST_LIST]
    return [replace(_clock(row), page=_page(actor, row)) for row in rows]


@dataclass(frozen=True)
class Stretch:
    """The duties that end within one stretch of time, most urgent first."""

    horizon: Horizon
    label: str
    clocks: list[Clock]

    @property
    def is_far(self) -> bool:
        return self.horizon is Horizon.LATER


def due_by_horizon(actor: Actor, now: datetime, *, commune_wide: bool = False) -> list[Stretch]:
    """What `due_items` lists, laid out by how near the end is; stretches without a duty are left out."""
    clocks = due_items(actor, commune_wide=commune_wide)
    near = {clock.id: horizon(clock.late_after, now) for clock in clocks}
    stretches = [
        Stretch(each, HORIZON_LABELS[each], [clock for clock in clocks if near[clock.id] is each]) for each in Horizon
    ]
    return [stretch for stretch in stretches if stretch.clocks]


def obligations_of(actor: Actor, *subjects: Subject) -> list[Clock]:
    """Every duty about these subjects that the actor may see, oldest first."""
    about = Q(pk__in=[])
    for kind in {subject.kind for subject in subjects}:
        ids = [subject.id for subject in subjects if subject.kind == kind]
        about |= Q(subject_kind=kind, subject_id__in=ids)
    rows = Obligation.objects.visible_to(actor).filter(about).select_related(*_SHOWN)
    return [_clock(row) for row in rows.order_by("started_at", "id")]


def running_subjects(actor: Actor, kind: str) -> set[UUID]:
    """The subjects of this kind about which some duty runs."""
    running = Obligation.objects.visible_to(actor).filter(subject_kind=kind, state=State.RUNNING)
    return set(running.values_list("subject_id", flat=True))


@dataclass(frozen=True)
class Punctuality:
    """How a commune's clocks ended in a period."""

    commune_id: int
    met: int
    late: int
    running: int
    overdue: int


def punctuality(actor: Actor, *, since: datetime, until: datetime, now: datetime) -> list[Punctuality]:
    """Clocks met, met late and running, by commune, of duties that began in the period. No names, no subjects."""
    actor.require(Permission.VIEW_OVERVIEW)
    begun = Obligation.objects.visible_to(actor).filter(started_at__gte=since, started_at__lt=until)
    running = Q(state=State.RUNNING)
    counts = begun.values("commune_id").annotate(
        met=Count("id", filter=Q(state=State.MET)),
        late=Count("id", filter=Q(state__in=[State.MET_LATE, State.BREACHED])),
        running=Count("id", filter=running & Q(late_after__gte=now)),
        overdue=Count("id", filter=running & Q(late_after__lt=now)),
    )
    return [Punctuality(**row) for row in counts.order_by("commune_id")]


@dataclass(frozen=True)
class ExcuseLine:
    """Somebody asks to be let off a duty."""

    id: UUID
    clock: Clock
    reason: str
    asked_at: datetime
    asked_by_name: str
    is_own: bool


def excuses_waiting(actor: Actor) -> list[ExcuseLine]:
    """What waits for a second person's word, oldest first."""
    actor.require(Permission.EXCUSE_DUTIES)
    rows = Excuse.objects.visible_to(actor).filter(answer=ExcuseAnswer.WAITING, obligation__state=State.RUNNING)
    related = rows.select_related(*(f"obligation__{name}" for name in _SHOWN))
    return [
        ExcuseLine(
            id=row.id,
            clock=_clock(row.obligation),
            reason=row.reason,
            asked_at=row.asked_at,
            asked_by_name=row.asked_by_name,
            is_own=row.asked_by_account_id == actor.account_id,
        )
        for row in related.order_by("asked_at", "id")[:LONGEST_LIST]
    ]


def running_duty(actor: Actor, obligation_id: UUID) -> Clock:
    """One duty, for a form about it. Raises `NotFoundError`."""
    actor.require(Permission.CARRY_DUTIES)
    return _clock(Obligation.objects.select_related(*_SHOWN).find(actor, obligation_id))


@dataclass(frozen=True)
class AbovePage:
    """A duty that went up: to whom it belongs, who has it, when they were told and read it, what came of it."""

    clock: Clock
    commune: str
    told_at: datetime | None
    read_at: datetime | None
    may_record: bool
    question: Question | None


def duty_above(actor: Actor, obligation_id: UUID) -> AbovePage:
    """One duty that went up, for whoever has it and for those who watch. Raises `NotFoundError`."""
    actor.require(Permission.CARRY_DUTIES)
    row = Obligation.objects.select_related(*_SHOWN, "commune").find(actor, obligation_id)
    if not (row.meant_post_id or _is_answered_above(row)):
        raise NotFoundError
    told_at, read_at = _told(row)
    may_record = row.owner_post_id == actor.post_id and is_above(row.owner_post.commune_id)
    return AbovePage(
        clock=_clock(row),
        commune=row.commune.name,
        told_at=told_at,
        read_at=read_at,
        may_record=may_record and row.state == State.RUNNING,
        question=question_above(row.subject_kind, row.rule),
    )


def _told(row: Obligation) -> tuple[datetime | None, datetime | None]:
    """When the post that has a duty was told of its subject, and when it read so."""
    with acting(_HOUSE):
        notice = Notice.objects.filter(to_post=row.owner_post_id, subject_id=row.subject_id).order_by("sent_at").first()
    return (notice.sent_at, notice.read_at) if notice else (None, None)


@dataclass(frozen=True)
class NoticeLine:
    what: str
    sent_at: datetime
    is_new: bool
    page: str
    subject_id: UUID


def notices(actor: Actor) -> list[NoticeLine]:
    """What the actor's post was told, newest first."""
    actor.require(Permission.VIEW_DUTIES)
    rows = list(Notice.objects.visible_to(actor).order_by("-sent_at", "id")[:LONGEST_LIST])
    above = _above_of(actor, {row.subject_id for row in rows})
    return [
        NoticeLine(
            row.what,
            row.sent_at,
            row.read_at is None,
            "duties:above" if row.subject_id in above else page_for(actor.can, row.subject_kind, is_ones_own=True),
            above.get(row.subject_id, row.subject_id),
        )
        for row in rows
    ]


def _above_of(actor: Actor, subjects: set[UUID]) -> dict[UUID, UUID]:
    """The duties that went up to the actor's post, by their subject: the subject itself is not theirs to open."""
    rows = Obligation.objects.visible_to(actor).filter(owner_post_id=actor.post_id, subject_id__in=subjects)
    rows = rows.select_related(*_SHOWN).order_by("started_at", "id")
    return {row.subject_id: row.id for row in rows if _is_answered_above(row)}


def _is_answered_above(row: Obligation) -> bool:
    """Whether a post above the commune has it: it went up, or belongs to whoever signed there what it is about."""
    if not is_above(row.owner_post.commune_id):
        return False
    return row.meant_post_id is not None or question_above(row.subject_kind, row.rule) is not None


def unread_notices(actor: Actor) -> int:
    return Notice.objects.visible_to(actor).filter(read_at__isnull=True).count()


def _page(actor: Actor, row: Obligation) -> str:
    return page_for(actor.can, row.subject_kind, is_ones_own=row.owner_post_id == actor.post_id)


def _clock(row: Obligation) -> Clock:
    limit, state = row.limit, State(row.state)
    return Clock(
        id=row.id,
        what=row.what,
        article=limit.article,
        limit=limit,
        owner=row.owner_post.title,
        village=row.village.name if row.village else None,
        started_at=row.started_at,
        due_at=row.due_at,
        late_after=row.late_after,
        state=state,
        state_label=STATE_LABELS[state],
        closed_at=row.closed_at,
        page=SUBJECT_PAGES[row.subject_kind],
        subject_id=row.subject_id,
        meant=row.meant_post.title if row.meant_post else "",
        is_above=_is_answered_above(row),
        decision=_decision(row),
    )


def _decision(row: Obligation) -> str:
    if not row.proof.startswith("duties.decision_above"):
        return ""
    made = row.decision_above
    signed = made.decided.in_words
    question = question_above(row.subject_kind, row.rule)
    if question is None or not made.outcome:
        return signed
    until = f", đến {write_datetime(made.ends_at)}" if made.ends_at else ""
    return f"{question.outcomes[made.outcome]}{until}. {signed}"
