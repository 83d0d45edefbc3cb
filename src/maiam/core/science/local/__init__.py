"""Statistics of each unit among its neighbours: Gi*, local Moran, smoothed rates, and what a series amounts to."""

from maiam.core.science.local.categories import Category, emerging_category, mann_kendall
from maiam.core.science.local.getis_ord import local_g
from maiam.core.science.local.moran import LocalMoran, Moran, empirical_bayes_moran, local_moran, moran
from maiam.core.science.local.neighbours import Neighbours, within_distance
from maiam.core.science.local.rates import Rates, empirical_bayes, empirical_bayes_local, false_discovery

__all__ = [
    "Category",
    "LocalMoran",
    "Moran",
    "Neighbours",
    "Rates",
    "emerging_category",
    "empirical_bayes",
    "empirical_bayes_local",
    "empirical_bayes_moran",
    "false_discovery",
    "local_g",
    "local_moran",
    "mann_kendall",
    "moran",
    "within_distance",
]
