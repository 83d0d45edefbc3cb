"""Who stands too near to the accused (conflicts.yaml): the province's own setting."""

from functools import cache

from pydantic import Field

from maiam.core.law.codes.people import relations
from maiam.core.law.codes.reading import Entry, ListError, parse, read


class KinStep(Entry):
    """How far one relation leads: degrees of birth or adoption, and marriages on the way."""

    relation: str
    degree: int = Field(ge=0)
    marriages: int = Field(ge=0, le=1)


class SeatsInstead(Entry):
    """The roles of a commune that may act where nobody free sits in one."""

    role: str
    then: tuple[str, ...] = Field(min_length=1)


class Nearness(Entry):
    """How near is too near, and where a matter goes then."""

    schema_version: int
    confirmed: bool
    degree: int = Field(gt=0, le=6)
    in_laws: bool
    same_household: bool
    steps: tuple[KinStep, ...] = Field(min_length=1)
    seats_instead: tuple[SeatsInstead, ...]
    seats_above: tuple[str, ...] = Field(min_length=1)


@cache
def nearness() -> Nearness:
    """The setting. Raises `ListError` on a relation nobody knows, or one without a way through it."""
    found = parse(Nearness, dict(read("conflicts")), "conflicts.yaml")
    named = [step.relation for step in found.steps]
    if set(named) - set(relations()) or len(set(named)) != len(named):
        raise ListError("conflicts.yaml: a relation is unknown, or stands there twice.")
    return found
