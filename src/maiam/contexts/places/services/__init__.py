"""Every change of places: loading the facts, importing shapes, keeping the villages of a commune."""

from maiam.contexts.places.services.boundaries import BoundaryRefusedError, import_boundaries
from maiam.contexts.places.services.loading import Loaded, load_facts
from maiam.contexts.places.services.villages import (
    NameNeededError,
    VillageExistsError,
    add_village,
    close_village,
    rename_village,
)

__all__ = [
    "BoundaryRefusedError",
    "Loaded",
    "NameNeededError",
    "VillageExistsError",
    "add_village",
    "close_village",
    "import_boundaries",
    "load_facts",
    "rename_village",
]
