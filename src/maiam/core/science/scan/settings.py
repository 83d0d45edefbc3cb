"""What a scan looks for, and within which limits."""

from dataclasses import dataclass
from enum import StrEnum


class Model(StrEnum):
    """What is kept fixed when the cases are drawn anew."""

    POISSON = "poisson"
    EXPECTATION = "expectation"
    PERMUTATION = "permutation"
    BERNOULLI = "bernoulli"


class Rates(StrEnum):
    HIGH = "high"
    LOW = "low"
    BOTH = "both"


class Shape(StrEnum):
    CIRCLE = "circle"
    ELLIPSE = "ellipse"


@dataclass(frozen=True)
class ScanSettings:
    """How to scan.

    Parameters
    ----------
    model : Model
        ``poisson`` keeps the total of cases fixed, ``expectation`` does not (it asks for more than `expected`, not for
        more than elsewhere); ``permutation`` keeps the cases of each unit and of each day; ``bernoulli`` compares cases
        with controls.
    rates : Rates
        Look for too many, too few, or both.
    max_share : float
        Largest part of all that is expected (cases and controls; cases for ``permutation``) a zone may hold, 0 to 1.
    max_km : float or None
        Largest radius of a circle, or half of an ellipse's shorter axis, kilometres.
    max_units : int or None
        Most places in a zone.
    max_periods, min_periods : int or None
        Longest and shortest window, in columns of the counts. None: half of the study, and one.
    min_cases : int
        Fewest cases of a cluster of high rates. A cluster of low rates may have none.
    shape : Shape
        Circles, or circles and the 46 ellipses of `ELLIPSES`.
    penalty : float
        How much a long ellipse loses: the statistic times ``(4 s / (s + 1)^2) ** penalty``, `s` its length over width.
        0.5 is SaTScan's medium penalty, 1 its strong one.
    overdispersion : float
        Variance of a unit's weekly risk about its mean of 1. Above 0 the replicates are drawn with that unrest, so that
        ordinary restlessness raises no alarm.
    reps, seed : int
        Replicates, and where their random streams begin. The same seed gives the same answer on any number of threads.
    stop_after : int or None
        Stop once so many replicates reached the strongest cluster: the p-value is then as good as it will ever matter.
    max_clusters : int
        Most clusters told.
    threads : int or None
        None: all processors.
    """

    model: Model = Model.POISSON
    rates: Rates = Rates.HIGH
    max_share: float = 0.5
    max_km: float | None = None
    max_units: int | None = None
    max_periods: int | None = None
    min_periods: int = 1
    min_cases: int = 2
    shape: Shape = Shape.CIRCLE
    penalty: float = 0.5
    overdispersion: float = 0.0
    reps: int = 999
    seed: int = 1
    stop_after: int | None = None
    max_clusters: int = 50
    threads: int | None = None

    def __post_init__(self) -> None:
        wrong = [
            (not 0 < self.max_share <= 1, "max_share must lie above 0 and at most at 1."),
            (self.max_km is not None and not self.max_km >= 0, "max_km cannot be negative."),
            (self.max_units is not None and self.max_units < 1, "max_units must be 1 or more."),
            (self.max_periods is not None and self.max_periods < 1, "The longest window must be one period or more."),
            (self.min_periods < 1, "The shortest window must be one period or more."),
            (
                self.max_periods is not None and self.min_periods > self.max_periods,
                "The shortest window is longer than the longest.",
            ),
            (self.min_cases < 1, "min_cases must be 1 or more."),
            (self.penalty < 0, "penalty cannot be negative."),
            (self.overdispersion < 0, "overdispersion cannot be negative."),
            (self.reps < 0, "reps cannot be negative."),
            (self.max_clusters < 1, "max_clusters must be 1 or more."),
            (self.threads is not None and self.threads < 1, "threads must be 1 or more."),
            (self.stop_after is not None and self.stop_after < 1, "stop_after must be 1 or more."),
            (self.overdispersion > 0 and self.model not in UNREST, "Overdispersion needs a Poisson model."),
        ]
        for is_wrong, says in wrong:
            if is_wrong:
                raise ValueError(says)


# Models whose replicates can be drawn with more unrest than Poisson's.
UNREST = (Model.POISSON, Model.EXPECTATION)

# Length over width, and how many directions each is turned to (SaTScan user guide, "Spatial window").
ELLIPSES = ((1.5, 4), (2.0, 6), (3.0, 9), (4.0, 12), (5.0, 15))
