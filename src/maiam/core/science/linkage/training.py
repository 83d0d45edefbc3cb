"""Learns the weights from a table in which the doubles are known.

Every pair that the blocking rules bring together is a case: which level each comparison is at, how rare the shared
values are, and whether it is one person. A logistic regression over these gives weights of the Fellegi-Sunter form; but
where comparisons speak of the same thing (a household, its head, its telephone) it shares the weight among them, which
estimates under independence count twice: brothers, twins and spouses agree on much and are not one person.

References
----------
Wilson (2011), Beyond probabilistic record linkage: using neural networks and complex features to improve genealogical
record linkage, IJCNN: on logistic regression over the comparison vector.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from maiam.core.science.linkage.comparisons import COMPARISONS, NUMBER_KEY, Comparison
from maiam.core.science.linkage.engine import Database
from maiam.core.science.linkage.evidence import NO_COMMUNES, Communes
from maiam.core.science.linkage.pairs import Search
from maiam.core.science.linkage.settings import RAREST, USUAL, Rarity, Weights

FloatArray = npt.NDArray[np.float64]

RIDGE = 1.0
# A hash does not say whether its number has 9 digits or 12: about one person in eight who is in twice stands there
# once under each, so that two numbers that differ speak against a pair by log2(1/8) bits only.
KEYS_DIFFER = -3.0
_RARITY = "rarity"
_MOST_STEPS = 50
_CLOSE = 1e-6


class NotLearntError(ValueError):
    """The known pairs are too few, or the regression found no end."""


def learn(
    database: Database,
    records: pa.Table,
    truth: pa.Table,
    *,
    today: date,
    provenance: Mapping[str, Any],
    communes: Communes = NO_COMMUNES,
) -> Weights:
    """Learn the weights from records and the pairs that are one person.

    Parameters
    ----------
    records : table
        As `./maiam link` takes it.
    truth : table
        `record_id_l`, `record_id_r`: every pair of one person, the lower id first.
    provenance : mapping
        Where the records come from: kept with the weights.

    Raises
    ------
    NotLearntError
        No pair that is one person, or none that is two, was compared.
    """
    search = Search(
        database, records, today=today, weights=_even(records.num_rows), communes=communes, keep_levels=True
    )
    compared = search.pairs(threshold=0.0)
    is_one = _is_one(compared, truth)
    if not 0 < is_one.sum() < is_one.size:
        raise NotLearntError("There must be pairs of one person and pairs of two to learn from.")
    features = list(_features(compared))
    fitted = _regress(np.stack([feature.values for feature in features], axis=1), is_one) / np.log(2)
    learnt = {"compared": compared.num_rows, "of_one_person": int(is_one.sum()), "ridge": RIDGE, "rarest": RAREST}
    return Weights(
        records=records.num_rows,
        prior=round(float(fitted[-1]), 4),
        provenance={**provenance, **learnt},
        **_by_comparison(features, fitted, is_one),
    )


def _even(records: int) -> Weights:
    """No weights: frequencies at strength 1, so that the library tells them."""
    rarity = {comparison.name: Rarity(USUAL, 1.0) for comparison in COMPARISONS if comparison.rarity}
    return Weights(records=records, prior=0.0, levels={}, seen={}, rarity=rarity, provenance={})


def _is_one(compared: pa.Table, truth: pa.Table) -> npt.NDArray[np.bool_]:
    keys = ["record_id_l", "record_id_r"]
    marked = truth.select(keys).append_column("is_one", pa.array(np.ones(truth.num_rows, bool)))
    numbered = compared.select(keys).append_column("row", pa.array(np.arange(compared.num_rows)))
    joined = numbered.join(marked, keys).sort_by("row")
    return np.asarray(joined["is_one"].fill_null(False).to_numpy(zero_copy_only=False), bool)


@dataclass(frozen=True)
class Feature:
    """One column of the regression: 1 where a comparison is at a level, or how rare the shared value is, in bits."""

    comparison: str
    level: str
    values: npt.NDArray[np.float32]


def _features(compared: pa.Table) -> Iterator[Feature]:
    for comparison in COMPARISONS:
        if comparison is NUMBER_KEY:
            continue
        vector = compared[f"gamma_{comparison.name}"].to_numpy()
        told = [level for level in comparison.levels if not level.is_unknown]
        for number, level in enumerate(told):
            yield Feature(comparison.name, level.name, (vector == len(told) - 1 - number).astype(np.float32))
        if comparison.rarity:
            yield Feature(comparison.name, _RARITY, _rarity(comparison, compared))
    yield Feature("prior", "", np.ones(compared.num_rows, np.float32))


def _rarity(comparison: Comparison, compared: pa.Table) -> npt.NDArray[np.float32]:
    """log2(usual / frequency) where the value is shared: the library's own adjustment at strength 1."""
    return np.asarray(compared[f"mw_tf_adj_{comparison.name}"].to_numpy(zero_copy_only=False), np.float32)


def _regress(features: npt.NDArray[np.float32], is_one: npt.NDArray[np.bool_]) -> FloatArray:
    """Fit by Newton's method with a ridge on all but the last column (the constant). Natural logarithms."""
    ridge = np.full(features.shape[1], RIDGE)
    ridge[-1] = 0.0
    fitted = np.zeros(features.shape[1])
    for _ in range(_MOST_STEPS):
        chance = 1 / (1 + np.exp(-(features @ fitted)))
        slope = features.T @ (chance - is_one) + ridge * fitted
        curve = (features * (chance * (1 - chance))[:, None]).T @ features + np.diag(ridge)
        step = np.linalg.solve(curve, slope)
        fitted -= step
        if np.abs(step).max() < _CLOSE:
            return fitted
    raise NotLearntError("The regression found no end.")


def _by_comparison(
    features: list[Feature], fitted: FloatArray, is_one: npt.NDArray[np.bool_]
) -> dict[str, dict[str, Any]]:
    """The weight of each level, the share of pairs of one person at it, and how far rarity counts."""
    levels: dict[str, dict[str, float]] = {}
    seen: dict[str, dict[str, float]] = {}
    rarity: dict[str, Rarity] = {}
    for feature, weight in zip(features, fitted.tolist(), strict=True):
        if feature.level == _RARITY:
            rarity[feature.comparison] = Rarity(USUAL, round(weight, 4))
        elif feature.level:
            levels.setdefault(feature.comparison, {})[feature.level] = round(weight, 4)
            share = float(feature.values[is_one].mean())
            seen.setdefault(feature.comparison, {})[feature.level] = round(share, 6)
    levels[NUMBER_KEY.name] = {"same": levels["id12"]["same"], "other": KEYS_DIFFER}
    return {"levels": levels, "seen": seen, "rarity": rarity}
