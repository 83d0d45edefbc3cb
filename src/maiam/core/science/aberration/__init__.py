"""Series that depart from their own past: EARS, Farrington's flexible regression, and cumulative sums."""

from maiam.core.science.aberration.cusum import cusum
from maiam.core.science.aberration.ears import ears
from maiam.core.science.aberration.farrington import FarringtonSettings, farrington_flexible
from maiam.core.science.aberration.outcome import Outcome

__all__ = ["FarringtonSettings", "Outcome", "cusum", "ears", "farrington_flexible"]
