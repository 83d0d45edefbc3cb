"""The registry of papers: each template as data, checked when first read."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

from maiam.core.law.codes.papers import forms
from maiam.core.law.codes.procedures import procedures
from maiam.core.law.codes.reading import Entry, ListError, Row, by_code, read

Issuing = Literal["committee", "police", "decider", "citizen"]
_PLACEHOLDER = re.compile(r"{(\w+)}")
# What the page that issues knows without being told.
GIVEN = frozenset({"commune", "chair", "police_chief", "decider", "article"})


class FactNeeded(Entry):
    """One fact a template prints; typed by the signer, or read from the record."""

    code: str
    typed: bool = False


class PaperTemplate(Row):
    """One paper: who issues it, about which measures, what must be known, what it says, whom it must reach."""

    form: str | None
    vi: str
    type_name: str
    issuer: Issuing
    abstract: str = ""
    series: str = ""
    numbered: bool = True
    layout_confirmed: bool = False
    kinds: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    facts: tuple[FactNeeded, ...] = ()
    bases: tuple[str, ...] = ()
    addressed_to: str = ""
    articles: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()
    signatures: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    served: bool = False
    revokes: tuple[str, ...] = ()
    written_by: str | None = None

    @property
    def is_for_measures(self) -> bool:
        return bool(self.kinds)

    @property
    def typed(self) -> list[str]:
        return [fact.code for fact in self.facts if fact.typed]

    @property
    def placeholders(self) -> set[str]:
        texts = (self.abstract, self.addressed_to, *self.articles, *self.lines)
        return {name for text in texts for name in _PLACEHOLDER.findall(text)}


@cache
def paper_templates() -> Mapping[str, PaperTemplate]:
    """Every template by its code. Raises `ListError`."""
    found = by_code(PaperTemplate, read("paper_templates")["items"], "paper_templates.yaml")
    for row in found.values():
        _check(row, found)
    return found


@cache
def paper_facts() -> Mapping[str, str]:
    """Each fact a template may print, as people call it."""
    facts: dict[str, str] = read("paper_templates")["facts"]
    return facts


@cache
def never_on_paper() -> frozenset[str]:
    """Facts of the records that no template may name."""
    return frozenset(read("paper_templates")["never"])


@cache
def forms_not_made_here() -> Mapping[str, str]:
    """Forms of the list which no paper of the house serves, and why."""
    reasons: dict[str, str] = read("paper_templates")["not_made_here"]
    return reasons


def templates_for(kind: str, state: str) -> list[PaperTemplate]:
    """The papers that may be made about a measure of this kind in this state."""
    return [row for row in paper_templates().values() if kind in row.kinds and state in row.states]


def _check(row: PaperTemplate, found: Mapping[str, PaperTemplate]) -> None:
    asked = {fact.code for fact in row.facts}
    faults: dict[str, set[str]] = {
        "forms": ({row.form} if row.form else set()) - set(forms()),
        "measures": set(row.kinds) - set(procedures()),
        "facts": (asked - set(paper_facts())) | (row.placeholders - asked - GIVEN),
        "secrets": (asked | row.placeholders) & never_on_paper(),
        "revoked": set(row.revokes) - set(found),
        "series": {row.code} if row.numbered != bool(row.series) else set(),
        "text": {row.code} if bool(row.written_by) == bool(row.articles or row.lines) else set(),
    }
    if wrong := {name: sorted(codes) for name, codes in faults.items() if codes}:
        raise ListError(f"paper_templates.yaml: {row.code} names what no list has: {wrong}.")
