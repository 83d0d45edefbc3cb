"""Rounds as officers see them, villages as collectors see them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from maiam.contexts.accounts.models import Post
from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.queries import Clock
from maiam.contexts.families.models import Household, HouseholdMembership
from maiam.contexts.families.rules import MemberRole
from maiam.contexts.surveys.models import Assignment, Draft, Round, Sheet
from maiam.contexts.surveys.queries.progress import Progress, VillageLine, open_households, progress_of, whole
from maiam.contexts.surveys.queries.settings import own_post
from maiam.contexts.surveys.rules.rounds import RoundState, Standing
from maiam.core.law.limits import TimeLimit, time_limit
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.access.policy import POWERS

LONGEST_LIST = 100


@dataclass(frozen=True)
class RoundLine:
    round: Round
    whole: Progress
    handed_in: int
    villages: int


@dataclass(frozen=True)
class RoundPage:
    """One round with its villages, its conflicts and its clocks."""

    round: Round
    limit: TimeLimit
    lines: list[VillageLine]
    whole: Progress
    waiting: list[Sheet]
    clocks: list[Clock]

    @property
    def handed_in(self) -> int:
        return sum(line.assignment.is_handed_in for line in self.lines)


@dataclass(frozen=True)
class MyVillage:
    """One village a collector has to do."""

    assignment: Assignment
    progress: Progress
    clock: Clock | None


@dataclass(frozen=True)
class HouseholdLine:
    """One household in a collector's list."""

    id: UUID
    code: str
    address: str
    head_name: str
    sheet: Sheet | None
    is_started: bool
    is_waiting: bool


@dataclass(frozen=True)
class AssignmentPage:
    """A village's households in a round, those still to be done first."""

    assignment: Assignment
    progress: Progress
    households: list[HouseholdLine]
    clock: Clock | None

    @property
    def started(self) -> int:
        return sum(line.is_started for line in self.households)

    @property
    def is_collected(self) -> bool:
        return self.assignment.round.is_running and not self.assignment.is_handed_in

    @property
    def may_be_given_back(self) -> bool:
        return self.assignment.round.is_running and self.assignment.is_handed_in


def rounds(actor: Actor) -> list[RoundLine]:
    """The rounds of the actor's commune, the latest first."""
    actor.require(Permission.RUN_ROUNDS)
    rows = list(
        Round.objects.visible_to(actor).select_related("version").order_by("-prepared_at", "-id")[:LONGEST_LIST]
    )
    lines = progress_of(actor, rows, Assignment.objects.visible_to(actor))
    return [_round_line(row, lines[row.id]) for row in rows]


def _round_line(row: Round, lines: list[VillageLine]) -> RoundLine:
    return RoundLine(row, whole(lines), sum(line.assignment.is_handed_in for line in lines), len(lines))


def my_villages(actor: Actor) -> list[MyVillage]:
    """The villages given to the actor's post, or that the post is of, in rounds that run."""
    actor.require(Permission.COLLECT_ANSWERS)
    post_id = own_post(actor)
    mine = Assignment.objects.visible_to(actor).filter(round__state=RoundState.RUNNING)
    if actor.village_ids is None:
        mine = mine.filter(post_id=post_id)
    running = list(Round.objects.visible_to(actor).filter(state=RoundState.RUNNING, assignments__in=mine).distinct())
    lines = [line for of_round in progress_of(actor, running, mine).values() for line in of_round]
    clocks = {
        clock.subject_id: clock
        for clock in duties.obligations_of(actor, *(line.assignment.subject for line in lines))
        if clock.is_running
    }
    found = [MyVillage(line.assignment, line.progress, clocks.get(line.assignment.id)) for line in lines]
    return sorted(found, key=lambda one: (one.assignment.is_handed_in, str(one.assignment.round.due_at)))


def round_page(actor: Actor, round_id: UUID) -> RoundPage:
    """Open one round. Raises `NotFoundError`."""
    actor.require(Permission.RUN_ROUNDS)
    row = Round.objects.select_related("version", "commune").find(actor, round_id)
    lines = progress_of(actor, [row], Assignment.objects.visible_to(actor))[row.id]
    waiting = Sheet.objects.visible_to(actor).filter(round=row, standing=Standing.WAITING)
    return RoundPage(
        round=row,
        limit=time_limit(row.limit),
        lines=lines,
        whole=whole(lines),
        waiting=list(waiting.select_related("household", "village").order_by("received_at", "id")),
        clocks=duties.obligations_of(actor, row.subject),
    )


def assignment_page(actor: Actor, assignment_id: UUID, now: datetime) -> AssignmentPage:
    """A village's households in one round. Raises `NotFoundError`."""
    actor.require(Permission.COLLECT_ANSWERS)
    row = Assignment.objects.select_related("round__version", "village", "post").find(actor, assignment_id)
    (line,) = progress_of(actor, [row.round], Assignment.objects.visible_to(actor).filter(id=row.id))[row.round_id]
    clocks = [clock for clock in duties.obligations_of(actor, row.subject) if clock.is_running]
    audit.record_read(actor, "surveys.assignment.opened", row, at=now)
    return AssignmentPage(row, line.progress, _households(actor, row), clocks[0] if clocks else None)


def _households(actor: Actor, row: Assignment) -> list[HouseholdLine]:
    heads = HouseholdMembership.objects.filter(household=OuterRef("pk"), role=MemberRole.HEAD, ends_on__isnull=True)
    found = open_households(actor, row.commune_id, row.village_id).annotate(
        head_name=Subquery(heads.values("person__full_name")[:1]),
        head_key=Subquery(heads.values("person__sort_key")[:1]),
    )
    sheets = Sheet.objects.visible_to(actor).filter(assignment=row)
    current = {sheet.household_id: sheet for sheet in sheets.filter(is_current=True).defer("answers", "told")}
    waiting = set(sheets.filter(standing=Standing.WAITING).values_list("household_id", flat=True))
    post_id = own_post(actor)
    drafts = Draft.objects.visible_to(actor).filter(assignment=row, post_id=post_id, sent_at__isnull=True)
    started = set(drafts.values_list("household_id", flat=True))
    lines = [
        HouseholdLine(
            id=one.id,
            code=one.code,
            address=one.address,
            head_name=one.head_name or "",
            sheet=current.get(one.id),
            is_started=one.id in started,
            is_waiting=one.id in waiting,
        )
        for one in found.order_by("head_key", "code")
    ]
    return sorted(lines, key=_still_to_do_first)


def _still_to_do_first(line: HouseholdLine) -> tuple[bool, bool]:
    return line.sheet is not None and not line.is_started, not line.is_started


def collectors(actor: Actor, commune_id: int) -> list[Post]:
    """The posts of a commune that may collect: its village heads and its officers."""
    actor.require(Permission.RUN_ROUNDS)
    roles = [role for role in Role if Permission.COLLECT_ANSWERS in POWERS[role]]
    posts = Post.objects.filter(commune_id=commune_id, role__in=roles, is_active=True)
    return list(posts.select_related("village").order_by("village__folded_name", "title", "id"))


def household_of(actor: Actor, assignment: Assignment, household_id: UUID) -> Household:
    """A household of the assignment's village. Raises `NotFoundError`."""
    rows = Household.objects.visible_to(actor).filter(commune_id=assignment.commune_id)
    rows = rows.filter(village=assignment.village) if assignment.village else rows.filter(village__isnull=True)
    return rows.select_related("village").find(actor, household_id)
