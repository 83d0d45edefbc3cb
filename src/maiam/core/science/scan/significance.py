"""How rare the strongest window is: by counting replicates, by the tail fitted to them, and in days."""

import math
from dataclasses import dataclass

import numpy as np

from maiam.core.science.scan.places import FloatArray

# Statistics that agree to this are ties, and ties count as exceeding.
TIE = 1e-6
# Where more of the replicates tie, the maximum is a discrete number and the tail of a smooth law says nothing.
MOST_TIES = 0.05
EULER = 0.5772156649015329


@dataclass(frozen=True)
class Significance:
    """Chance of a statistic this large among replicates. `gumbel` is None where it cannot be trusted."""

    monte_carlo: float | None
    gumbel: float | None
    is_at_floor: bool = False

    def recurrence_interval(self, days: float) -> float | None:
        """Days between two such findings by chance alone, were one scan made every `days`.

        By counting; by the fitted tail where no replicate reached the statistic, so that counting can say no more.
        """
        if self.monte_carlo is None:
            return None
        return days / (self.gumbel or self.monte_carlo) if self.is_at_floor else days / self.monte_carlo


def significance(statistic: float, maxima: FloatArray, *, is_stopped: bool = False) -> Significance:
    """Hold a statistic against the maxima of replicates.

    Parameters
    ----------
    statistic : float
    maxima : array of shape (replicates,)
    is_stopped : bool
        The run ended with the replicate that decided: the p-value is then exceedances over replicates.

    Notes
    -----
    Monte Carlo p = (1 + replicates that reach the statistic) / (1 + replicates) (Dwass 1957). The Gumbel tail is fitted
    by moments (Abrams, Kulldorff, Kleinman 2010, Int. J. Health Geographics 9:61).
    """
    if not maxima.size:
        return Significance(None, None)
    reached = int(np.count_nonzero(maxima >= statistic - TIE))
    counted = reached / maxima.size if is_stopped else (1 + reached) / (1 + maxima.size)
    return Significance(counted, gumbel_tail(statistic, maxima), is_at_floor=reached == 0)


def gumbel_tail(statistic: float, maxima: FloatArray) -> float | None:
    """Chance of exceeding a statistic by the Gumbel law of the maxima; None with too few, equal, or tied maxima."""
    spread = float(maxima.std(ddof=1)) if maxima.size > 1 else 0.0
    ties = np.count_nonzero(np.abs(maxima - statistic) <= TIE) / maxima.size
    if spread <= 0 or ties > MOST_TIES:
        return None
    scale = spread * math.sqrt(6) / math.pi
    mode = float(maxima.mean()) - EULER * scale
    return -math.expm1(-math.exp(min(700.0, (mode - statistic) / scale)))
