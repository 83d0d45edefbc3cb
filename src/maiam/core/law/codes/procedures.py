"""How each measure is carried through: who decides where, on which clock, served on whom, and what is written down."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from maiam.core.law.codes.deadlines import deadlines
from maiam.core.law.codes.measures import measures, other_interventions
from maiam.core.law.codes.people import priority_groups
from maiam.core.law.codes.reading import Entry, ListError, Row, by_code, parse, read

Decider = Literal["chairman", "police_chief", "recorder", "elsewhere"]
Place = Literal["act", "perpetrator_home", "place", "victim_home"]
Condition = Literal["vulnerable_or_danger", "repeat_or_fined", "adult", "chosen", "child", "child_protector"]


class Choice(Entry):
    code: str
    vi: str


class Ask(Entry):
    """One fact that is written down at one step."""

    code: str
    vi: str
    at: Literal["request", "decision", "outcome"]
    kind: Literal["line", "text", "date", "moment", "money", "yes", "choice"]
    required: bool
    choices: str | None = None


class Procedure(Row):
    """The way of one measure. What the law says of it stands in the row of measures.yaml with the same code."""

    decided_by: Decider
    competent: Place
    effective: Literal["signing", "service"]
    ends: Literal["outcome", "term"]
    exclusive: bool
    decide_by: str | None = None
    term: str | None = None
    term_when: str | None = None
    conditions: tuple[Condition, ...] = ()
    served_on: tuple[str, ...] = ()
    consent: bool = False
    secret_place: bool = False
    sessions: bool = False
    handed_over: bool = False
    counts_as_fine: bool = False
    breach: str | None = None
    asks: tuple[Ask, ...]

    def asked_at(self, step: str) -> list[Ask]:
        return [ask for ask in self.asks if ask.at == step]


@cache
def procedures() -> Mapping[str, Procedure]:
    found = by_code(Procedure, read("measure_procedures")["items"], "measure_procedures.yaml")
    unknown = set(found) - set(measures()) - set(other_interventions())
    limits = {code for row in found.values() for code in (row.decide_by, row.term) if code} - set(deadlines())
    lists = {ask.choices for row in found.values() for ask in row.asks if ask.choices} - set(choice_lists())
    if unknown or limits or lists:
        raise ListError(f"measure_procedures.yaml names what no list has: {sorted(unknown | limits | lists)}.")
    return found


@cache
def choice_lists() -> Mapping[str, tuple[Choice, ...]]:
    """The answers a fact may be chosen from, by the name of their list."""
    raw = read("measure_procedures")["choices"]
    own = {
        name: tuple(parse(Choice, row, "measure_procedures.yaml") for row in raw[name])
        for name in ("counsel_services", "community_works")
    }
    groups = tuple(Choice(code=row.code, vi=row.vi) for row in priority_groups().values())
    return own | {"priority_groups": groups}


def label_of(code: str) -> str:
    """The measure as the law's list names it."""
    return measures()[code].vi if code in measures() else other_interventions()[code].vi
