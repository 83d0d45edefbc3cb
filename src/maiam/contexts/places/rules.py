"""The words for units, villages and what became of them; and totals carried from one map to another. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

# The day 63 provinces became 34, districts ended and 10,035 communes became 3,321 (Resolution 202/2025/QH15).
MERGED_ON = date(2025, 7, 1)


class Listed(StrEnum):
    """A list of codes that forms and tables offer as choices."""

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        return [(member.value, member.value) for member in cls]


class Level(Listed):
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


class Kind(Listed):
    TINH = "tinh"
    THANH_PHO = "thanh_pho"
    QUAN = "quan"
    HUYEN = "huyen"
    THI_XA = "thi_xa"
    XA = "xa"
    PHUONG = "phuong"
    THI_TRAN = "thi_tran"
    DAC_KHU = "dac_khu"


class SuccessionKind(Listed):
    MERGED = "merged"
    SPLIT = "split"
    RENAMED = "renamed"
    UPGRADED = "upgraded"
    UNCHANGED = "unchanged"


class VillageKind(Listed):
    THON = "thon"
    BON = "bon"
    BUON = "buon"
    TO_DAN_PHO = "to_dan_pho"


VILLAGE_KIND_LABELS = {
    VillageKind.THON: "Thôn",
    VillageKind.BON: "Bon",
    VillageKind.BUON: "Buôn",
    VillageKind.TO_DAN_PHO: "Tổ dân phố",
}


@dataclass(frozen=True)
class Part:
    """One way from a unit to another. `share` is None where nobody published it; a reckoned one is an estimate."""

    start_id: int
    end_id: int
    share: float | None
    is_reckoned: bool = False


@dataclass(frozen=True)
class Carried:
    """Totals one step on; `left` are those of units from which no way leads."""

    by_unit: dict[int, float]
    estimated_units: frozenset[int]
    left: dict[int, float]


@dataclass(frozen=True)
class CarriedTotals:
    """Totals on another map. What could not be placed is told apart, so that parts and rest sum to the whole."""

    by_unit: dict[int, float]
    estimated_units: frozenset[int]
    unplaced: float


def carry(totals: Mapping[int, float], parts: Iterable[Part], estimated: frozenset[int] = frozenset()) -> Carried:
    """Carry totals of units along the ways that lead from them; what comes out sums to what went in.

    Published shares are used as they are; where a split has none, its total is divided evenly and the
    receiving units are marked as estimated, as are those that receive what was `estimated` before.
    """
    ways: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        ways[part.start_id].append(part)
    placed: dict[int, float] = defaultdict(float)
    doubtful: set[int] = set()
    for unit_id in totals.keys() & ways.keys():
        known, shares = ways[unit_id], _shares(ways[unit_id])
        for part, share in zip(known, shares, strict=True):
            placed[part.end_id] += totals[unit_id] * share
        is_guess = len(known) > 1 and any(part.share is None or part.is_reckoned for part in known)
        if is_guess or unit_id in estimated:
            doubtful.update(part.end_id for part in known)
    left = {unit_id: total for unit_id, total in totals.items() if unit_id not in ways}
    return Carried(dict(placed), frozenset(doubtful), left)


def _shares(parts: list[Part]) -> list[float]:
    """Shares of one unit's ways: published ones first, what is left evenly among the others; they sum to 1."""
    known = sum(part.share for part in parts if part.share is not None)
    unknown = sum(part.share is None for part in parts)
    rest = max(1 - known, 0) / unknown if unknown else 0
    shares = [rest if part.share is None else part.share for part in parts]
    return [share / sum(shares) for share in shares]
