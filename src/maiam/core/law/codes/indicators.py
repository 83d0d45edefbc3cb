"""What the province counts, why, and how each figure could be bent."""

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Literal

from maiam.core.law.codes.reading import Entry, ListError, parse, read


class Indicator(Entry):
    """One figure. Of `neutral` direction it is never good or bad, so it is never scored and has no target."""

    id: str
    block: str
    vi: str
    en: str
    definition: str
    numerator: str
    denominator: str
    unit: str
    direction: Literal["higher", "lower", "neutral"]
    level: tuple[str, ...]
    period: str
    source: str
    statutory: Literal[True, False, "unknown"]
    use: Literal["scored", "gate", "context", "work_list"]
    disclose: Literal["public", "province", "internal"]
    legal: str | None = None
    target: float | None = None
    floor: float | None = None
    minimum: int | None = None
    method: str | None = None
    gaming: str | None = None
    guard: str | None = None


@cache
def indicators() -> Mapping[str, Indicator]:
    return MappingProxyType(_checked(read("indicators")["items"]))


def _checked(rows: Iterable[Any]) -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    for row in rows:
        indicator = parse(Indicator, row, "indicators.yaml")
        if indicator.id in found:
            raise ListError(f"indicators.yaml: {indicator.id} stands there twice.")
        if indicator.direction == "neutral" and (indicator.use == "scored" or indicator.target is not None):
            raise ListError(f"indicators.yaml: {indicator.id} is neutral, so it is never scored and has no target.")
        found[indicator.id] = indicator
    return found
