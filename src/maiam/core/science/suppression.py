"""Hide small counts so that subtraction cannot bring them back (one table, one published total)."""

import numpy as np
from numpy.typing import NDArray

# Counts of 1 to 4 are hidden; a hidden count must stay uncertain by at least as much (docs/law/small-cells.md).
SMALLEST_SHOWN = 5


def is_small(count: int, smallest_shown: int = SMALLEST_SHOWN) -> bool:
    """Say whether one count, 0 or more, names too few to be shown by itself. Zero names nobody."""
    return 0 < count < smallest_shown


def hidden_cells(counts: NDArray[np.int64], smallest_shown: int = SMALLEST_SHOWN) -> NDArray[np.bool_]:
    """Choose which counts of a list with a published total must be hidden.

    Parameters
    ----------
    counts : array of shape (n,)
        Whole numbers, 0 or more; the sum of all of them is published.
    smallest_shown : int
        Counts from 1 to one below this are hidden first. Zero is shown: it names nobody.

    Returns
    -------
    array of shape (n,)
        True where the count is hidden. The hidden counts are either none, or at least two that sum to
        `smallest_shown` or more, so that what an outsider can derive by subtraction is an interval at
        least that wide. Where no such choice exists, everything above zero is hidden: do not publish the total.

    Raises
    ------
    ValueError
        A count is negative.

    References
    ----------
    Hundepool et al. (2012), Statistical Disclosure Control, ch. 4 (primary and secondary suppression).
    """
    counts = np.asarray(counts)
    if counts.size and counts.min() < 0:
        raise ValueError("A count cannot be negative.")
    hidden = (counts > 0) & (counts < smallest_shown)
    if not hidden.any():
        return hidden
    for index in _next_smallest(counts, hidden):
        if hidden.sum() >= 2 and counts[hidden].sum() >= smallest_shown:
            break
        hidden[index] = True
    return hidden


def is_total_safe(counts: NDArray[np.int64], hidden: NDArray[np.bool_], smallest_shown: int = SMALLEST_SHOWN) -> bool:
    """Say whether the total may stand beside the shown counts (arrays as in `hidden_cells`)."""
    return not hidden.any() or bool(hidden.sum() >= 2 and counts[hidden].sum() >= smallest_shown)


def _next_smallest(counts: NDArray[np.int64], hidden: NDArray[np.bool_]) -> NDArray[np.intp]:
    """The shown counts above zero, smallest first; one more look at the end of the list."""
    shown = np.flatnonzero(~hidden & (counts > 0))
    return shown[np.argsort(counts[shown], kind="stable")]
