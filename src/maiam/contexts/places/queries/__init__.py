"""Places, for everyone: what a unit is today, was then and became. Public facts, so no actor is asked for."""

from maiam.contexts.places.queries.maps import map_geometry
from maiam.contexts.places.queries.search import FoundCommune, search_communes
from maiam.contexts.places.queries.soundness import communes_without_boundary, faults
from maiam.contexts.places.queries.spelled import communes_as_written
from maiam.contexts.places.queries.totals import Shares, shares_on_map, totals_on_map
from maiam.contexts.places.queries.units import (
    communes_beyond_border,
    communes_of,
    communes_through_time,
    is_commune_of_today,
    names_of_units,
    neighbouring_pairs,
    neighbours_of,
    province_of,
    provinces_of_today,
    successions_into,
    successions_of,
    unit,
    unit_as_of,
    units_it_became,
    units_of_today,
    units_that_became,
)
from maiam.contexts.places.queries.villages import (
    ended_villages_of,
    names_of_village,
    village,
    village_points,
    villages_of,
    villages_with_history,
)

__all__ = [
    "FoundCommune",
    "Shares",
    "communes_as_written",
    "communes_beyond_border",
    "communes_of",
    "communes_through_time",
    "communes_without_boundary",
    "ended_villages_of",
    "faults",
    "is_commune_of_today",
    "map_geometry",
    "names_of_units",
    "names_of_village",
    "neighbouring_pairs",
    "neighbours_of",
    "province_of",
    "provinces_of_today",
    "search_communes",
    "shares_on_map",
    "successions_into",
    "successions_of",
    "totals_on_map",
    "unit",
    "unit_as_of",
    "units_it_became",
    "units_of_today",
    "units_that_became",
    "village",
    "village_points",
    "villages_of",
    "villages_with_history",
]
