"""Runs and what they found, alerts, homes told of again, and the files of hot spots."""

from maiam.contexts.hotspots.models.alerts import Alert, AlertRecord, AlertSign, HomeRepeat, LocalEvent
from maiam.contexts.hotspots.models.files import Action, HotSpot, Measure, Review
from maiam.contexts.hotspots.models.runs import Replay, Run, RunInput, RunPart, ThresholdSet

__all__ = [
    "Action",
    "Alert",
    "AlertRecord",
    "AlertSign",
    "HomeRepeat",
    "HotSpot",
    "LocalEvent",
    "Measure",
    "Replay",
    "Review",
    "Run",
    "RunInput",
    "RunPart",
    "ThresholdSet",
]
