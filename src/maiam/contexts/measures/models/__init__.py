"""The tables of the context, one noun a file."""

from maiam.contexts.measures.models.carrying_out import MeasureEvent, MeasureService, ShelterPlace
from maiam.contexts.measures.models.children import ChildProtector
from maiam.contexts.measures.models.measures import Measure
from maiam.contexts.measures.models.papers import MeasurePaper, PaperDelivery

__all__ = [
    "ChildProtector",
    "Measure",
    "MeasureEvent",
    "MeasurePaper",
    "MeasureService",
    "PaperDelivery",
    "ShelterPlace",
]
