"""Reviews as their members read them: from what was frozen, not from what the records say today."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Post
from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.queries import Clock
from maiam.contexts.reviews import papers
from maiam.contexts.reviews.models import Frozen, Lesson, Member, Recommendation, Review
from maiam.contexts.reviews.rules import KIND_LABELS, STATE_COLOURS, STATE_LABELS, TERMS, Kind, State
from maiam.core.papers import OfficialPaper
from maiam.core.papers.content import digest
from maiam.core.text import write_date
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.audit.words import in_words
from maiam.platform.errors import NotFoundError

LONGEST_LIST = 200
_KINDS = {"system": "Hệ thống", "machine": "Hệ thống khác", "public": "Người dân"}
# Whose posts may be given a recommendation.
OWNERS = (
    Role.CULTURE_OFFICER,
    Role.COMMUNE_CHAIRMAN,
    Role.COMMUNE_POLICE,
    Role.HEALTH_STATION,
    Role.WOMEN_UNION,
)


@dataclass(frozen=True)
class ReviewLine:
    """One review as a list shows it: no name, no story."""

    id: UUID
    case_code: str
    kind: Kind
    kind_label: str
    state: State
    state_label: str
    state_colour: str
    happened_on: date
    asked_by_name: str
    asked_at: datetime


@dataclass(frozen=True)
class RecommendationLine:
    id: UUID
    words: str
    owner: str
    term_label: str
    due_at: datetime
    done_at: datetime | None
    done_words: str


@dataclass(frozen=True)
class FrozenPage:
    """What was frozen, ready to read, and whether it is still what was hashed."""

    frozen_at: datetime
    sha256: str
    is_whole: bool
    facts: list[dict[str, Any]]
    clocks: list[dict[str, Any]]
    knew: list[dict[str, Any]]
    counts: list[tuple[str, int]]

    @property
    def late(self) -> int:
        return sum(clock["is_late"] for clock in self.clocks)


@dataclass(frozen=True)
class ReviewPage:
    """One review; what only members read is None for whoever asks or agrees alone."""

    row: Review
    line: ReviewLine
    is_member: bool
    may_answer: bool
    members: list[Member]
    frozen: FrozenPage | None
    lessons: list[Lesson]
    recommendations: list[RecommendationLine]


@dataclass(frozen=True)
class PrintedReview:
    """The report as a paper, and the name of its file."""

    paper: OfficialPaper
    file_name: str


@dataclass(frozen=True)
class RecommendationPage:
    row: Recommendation
    line: RecommendationLine
    clocks: list[Clock]
    may_finish: bool


def reviews(actor: Actor) -> list[ReviewLine]:
    """The reviews the actor sits in, asked for, or may open as the second person; the newest first."""
    actor.require(Permission.VIEW_REVIEWS)
    return [_line(row) for row in Review.objects.visible_to(actor).order_by("-asked_at", "-id")[:LONGEST_LIST]]


def review(actor: Actor, review_id: UUID, now: datetime) -> ReviewPage:
    """Open one review. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_REVIEWS)
    row = Review.objects.find(actor, review_id)
    audit.record_read(actor, "reviews.review.read", row, at=now)
    members = Member.objects.visible_to(actor).filter(review=row, ended_at__isnull=True).order_by("added_at", "id")
    frozen = Frozen.objects.visible_to(actor).filter(review=row).first()
    made = Recommendation.objects.visible_to(actor).filter(review=row).select_related("owner_post")
    return ReviewPage(
        row=row,
        line=_line(row),
        is_member=is_member(actor, row),
        may_answer=row.state == State.ASKED
        and actor.can(Permission.AGREE_REVIEW)
        and row.asked_by_id != actor.account_id,
        members=list(members),
        frozen=_frozen(frozen) if frozen else None,
        lessons=list(Lesson.objects.visible_to(actor).filter(review=row).order_by("recorded_at", "id")),
        recommendations=[_recommended(one) for one in made.order_by("due_at", "id")],
    )


def printed_review(actor: Actor, review_id: UUID, now: datetime) -> PrintedReview:
    """The report of a review to print, for its members. Raises `NotFoundError`."""
    page = review(actor, review_id, now)
    if page.frozen is None:
        raise NotFoundError
    audit.record_read(actor, "reviews.report.printed", page.row, at=now)
    frozen = {"frozen_at": page.frozen.frozen_at, "facts": page.frozen.facts, "clocks": page.frozen.clocks}
    paper = papers.review_paper(
        page.row,
        members=[member.name for member in page.members],
        frozen=papers.printable(frozen),
        sha256=page.frozen.sha256,
        lessons=page.lessons,
        recommended=[(one.words, one.owner, write_date(one.due_at)) for one in page.recommendations],
    )
    return PrintedReview(paper, f"ra-soat-{page.row.case_code}")


def is_member(actor: Actor, row: Review) -> bool:
    return Member.objects.filter(review=row, account_id__in=actor.people, ended_at__isnull=True).exists()


def open_review(actor: Actor, review_id: UUID) -> Review:
    """An open review the actor sits in. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_REVIEWS)
    row = Review.objects.find(actor, review_id)
    if row.state != State.OPEN or not is_member(actor, row):
        raise NotFoundError
    return row


def recommendation(actor: Actor, recommendation_id: UUID, now: datetime) -> RecommendationPage:
    """One recommendation, for its owner or a member. Raises `NotFoundError`."""
    actor.require_one(Permission.CARRY_DUTIES, Permission.VIEW_REVIEWS)
    row = Recommendation.objects.select_related("owner_post").find(actor, recommendation_id)
    audit.record_read(actor, "reviews.recommendation.read", row, at=now)
    may_finish = row.owner_post_id == actor.post_id and row.done_at is None
    return RecommendationPage(row, _recommended(row), duties.obligations_of(actor, row.subject), may_finish)


def owners_near(actor: Actor, row: Review) -> list[Post]:
    """The posts of the commune that may be given a recommendation."""
    actor.require(Permission.VIEW_REVIEWS)
    posts = [accounts.post_for(role, commune_id=row.commune_id) for role in OWNERS]
    return [post for post in posts if post]


def titles_near(actor: Actor, row: Review, now: datetime) -> dict[int, str]:
    """By which post each account would sit in the review."""
    actor.require(Permission.VIEW_REVIEWS)
    return {account.id: post.title for post in owners_near(actor, row) for account in accounts.holders_of(post, now)}


def people_to_add(actor: Actor, row: Review, now: datetime) -> list[tuple[int, str, str]]:
    """Who may be called into the review: account, name and post of those who hold such a post in the commune now."""
    actor.require(Permission.VIEW_REVIEWS)
    sitting = {member.account_id for member in Member.objects.visible_to(actor).filter(review=row, ended_at=None)}
    found = [
        (account.id, account.full_name, post.title)
        for post in owners_near(actor, row)
        for account in accounts.holders_of(post, now)
    ]
    return [one for one in found if one[0] not in sitting]


def _frozen(row: Frozen) -> FrozenPage:
    content = row.content
    told = row.told
    return FrozenPage(
        frozen_at=row.frozen_at,
        sha256=row.sha256,
        is_whole=digest(content) == row.sha256,
        facts=_timed(told["facts"]),
        clocks=_timed(told["clocks"]),
        knew=[line | {"what": _act(line["what"]), "who": _who(line["who"])} for line in _timed(told["knew"])],
        counts=[(name, len(rows)) for name, rows in sorted(told["records"].items())],
    )


_MOMENTS = ("at", "started_at", "due_at", "closed_at", "read_at")


def _act(what: str) -> str:
    """What was frozen of an act is its code; people read its words. Sentences stay as they are."""
    return what if " " in what else in_words(what)


def _who(who: str) -> str:
    """People and posts stand there by name; a machine, the public and the house by their kind."""
    kind, _, rest = who.partition(":")
    return _KINDS.get(kind, who) if rest else who


def _timed(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The frozen lines with their moments as moments again."""
    return [line | {name: datetime.fromisoformat(line[name]) for name in _MOMENTS if line.get(name)} for line in lines]


def _line(row: Review) -> ReviewLine:
    state = State(row.state)
    return ReviewLine(
        id=row.id,
        case_code=row.case_code,
        kind=Kind(row.kind),
        kind_label=KIND_LABELS[Kind(row.kind)],
        state=state,
        state_label=STATE_LABELS[state],
        state_colour=STATE_COLOURS[state],
        happened_on=row.happened_on,
        asked_by_name=row.asked_by_name,
        asked_at=row.asked_at,
    )


def _recommended(row: Recommendation) -> RecommendationLine:
    return RecommendationLine(
        id=row.id,
        words=row.words,
        owner=row.owner_post.title,
        term_label=TERMS[row.term],
        due_at=row.due_at,
        done_at=row.done_at,
        done_words=row.done_words,
    )
