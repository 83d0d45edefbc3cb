"""Every row of deadlines.yaml is a clock, a ceiling or a window of a named event, or says why it is none."""

import os
import re
from pathlib import Path

import pytest

from maiam.core.law.codes import deadlines
from maiam.core.law.codes.deadlines import deadline_events, is_house_rule
from maiam.core.law.limits import time_limits
from tests.architecture.source import SOURCE

PAGE = Path(__file__).parents[2] / "docs" / "law" / "deadlines.md"
LAW = [row for row in deadlines().values() if not is_house_rule(row.code)]
KINDS = {"clock": "clock", "ceiling": "longest", "window": "looks back", "none": "—"}
HEAD = """# Every time limit of the law, and what the house makes of it

Made from `core/law/lists/deadlines.yaml` and `deadline_events.yaml` by `tests/architecture/test_every_deadline.py`,
which fails when this page is behind; run with `MAIAM_WRITE_DOCS=1` in the environment it writes it again.
A *clock* is a duty of a post, started by the event; *longest* is a length nothing may exceed; what is none says why.

| Code | What | Limit | Article | Confirmed | In the house | Event, or why not |
|---|---|---|---|---|---|---|
"""


def page() -> str:
    return HEAD + "".join(line(row.code) for row in LAW)


def line(code: str) -> str:
    row, event = deadlines()[code], deadline_events()[code]
    limit = time_limits()[code].in_words if code in time_limits() else str(row.limit)
    confirmed = {True: "yes", False: "no", "partial": "in part"}[row.confirmed]
    said = f"`{event.by}`" if event.by else event.why
    return f"| {code} | {row.event} | {limit} | {row.legal} | {confirmed} | {KINDS[event.kind]} | {said} |\n"


def source() -> str:
    files = [path for path in SOURCE.rglob("*.py") if not {"tests", "migrations", "demo"} & set(path.parts)]
    return "\n".join(path.read_text() for path in files)


def test_no_row_is_forgotten_and_none_is_invented():
    assert set(deadline_events()) == {row.code for row in LAW}


def test_every_row_names_its_event_or_says_why_there_is_none():
    wrong = {code for code, event in deadline_events().items() if bool(event.by) == (event.kind == "none")}
    silent = {code for code, event in deadline_events().items() if event.kind == "none" and not event.why}

    assert (wrong, silent) == (set(), set())


def test_only_lengths_of_time_are_clocks():
    assert {code for code, event in deadline_events().items() if event.kind != "none"} <= set(time_limits())


@pytest.mark.parametrize("code", [code for code, event in deadline_events().items() if event.by])
def test_the_event_is_recorded_by_the_code_and_the_limit_is_used_there(code):
    text, event = source(), deadline_events()[code]
    context, thing, _ = str(event.by).split(".")
    lists = (SOURCE / "core" / "law" / "lists").glob("*.yaml")
    named = text + "".join(path.read_text() for path in lists if not path.name.startswith("deadline"))

    assert event.by in text or re.search(rf'f"{context}\.{thing}\.\{{', text), event.by
    assert code in named, f"nothing uses {code}"


def test_the_page_of_the_law_is_what_the_lists_say():
    if os.environ.get("MAIAM_WRITE_DOCS"):
        PAGE.write_text(page(), encoding="utf-8")

    assert PAGE.read_text(encoding="utf-8") == page()
