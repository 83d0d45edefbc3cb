"""The base of every guarded model, and the few rows that row-level security itself reads."""

from maiam.platform.access.models.base import ScopedModel, ScopedQuerySet
from maiam.platform.access.models.matters import Block, Circle, Declared, Party, Tie
from maiam.platform.access.models.secrecy import Admission, Glass, Seal

__all__ = [
    "Admission",
    "Block",
    "Circle",
    "Declared",
    "Glass",
    "Party",
    "ScopedModel",
    "ScopedQuerySet",
    "Seal",
    "Tie",
]
