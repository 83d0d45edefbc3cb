"""How officers of the demonstration judge danger: a first look, then again and again, a little calmer each time."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from maiam.contexts.duties import services as duties
from maiam.contexts.duties.rules import Subject
from maiam.contexts.places.models import Unit
from maiam.contexts.risk import services as risk
from maiam.contexts.risk.models import RiskAssessment
from maiam.contexts.risk.rules import State
from maiam.core.law.limits import time_limit
from maiam.core.risk import FIRST, NO, UNKNOWN, YES, Level, Question, again, latest
from maiam.platform.access import Role, acting
from maiam.web.demo.offices import seated

FIRST_LOOK = timedelta(hours=19)
# Looked at a little before it is due; the share of yes at first, and how fast it falls from look to look.
IN_GOOD_TIME, YES_AT_FIRST, CALMER = 0.9, 0.12, 0.45
# Some of the first answers; asked again, they are known.
NOT_KNOWN = 0.04
CALM_NOW = "Người bị bạo lực nói đã yên hơn; họ hàng ở gần để ý."


def look(
    case_id: UUID, commune: Unit, random: Random, *, opened_at: datetime, until: datetime, is_end: bool = False
) -> None:
    """Assess a case from its first day until a moment, each time before the clock runs out; calm where it ends then."""
    at, share = opened_at + FIRST_LOOK, YES_AT_FIRST
    last = until - timedelta(days=1)
    while at < (last if is_end else until):
        level = _sign(case_id, commune, _answers(random, share), at)
        at += time_limit(again(level)).duration * IN_GOOD_TIME
        share *= CALMER
    if is_end:
        _sign(case_id, commune, _answers(random, 0), last)


def looked_again(case_id: UUID, commune: Unit, happened_at: datetime) -> None:
    """Something new happened in a case whose assessments `look` has told already: one of them was for it."""
    officer, at = seated(Role.CULTURE_OFFICER, commune, happened_at), happened_at + FIRST_LOOK
    subject = Subject("cases.case", case_id)
    with acting(officer):
        duties.meet_obligation(actor=officer, rule=FIRST, subject=subject, met_at=at, now=at, proof="risk.assessment")


def _sign(case_id: UUID, commune: Unit, answers: dict[str, str], at: datetime) -> Level:
    """Return the level that holds afterwards; where it falls, the chairwoman agrees."""
    officer = seated(Role.CULTURE_OFFICER, commune, at)
    with acting(officer):
        signed = risk.sign_assessment(actor=officer, case_id=case_id, answers=answers, note=CALM_NOW, now=at)
    if signed.state == State.WAITING:
        _agree(signed, commune, at + timedelta(hours=2))
    return Level(signed.level)


def _agree(signed: RiskAssessment, commune: Unit, at: datetime) -> None:
    chairwoman = seated(Role.COMMUNE_CHAIRMAN, commune, at)
    with acting(chairwoman):
        risk.decide_lowering(actor=chairwoman, assessment_id=signed.id, agrees=True, now=at)


def _answers(random: Random, share: float) -> dict[str, str]:
    return {question.code: _answer(random, question, share) for question in latest().questions}


def _answer(random: Random, question: Question, share: float) -> str:
    if question.choices:
        return question.choices[0].code
    if share == YES_AT_FIRST and random.random() < NOT_KNOWN:
        return UNKNOWN
    return YES if random.random() < share / (2 if question.critical else 1) else NO
