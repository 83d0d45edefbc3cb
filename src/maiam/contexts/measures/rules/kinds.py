"""What the procedure of a kind of measure asks and allows, over the lists of law. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from maiam.contexts.measures.rules.states import AUTHORITY
from maiam.core.law.citations import in_vietnamese
from maiam.core.law.codes import choice_lists, label_of, measures, other_interventions, procedures
from maiam.core.law.codes.procedures import Ask, Procedure
from maiam.core.law.limits import Months, TimeLimit, due_at, time_limit
from maiam.platform.access.policy import Role

CHILD_PLAN: Final = "X_CHILD_PLAN"
CHILD_SEPARATION: Final = "X_CHILD_SEPARATION"
# A court's order of no contact: broken, it tells of danger as the commune's own does.
COURT_BAN: Final = "M_C_BAN_COURT"
# What keeps the person of a case safe now: proves the first duty to a child done.
PROTECTING: Final = frozenset({"M_A_STOP", COURT_BAN, "M_D_SHELTER", "M_DD_MEDICAL", CHILD_SEPARATION})
FOR_CHILDREN: Final = frozenset({CHILD_PLAN, CHILD_SEPARATION})
EXCLUSIVE: Final = tuple(sorted(code for code, row in procedures().items() if row.exclusive))
WITH_CONSENT: Final = tuple(sorted(code for code, row in procedures().items() if row.consent))
SERVE: Final = "MEASURE_SERVE"
LEAVE_HEALTH: Final = "MEASURE_LEAVE_HEALTH"
_DECIDERS = {"chairman": Role.COMMUNE_CHAIRMAN, "police_chief": Role.COMMUNE_POLICE}
_DECIDER_LABELS = {
    "chairman": "Chủ tịch UBND xã",
    "police_chief": "Trưởng Công an xã",
    "recorder": "Người có mặt, cơ sở trợ giúp; xã ghi nhận",
    "elsewhere": "Cơ quan khác quyết định; xã chuyển hồ sơ và ghi nhận",
}
_PLACE_LABELS = {
    "act": "nơi xảy ra hành vi",
    "perpetrator_home": "nơi người có hành vi cư trú",
    "place": "nơi giúp đỡ",
    "victim_home": "nơi người bị bạo lực cư trú",
}
_CHILD_LAW = "Law on Children/Decree 56/2017"


def procedure(kind: str) -> Procedure:
    """The way of this kind. Raises `KeyError`."""
    return procedures()[kind]


def label(kind: str) -> str:
    return label_of(kind)


def article(kind: str) -> str:
    """Where the law speaks of it, in Vietnamese."""
    found = measures().get(kind)
    return in_vietnamese(found.legal if found else _CHILD_LAW)


def is_about_perpetrator(kind: str) -> bool:
    found = measures().get(kind)
    return found is not None and found.target == "perpetrator"


def is_doubtful(kind: str) -> bool:
    """Whether its arrangement was not compared with the whole text."""
    row = measures().get(kind) or other_interventions()[kind]
    return not (row.is_confirmed and procedure(kind).is_confirmed)


def starts_with_request(kind: str) -> bool:
    """Asked first, or written down when done."""
    row = procedure(kind)
    return row.decided_by in _DECIDERS or row.handed_over


def decider(kind: str) -> Role | None:
    """Whose signature it takes here; None when nobody of the house signs."""
    return _DECIDERS.get(procedure(kind).decided_by)


def decider_in_words(kind: str) -> str:
    row = procedure(kind)
    return f"{_DECIDER_LABELS[row.decided_by]}, {_PLACE_LABELS[row.competent]}"


def decide_limit(kind: str) -> TimeLimit | None:
    code = procedure(kind).decide_by
    return time_limit(code) if code else None


def term_limit(kind: str, facts: Mapping[str, str]) -> TimeLimit | None:
    """The longest it may last; some kinds have one only when a fact holds."""
    row = procedure(kind)
    applies = row.term_when is None or bool(facts.get(row.term_when))
    return time_limit(row.term) if row.term and applies else None


def is_term_lawful(limit: TimeLimit | None, starts_at: datetime, ends_at: datetime | None) -> bool:
    if limit is None:
        return ends_at is None or ends_at > starts_at
    return ends_at is not None and starts_at < ends_at <= due_at(limit, starts_at)


def outer_term(limit: TimeLimit) -> timedelta:
    """A length no lawful term exceeds, for the database, which does not count months as people do."""
    return timedelta(days=31 * limit.limit.count) if isinstance(limit.limit, Months) else limit.duration


def addressees(kind: str) -> tuple[str, ...]:
    row = procedure(kind)
    return (AUTHORITY, *row.served_on) if row.handed_over else row.served_on


def missing(kind: str, step: str, facts: Mapping[str, str]) -> list[Ask]:
    """The facts this step needs and does not have."""
    return [ask for ask in procedure(kind).asked_at(step) if ask.required and not str(facts.get(ask.code, "")).strip()]


def written(kind: str, step: str, facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The facts of a step as people read them."""
    return [(ask.vi, _answer(ask, facts[ask.code])) for ask in procedure(kind).asked_at(step) if facts.get(ask.code)]


def answers(kind: str, step: str, facts: Mapping[str, str]) -> dict[str, str]:
    """The facts of a step by their code, as people read them."""
    return {ask.code: _answer(ask, facts[ask.code]) for ask in procedure(kind).asked_at(step) if facts.get(ask.code)}


def _answer(ask: Ask, value: str) -> str:
    if ask.kind == "yes":
        return "Có"
    if ask.choices:
        return next((choice.vi for choice in choice_lists()[ask.choices] if choice.code == value), value)
    return value
