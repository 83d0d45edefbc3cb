"""Where a case stands and why, what its records already answer, and how the tool did on our own cases."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.models import Case
from maiam.contexts.risk import rules
from maiam.contexts.risk.models import CaseRisk, RiskAssessment, RiskRaise
from maiam.contexts.risk.rules import RAISE_REASON_LABELS, STATE_LABELS, Calibration, KnownFacts, RaiseReason, State
from maiam.core.risk import LEVEL_LABELS, SCALE_LABELS, Assessment, Instrument, Level, assess, instrument, latest
from maiam.core.text import VIETNAM
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@dataclass(frozen=True)
class Standing:
    """The level of a case in one word; None before the first assessment."""

    level: Level | None
    since: datetime | None

    @property
    def label(self) -> str:
        return LEVEL_LABELS[self.level] if self.level else "Chưa đánh giá"

    @property
    def colour(self) -> str:
        return rules.LEVEL_COLOURS[self.level] if self.level else "red"


@dataclass(frozen=True)
class ScaleLine:
    """One scale, as people read it."""

    label: str
    level_label: str
    least: int
    most: int

    @property
    def is_certain(self) -> bool:
        return self.least == self.most


@dataclass(frozen=True)
class Signed:
    """A signed assessment, opened: the result again from its answers and its own version."""

    row: RiskAssessment
    instrument: Instrument
    result: Assessment

    @property
    def state_label(self) -> str:
        return STATE_LABELS[State(self.row.state)]

    @property
    def level_label(self) -> str:
        return LEVEL_LABELS[Level(self.row.level)]

    @property
    def scales(self) -> list[ScaleLine]:
        return [
            ScaleLine(SCALE_LABELS[score.scale], LEVEL_LABELS[score.level], score.least, score.most)
            for score in self.result.scores
        ]

    @property
    def open_questions(self) -> list[str]:
        return [self.instrument.question(code).vi for code in self.result.unknown]


@dataclass(frozen=True)
class RaiseLine:
    level_label: str
    reason_label: str
    words: str
    raised_at: datetime
    raised_by_name: str


@dataclass(frozen=True)
class RiskPage:
    """Everything about the danger in one case."""

    case: Case
    standing: Standing
    assessments: list[Signed]
    raises: list[RaiseLine]

    @property
    def in_force(self) -> Signed | None:
        return next((one for one in self.assessments if one.row.state == State.IN_FORCE), None)

    @property
    def waiting(self) -> Signed | None:
        return next((one for one in self.assessments if one.row.state == State.WAITING), None)

    @property
    def higher_levels(self) -> list[Level]:
        floor = self.standing.level.rank if self.standing.level else -1
        return [level for level in Level if level.rank > floor]


def standing(actor: Actor, case_id: UUID) -> Standing:
    """The level of a case. Raises `NotFoundError`."""
    case = cases.case_summary(actor, case_id)
    row = CaseRisk.objects.visible_to(actor).filter(case=case).first()
    return Standing(Level(row.level), row.since) if row else Standing(None, None)


def has_assessment(actor: Actor, case_id: UUID) -> bool:
    """Was the danger of this case ever assessed, within the actor's reach?"""
    return RiskAssessment.objects.visible_to(actor).filter(case_id=case_id).exists()


def risk_page(actor: Actor, case_id: UUID, now: datetime) -> RiskPage:
    """Open the danger of one case. Raises `NotFoundError`."""
    case = cases.case_summary(actor, case_id)
    audit.record_read(actor, "risk.assessment.read", case, at=now)
    signed = RiskAssessment.objects.visible_to(actor).filter(case=case).order_by("-signed_at", "-id")
    raised = RiskRaise.objects.visible_to(actor).filter(case=case).order_by("-raised_at", "-id")
    return RiskPage(case, standing(actor, case_id), [_opened(row) for row in signed], [_raised(row) for row in raised])


def known_answers(actor: Actor, case_id: UUID, now: datetime) -> dict[str, str]:
    """What the case's own records answer of the questions."""
    days, breaches = cases.risk_facts(actor, case_id, now)
    known = KnownFacts(
        tuple(moment.astimezone(VIETNAM).date() for moment in days), tuple(rules.Breach(*one) for one in breaches)
    )
    return known.answers(latest(), now)


def last_answers(actor: Actor, case_id: UUID) -> dict[str, str]:
    """The answers of the assessment in force, to begin the next from."""
    row = RiskAssessment.objects.visible_to(actor).filter(case_id=case_id, state=State.IN_FORCE).first()
    if row is None or row.version != latest().version:
        return {}
    return row.answers


def calibration(actor: Actor, now: datetime) -> list[Calibration]:
    """By level, of the assessments followed for 90 days: how many cases, how many with another incident since."""
    actor.require(Permission.VIEW_OVERVIEW)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT level, repeated FROM risk_followed(%s, %s)", [now - rules.FOLLOWED_FOR, rules.FOLLOWED_FOR.days]
        )
        return rules.calibrations(cursor.fetchall())


def _opened(row: RiskAssessment) -> Signed:
    made_with = instrument(row.version)
    return Signed(row, made_with, assess(made_with, row.answers))


def _raised(row: RiskRaise) -> RaiseLine:
    return RaiseLine(
        level_label=LEVEL_LABELS[Level(row.level)],
        reason_label=RAISE_REASON_LABELS[RaiseReason(row.reason)],
        words=row.words,
        raised_at=row.raised_at,
        raised_by_name=row.raised_by_name,
    )
