"""Which law governs a record: the one in force on the date of the act, whatever has changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from pydantic import Field

from maiam.core.law.citations import in_vietnamese
from maiam.core.law.codes.measures import no_contact_by_commune
from maiam.core.law.codes.reading import Confirmed, Row, by_code, read
from maiam.core.law.codes.violence import Act, acts


class Regime(StrEnum):
    """The two laws on domestic violence; the second came into force on 1 July 2023."""

    LAW_2007 = "law_2007"
    LAW_2022 = "law_2022"


class RegimeRow(Row):
    vi: str
    short: str
    from_: date = Field(alias="from")
    until: date | None
    distance_m: int | None
    distance_legal: str
    criticism_age: int | None


@dataclass(frozen=True)
class Distance:
    """How near the person under a no-contact decision may come, and where the law says so."""

    metres: int
    article: str
    confirmed: Confirmed


def regime_on(day: date) -> Regime:
    """Return the regime of an act of this day; for acts older than any law, that of 2007, whose lists fit them best."""
    newest_first = sorted(_rows().values(), key=lambda row: row.from_, reverse=True)
    return next((Regime(row.code) for row in newest_first if row.from_ <= day), Regime.LAW_2007)


def name_of(regime: Regime) -> str:
    return _rows()[regime].vi


def acts_under(regime: Regime) -> Mapping[str, Act]:
    """The acts that were violence under this law, by their code of today."""
    if regime is Regime.LAW_2022:
        return acts()
    return {code: act for code, act in acts().items() if act.law2007 is not None}


def citation_of(act: Act, regime: Regime) -> str:
    """Cite an act under a regime: `điểm a khoản 1 Điều 3 Luật 13/2022/QH15`.

    Raises `ValueError` when the act was no violence under that law.
    """
    if regime is Regime.LAW_2022:
        return in_vietnamese(f"Law Art. 3(1)({act.letter})")
    if act.law2007 is None:
        raise ValueError(f"{act.code} is not in the Law of 2007.")
    return in_vietnamese(f"Law 02/2007 Art. 2(1)({act.law2007})")


def no_contact_distance(regime: Regime) -> Distance:
    row = _rows()[regime]
    measure = no_contact_by_commune()
    metres = measure.distance_m if row.distance_m is None else row.distance_m
    return Distance(metres, in_vietnamese(row.distance_legal), row.confirmed)


def criticism_age(regime: Regime) -> int | None:
    """From which age criticism was possible; None where the list of measures of today says it."""
    return _rows()[regime].criticism_age


@cache
def _rows() -> Mapping[str, RegimeRow]:
    return by_code(RegimeRow, read("regimes")["items"], "regimes.yaml")
