"""Who people are to each other, who comes first, and who does what."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from maiam.core.law.codes.reading import Labelled, ListError, by_code, read


class Relation(Labelled):
    """What the perpetrator is to the victim. `inverse` reads it the other way round."""

    scope: Literal["family", "extended", "other"]
    inverse: str
    legal: str | None = None


class PriorityGroup(Labelled):
    """People the Law puts first."""


class ActorInLaw(Labelled):
    """An office or body and what it does. The districts are for records before July 2025."""

    level: Literal["village", "commune", "district_until_2025", "province", "central", "judicial"]
    does: tuple[str, ...]
    legal: str | None


class SupportEstablishment(Labelled):
    """A kind of place that helps, Art. 35(2)."""

    letter: str


@cache
def relations() -> Mapping[str, Relation]:
    found = by_code(Relation, read("relations")["items"], "relations.yaml")
    unknown = {relation.inverse for relation in found.values()} - set(found)
    if unknown:
        raise ListError(f"relations.yaml: inverses nobody knows: {', '.join(sorted(unknown))}.")
    return found


@cache
def priority_groups() -> Mapping[str, PriorityGroup]:
    return by_code(PriorityGroup, read("relations")["priority_groups"], "relations.yaml")


@cache
def actors() -> Mapping[str, ActorInLaw]:
    return by_code(ActorInLaw, read("actors")["items"], "actors.yaml")


@cache
def support_establishments() -> Mapping[str, SupportEstablishment]:
    return by_code(SupportEstablishment, read("actors")["support_establishments"], "actors.yaml")
