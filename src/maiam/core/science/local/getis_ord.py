"""Getis and Ord's Gi and Gi*: where high values, or low ones, stand together."""

import numpy as np

from maiam.core.science.local.neighbours import FloatArray, Neighbours


def local_g(values: FloatArray, neighbours: Neighbours, *, star: bool = True, standardised: bool = False) -> FloatArray:
    """Score how far each unit's neighbourhood departs from the whole.

    Parameters
    ----------
    values : array of shape (n,) or (n, k)
        Rates, or k rates side by side (weeks); finite.
    neighbours : Neighbours
    star : bool
        Count the unit itself (Gi*); otherwise leave it out of everything (Gi).
    standardised : bool
        Divide each row's weights by their sum.

    Returns
    -------
    array of the shape of `values`
        Standard scores; above 0 is hotter. ``nan`` where there is no neighbour, no spread, or everyone is a neighbour.

    Raises
    ------
    ValueError
        Shapes disagree, fewer than three units, a gap in the values.

    References
    ----------
    Getis & Ord (1992), Geogr. Anal. 24(3); Ord & Getis (1995), Geogr. Anal. 27(4).
    """
    x = checked_values(values, neighbours)
    weights = neighbours.with_self() if star else neighbours
    weights = weights.row_standardised() if standardised else weights
    shape = (slice(None),) + (None,) * (x.ndim - 1)
    n, sums, squares = len(x), weights.sums[shape], weights.squares[shape]
    if star:
        mean, variance, others = x.mean(axis=0), x.var(axis=0), n
    else:
        others = n - 1
        mean = (x.sum(axis=0) - x) / others
        variance = ((x**2).sum(axis=0) - x**2) / others - mean**2
    room = variance * (others * squares - sums**2) / (others - 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(room > 1e-12 * (1 + mean**2), (weights.lag(x) - sums * mean) / np.sqrt(room), np.nan)


def checked_values(values: FloatArray, neighbours: Neighbours) -> FloatArray:
    """Values of as many units as there are neighbours; ValueError otherwise."""
    x = np.asarray(values, dtype=np.float64)
    if len(x) != len(neighbours) or len(x) < 3:
        raise ValueError("There must be a value for each of three units or more.")
    if not np.isfinite(x).all():
        raise ValueError("A value is missing or not finite.")
    return x
