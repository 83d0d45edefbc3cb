"""Whatever the trail can say, the inspector reads in words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from maiam.contexts.cases.rules import cases, incidents, no_contact
from maiam.contexts.changes import rules as changes
from maiam.contexts.contacts.rules import messages
from maiam.contexts.disclosures import rules as disclosures
from maiam.contexts.duties import rules as duties
from maiam.contexts.measures.rules import states as measures
from maiam.contexts.reports.models.talk import MessageKind
from maiam.contexts.reports.rules import states as reports
from maiam.contexts.reviews import rules as reviews
from maiam.contexts.rights import rules as rights
from maiam.contexts.support.rules import referrals
from maiam.contexts.webhooks import rules as webhooks
from maiam.platform.audit.words import DEEDS, THINGS, in_words
from tests.architecture.source import SOURCE

RECORDING = {"record", "record_many", "record_read"}
PARTS_OF_AN_ACT = 3


def calls(path: Path) -> Iterator[ast.expr]:
    """The second argument of each call that records."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RECORDING:
            yield from node.args[1:2]


def acts() -> Iterator[str]:
    """Every act written out in the source, and the thing of each whose deed is put in later."""
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" in path.parts:
            continue
        for act in calls(path):
            if isinstance(act, ast.Constant):
                yield str(act.value)
            elif isinstance(act, ast.JoinedStr) and isinstance(act.values[0], ast.Constant):
                yield str(act.values[0].value)


@pytest.mark.parametrize("act", sorted(set(acts())))
def test_every_act_has_words(act):
    thing, _, deed = act.rpartition(".")

    assert thing in THINGS or act.count(".") < PARTS_OF_AN_ACT - 1
    assert not deed or deed in DEEDS or deed.endswith("_")


STATES_AS_DEEDS = (
    duties.State, duties.ExcuseAnswer, measures.State, measures.EventKind, no_contact.State, cases.Status,
    incidents.Verification, rights.Act, changes.Act, reviews.State, disclosures.State, messages.Result,
    webhooks.State, reports.Step, referrals.State, MessageKind,
)  # fmt: skip


@pytest.mark.parametrize("states", STATES_AS_DEEDS, ids=lambda states: states.__module__)
def test_every_state_that_is_put_into_an_act_has_words(states):
    assert [state for state in states if state not in DEEDS] == []


def test_an_act_without_words_keeps_its_code():
    assert in_words("reports.report.filed") == "Tin báo: ghi nhận"
    assert in_words("reports.report.flown") == "Tin báo: flown"
    assert in_words("a.b.c") == "a.b.c"
