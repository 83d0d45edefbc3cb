"""The words for units, villages and what became of them; and totals carried from one map to another. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


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
    """One way from an old unit to a new one. `share` is None where nobody published it."""

    old_id: int
    new_id: int
    share: float | None


@dataclass(frozen=True)
class CarriedTotals:
    """Totals on another map. What could not be placed is told apart, so that parts and rest sum to the whole."""

    by_unit: dict[int, float]
    estimated_units: frozenset[int]
    unplaced: float


def carry_forward(totals: Mapping[int, float], parts: Iterable[Part]) -> CarriedTotals:
    """Carry totals of old units to the units they became.

    Published shares are used as they are; where a split has none, its total is divided evenly and the
    receiving units are marked as estimated. A unit with no successor stays in `unplaced`.
    """
    ways: dict[int, list[Part]] = defaultdict(list)
    for part in parts:
        ways[part.old_id].append(part)
    placed: dict[int, float] = defaultdict(float)
    estimated: set[int] = set()
    unplaced = 0.0
    for unit_id, total in totals.items():
        if unit_id not in ways:
            unplaced += total
            continue
        for part, share in zip(ways[unit_id], _shares(ways[unit_id]), strict=True):
            placed[part.new_id] += total * share
            if part.share is None and len(ways[unit_id]) > 1:
                estimated.add(part.new_id)
    return CarriedTotals(dict(placed), frozenset(estimated), unplaced)


def _shares(parts: list[Part]) -> list[float]:
    """Shares of one unit's ways: published ones first, what is left evenly among the others; they sum to 1."""
    known = sum(part.share for part in parts if part.share is not None)
    open_ways = sum(part.share is None for part in parts)
    if not open_ways:
        return [(part.share or 0) / known for part in parts]
    rest = max(1 - known, 0) / open_ways
    return [rest if part.share is None else part.share for part in parts]
