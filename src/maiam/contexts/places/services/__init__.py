"""Every change of places: loading the facts, importing shapes, keeping the villages of a commune."""

from maiam.contexts.places.services.boundaries import BoundaryRefusedError, import_boundaries
from maiam.contexts.places.services.loading import Loaded, load_facts
from maiam.contexts.places.services.villages import (
    DayNotYetError,
    DayTooEarlyError,
    NameNeededError,
    NothingChangedError,
    OtherVillageNeededError,
    VillageExistsError,
    add_village,
    close_village,
    merge_village,
    rename_village,
)

__all__ = [
    "BoundaryRefusedError",
    "DayNotYetError",
    "DayTooEarlyError",
    "Loaded",
    "NameNeededError",
    "NothingChangedError",
    "OtherVillageNeededError",
    "VillageExistsError",
    "add_village",
    "close_village",
    "import_boundaries",
    "load_facts",
    "merge_village",
    "rename_village",
]
