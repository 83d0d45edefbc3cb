"""Every time limit: the law's, and the province's own where the law is silent. `core.law.limits` makes them clocks."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import chain
from types import MappingProxyType
from typing import Any, Literal

from maiam.core.law.codes.reading import Entry, ListError, Row, by_code, parse, read


class Deadline(Row):
    """One time limit: what starts it, how long, who owes it, under which article."""

    event: str
    limit: int | str
    unit: Literal["hour", "day", "working_day", "month", "year", "immediate", "date", "interval", "agreed"]
    who: str
    legal: str
    regime: Literal["now", "plan2020", "repealed"]


_AS_ABOVE = "same"


@cache
def deadlines() -> Mapping[str, Deadline]:
    rows = chain(_cited(read("deadlines")["items"]), read("house_duties")["items"])
    return by_code(Deadline, rows, "deadlines.yaml, house_duties.yaml")


@cache
def is_house_rule(code: str) -> bool:
    """Tell whether the province set this limit itself (house_duties.yaml)."""
    return any(row["code"] == code for row in read("house_duties")["items"])


class DeadlineEvent(Entry):
    """What becomes of a row of deadlines.yaml in the house: by which recorded event, or why nothing."""

    code: str
    kind: Literal["clock", "ceiling", "window", "none"]
    by: str = ""
    why: str = ""


@cache
def deadline_events() -> Mapping[str, DeadlineEvent]:
    rows = [parse(DeadlineEvent, row, "deadline_events.yaml") for row in read("deadline_events")["items"]]
    if len(found := {row.code: row for row in rows}) != len(rows):
        raise ListError("deadline_events.yaml: a code stands there twice.")
    return MappingProxyType(found)


def _cited(rows: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Put the article in the place of "same", which means that of the row above."""
    legal = ""
    for row in rows:
        legal = legal if row["legal"] == _AS_ABOVE else row["legal"]
        yield {**row, "legal": legal}
