"""Referrals: those of a case, those waiting for a helper, one opened by either side."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases.models import Case
from maiam.contexts.duties import queries as clocks
from maiam.contexts.duties.queries import Clock
from maiam.contexts.support.models import Referral, UnmetNeed
from maiam.contexts.support.rules import referrals as rules
from maiam.contexts.support.rules.needs import NEED_LABELS, Need
from maiam.contexts.support.rules.referrals import STATE_COLOURS, STATE_LABELS, State
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role

SHOWN = 200
HELPERS = (Role.HEALTH_STATION, Role.WOMEN_UNION, Role.TRUSTED_HOST)


@dataclass(frozen=True)
class Helper:
    """A seat of the commune that takes referrals."""

    post_id: int
    title: str


@dataclass(frozen=True)
class ReferralLine:
    """One referral as a list shows it: nobody's name."""

    id: UUID
    need_label: str
    recipient: str
    state_label: str
    state_colour: str
    is_urgent: bool
    is_open: bool
    has_failed: bool
    sent_at: datetime
    words: str


@dataclass(frozen=True)
class ReferralPage:
    """One referral opened: what was told, its clocks, and the steps this reader may take."""

    row: Referral
    line: ReferralLine
    told: str
    clocks: list[Clock]
    next_states: list[State]
    case_id: UUID | None


def helpers_near(case: Case) -> list[Helper]:
    """The seats of the case's commune that take referrals."""
    posts = [accounts.post_for(role, commune_id=case.commune_id) for role in HELPERS]
    return [Helper(post.id, post.title) for post in posts if post]


def referrals_to(actor: Actor) -> list[ReferralLine]:
    """What was asked of the actor's post, the open ones first."""
    actor.require(Permission.ANSWER_REFERRALS)
    rows = Referral.objects.visible_to(actor).filter(to_post_id=actor.post_id).order_by("-sent_at", "-id")
    return sorted((line(row) for row in rows[:SHOWN]), key=lambda one: not one.is_open)


def referral(actor: Actor, referral_id: UUID, now: datetime) -> ReferralPage:
    """Open one referral. Raises `NotFoundError`."""
    actor.require_one(Permission.ANSWER_REFERRALS, Permission.VIEW_CASES)
    row = Referral.objects.select_related("to_post").find(actor, referral_id)
    audit.record_read(actor, "support.referral.read", row, at=now)
    return ReferralPage(
        row=row,
        line=line(row),
        told=row.told,
        clocks=clocks.obligations_of(actor, row.subject),
        next_states=_next_states(actor, row),
        case_id=row.case_id if actor.can(Permission.VIEW_CASES) else None,
    )


def unmet_counts(actor: Actor, *, since: datetime) -> dict[Need, int]:
    """How often each need could not be met in the actor's communes."""
    actor.require(Permission.VIEW_CASES)
    found = UnmetNeed.objects.visible_to(actor).filter(recorded_at__gte=since).values_list("need", flat=True)
    counted = list(found)
    return {need: counted.count(need) for need in Need if counted.count(need)}


def line(row: Referral) -> ReferralLine:
    state = State(row.state)
    return ReferralLine(
        id=row.id,
        need_label=NEED_LABELS[Need(row.need)],
        recipient=row.recipient,
        state_label=STATE_LABELS[state],
        state_colour=STATE_COLOURS[state],
        is_urgent=row.is_urgent,
        is_open=state in rules.OPEN,
        has_failed=state in rules.FAILED,
        sent_at=row.sent_at,
        words=row.words,
    )


def _next_states(actor: Actor, row: Referral) -> list[State]:
    """The recipient answers and ends; who sent takes back, and writes down what one outside the house said."""
    answers = actor.post_id == row.to_post_id or (row.to_post_id is None and actor.can(Permission.PLAN_SUPPORT))
    allowed = {State.ACCEPTED, State.REJECTED, State.DONE, State.STOPPED} if answers else set()
    if actor.can(Permission.PLAN_SUPPORT):
        allowed |= {State.REVOKED}
    return [state for state in State if state in allowed and rules.may_become(State(row.state), state)]
