"""What domestic violence is: its acts, its kinds, and the conduct forbidden around it."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from maiam.core.law.codes.reading import Confirmed, Labelled, ListError, by_code, read


class Kind(Labelled):
    """One of the four kinds of violence. The statistical forms call the physical one by another word."""

    vi_statistics: str
    legal: str


class Act(Labelled):
    """One of the 16 acts of Art. 3(1). Its kinds are our working classification: the Law gives none."""

    letter: str
    kind_main: str
    kinds_also: tuple[str, ...]
    ex_spouse: Literal[True, False, "partial"]
    ex_spouse_note: str | None = None
    penalty: str | None
    law2007: str | None

    @property
    def kinds(self) -> tuple[str, ...]:
        return (self.kind_main, *self.kinds_also)


class ProhibitedConduct(Labelled):
    """Conduct of Art. 5(2)-(7): not an act of violence, but data group 8 records who commits it."""

    clause: int
    penalty: str


@cache
def kinds() -> Mapping[str, Kind]:
    return by_code(Kind, read("kinds")["items"], "kinds.yaml")


@cache
def acts() -> Mapping[str, Act]:
    found = by_code(Act, read("acts")["items"], "acts.yaml")
    if len(found) != read("acts")["count"]:
        raise ListError(f"acts.yaml: {len(found)} acts, and the Law has {read('acts')['count']}.")
    unknown = {kind for act in found.values() for kind in act.kinds} - set(kinds())
    if unknown:
        raise ListError(f"acts.yaml: kinds nobody knows: {', '.join(sorted(unknown))}.")
    return found


@cache
def prohibited_conduct() -> Mapping[str, ProhibitedConduct]:
    return by_code(ProhibitedConduct, read("acts")["related_prohibited_conduct"], "acts.yaml")


def classification_confirmed() -> Confirmed:
    """Whether the sorting of acts into kinds was found in a text of law."""
    confirmed: Confirmed = read("acts")["classification_confirmed"]
    return confirmed
