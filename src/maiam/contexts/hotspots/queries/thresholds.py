"""The thresholds in force in a province, and those before."""

from dataclasses import dataclass

from maiam.contexts.hotspots.models import ThresholdSet
from maiam.contexts.hotspots.rules.thresholds import Thresholds
from maiam.contexts.hotspots.rules.words import threshold_words
from maiam.platform.access import Actor


@dataclass(frozen=True)
class ThresholdLine:
    """What was set once, by whom and why."""

    row: ThresholdSet

    @property
    def in_words(self) -> str:
        told = threshold_words(Thresholds.of(self.row.values))
        return "; ".join(f"{label.lower()}: {says}" for label, says in told)


def thresholds_of(actor: Actor, province_id: int) -> Thresholds:
    """The newest that were set; the house's own until somebody has."""
    rows = ThresholdSet.objects.visible_to(actor).filter(province_id=province_id)
    newest = rows.order_by("-at", "-id").first()
    return Thresholds.of(newest.values) if newest else Thresholds()


def thresholds_before(actor: Actor, province_id: int) -> list[ThresholdLine]:
    """Everything that was ever set, newest first."""
    rows = ThresholdSet.objects.visible_to(actor).filter(province_id=province_id)
    return [ThresholdLine(row) for row in rows.order_by("-at", "-id")]
