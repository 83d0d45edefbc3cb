"""The model as the library takes it: the comparisons with the weights that were learnt (weights.json).

A weight is log2(m/u), in bits: how much likelier a level is between two records of one person than of two. The library
wants m and u themselves; only their ratio enters a match weight, so m is the share that was seen and u follows from it.
"""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any, Self

from splink import SettingsCreator
from splink.comparison_library import CustomComparison

from maiam.core.science.linkage.comparisons import BLOCKING_RULES, COMPARISONS, Comparison, Level

SHIPPED = Path(__file__).with_name("weights.json")
# Rarer than one in a hundred thousand is as good as unique: a frequency below says how large the table is, no more.
RAREST = 1e-5
# A value that one in a hundred bears is neither rare nor common.
USUAL = 0.01
# In a smaller table strangers are no likelier to be one person: whoever joined so few records expects no more doubles.
SMALLEST = 10_000
_SEEN_WHERE_UNKNOWN = 0.1
_MOST_LIKELY = 0.999


@dataclass(frozen=True)
class Rarity:
    """How a shared value's frequency adjusts a weight: by `strength` · log2(`usual` / frequency) bits."""

    usual: float
    strength: float


@dataclass(frozen=True)
class Weights:
    """What was learnt, from how many records, and how.

    `prior` is the match weight, in bits, before anything is compared, in a table of `records` records; a table twice as
    large holds twice as many strangers for every record, which costs one bit.
    """

    records: int
    prior: float
    levels: Mapping[str, Mapping[str, float]]
    seen: Mapping[str, Mapping[str, float]]
    rarity: Mapping[str, Rarity]
    provenance: Mapping[str, Any]

    @classmethod
    def shipped(cls) -> Self:
        return cls.read(SHIPPED)

    @classmethod
    def read(cls, file: Path) -> Self:
        told = json.loads(file.read_text(encoding="utf-8"))
        told["rarity"] = {name: Rarity(**values) for name, values in told["rarity"].items()}
        return cls(**told)

    def prior_in(self, records: int) -> float:
        return self.prior + log2(self.records / max(records, SMALLEST))


def settings(weights: Weights, *, records: int, keep_levels: bool = False) -> SettingsCreator:
    """The library's settings for a table of `records` records; `keep_levels` keeps what each comparison says."""
    odds = 2.0 ** weights.prior_in(records)
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        probability_two_random_records_match=odds / (1 + odds),
        comparisons=[_comparison(comparison, weights) for comparison in COMPARISONS],
        blocking_rules_to_generate_predictions=list(BLOCKING_RULES),
        retain_matching_columns=keep_levels,
        retain_intermediate_calculation_columns=keep_levels,
    )


def _comparison(comparison: Comparison, weights: Weights) -> CustomComparison:
    return CustomComparison(
        output_column_name=comparison.name,
        comparison_levels=[_level(comparison, level, weights) for level in comparison.levels],
    )


def _level(comparison: Comparison, level: Level, weights: Weights) -> Any:
    sql = deepcopy(level.sql)  # configuring changes it
    if level.is_unknown:
        return sql.configure(is_null_level=True, label_for_charts=level.name)
    weight = weights.levels.get(comparison.name, {}).get(level.name, 0.0)
    seen = weights.seen.get(comparison.name, {}).get(level.name, _SEEN_WHERE_UNKNOWN)
    rarity = weights.rarity.get(comparison.name) if level.is_rarer_better else None
    if rarity is None:
        m, u = _split(weight, seen)
        return sql.configure(m_probability=m, u_probability=u, label_for_charts=level.says)
    m, u = _split_with_rarity(weight, rarity)
    return sql.configure(
        m_probability=m,
        u_probability=u,
        label_for_charts=level.says,
        tf_adjustment_column=comparison.rarity,
        tf_adjustment_weight=rarity.strength,
        tf_minimum_u_value=RAREST,
        disable_tf_exact_match_detection=True,
    )


def _split(weight: float, seen: float) -> tuple[float, float]:
    """An m and a u, both below one, whose ratio is the weight."""
    m = min(max(seen, 1e-4), _MOST_LIKELY)
    u = m / 2.0**weight
    return (m, u) if u <= _MOST_LIKELY else (_MOST_LIKELY * 2.0**weight, _MOST_LIKELY)


def _split_with_rarity(weight: float, rarity: Rarity) -> tuple[float, float]:
    """The library adjusts by log2(u / frequency): with u the usual frequency, the weight is that of a usual value."""
    return rarity.usual * 2.0**weight, rarity.usual
