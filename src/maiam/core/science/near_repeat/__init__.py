"""Events that follow each other closely in space and time, and households that are hit again."""

from maiam.core.science.near_repeat.households import RepeatHousehold, repeat_households
from maiam.core.science.near_repeat.interaction import Interaction, interaction
from maiam.core.science.near_repeat.knox import Bands, NearRepeat, near_repeat

__all__ = ["Bands", "Interaction", "NearRepeat", "RepeatHousehold", "interaction", "near_repeat", "repeat_households"]
