"""Single tests of interaction between space and time: Knox, modified Knox, Jacquez, Mantel."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import pdtrc

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Interaction:
    """Statistics and their chances. Tables are (near, far in space) by (near, far in time).

    `p_poisson` is the chance of more pairs than were found, were pairs Poisson; `p_*` come from dealing the times out
    anew and count ties.
    """

    knox: int
    knox_observed: FloatArray
    knox_expected: FloatArray
    p_poisson: float
    p_knox: float
    modified_knox: float
    p_modified_knox: float
    jacquez: int
    p_jacquez: float
    mantel: float
    p_mantel: float


def interaction(
    xy: FloatArray, times: FloatArray, *, delta: float, tau: float, k: int = 3, reps: int = 999, seed: int = 1
) -> Interaction:
    """Test whether what is close in space is close in time.

    Parameters
    ----------
    xy : array of shape (n, 2)
    times : array of shape (n,)
    delta, tau : float
        Close means no farther apart than this, in space and in time.
    k : int
        Nearest neighbours for Jacquez's test, fewer than n.
    reps, seed : int

    Raises
    ------
    ValueError
        Shapes disagree, three events or fewer than k + 1, a gap.

    References
    ----------
    Knox (1964); Mantel (1967), Cancer Res. 27; Baker (2004), Stat. Med. 23 (modified Knox); Jacquez (1996).
    """
    xy, times = np.array(xy, dtype=np.float64), np.array(times, dtype=np.float64)
    n = len(times)
    if xy.shape != (n, 2) or n < max(3, k + 1) or not (np.isfinite(xy).all() and np.isfinite(times).all()):
        raise ValueError("Three events or more, and more than k, need finite positions and times.")
    space = np.sqrt(((xy[:, None] - xy[None]) ** 2).sum(axis=2))
    rng = np.random.default_rng(seed)
    parts = _Parts.of(space, delta, k)
    found = parts.statistics(times, tau)
    reached = np.zeros(4)
    for _ in range(reps):
        reached += np.array(parts.statistics(rng.permutation(times), tau)) >= np.array(found) - 1e-9
    p = (1 + reached) / (1 + reps)
    knox, modified, jacquez, mantel = found
    observed, expected = _tables(space <= delta, np.abs(times[:, None] - times[None]) <= tau, int(knox))
    return Interaction(
        knox=int(knox),
        knox_observed=observed,
        knox_expected=expected,
        p_poisson=float(pdtrc(int(knox), expected[0, 0])),
        p_knox=float(p[0]),
        modified_knox=float(modified),
        p_modified_knox=float(p[1]),
        jacquez=int(jacquez),
        p_jacquez=float(p[2]),
        mantel=float(mantel),
        p_mantel=float(p[3]),
    )


@dataclass(frozen=True, eq=False)
class _Parts:
    """What stays as it is when times are dealt out anew."""

    near: np.ndarray
    neighbour: np.ndarray
    distance: FloatArray
    upper: tuple[np.ndarray, np.ndarray]
    k: int

    @classmethod
    def of(cls, space: FloatArray, delta: float, k: int) -> "_Parts":
        near = space <= delta
        np.fill_diagonal(near, False)
        upper = np.triu_indices(len(space), 1)
        return cls(near, _nearest(space, k), _standard(space[upper]), upper, k)

    def statistics(self, times: FloatArray, tau: float) -> tuple[float, float, float, float]:
        apart = np.abs(times[:, None] - times[None])
        soon = apart <= tau
        np.fill_diagonal(soon, False)
        pairs = float((self.near & soon).sum()) / 2
        usual = float(self.near.sum(axis=1) @ soon.sum(axis=1)) / (len(times) - 1) / 2
        jacquez = float((self.neighbour & _nearest(apart, self.k)).sum())
        mantel = float((self.distance * _standard(apart[self.upper])).mean())
        return pairs, pairs - usual, jacquez, mantel


def _nearest(distance: FloatArray, k: int) -> np.ndarray:
    others = distance.copy()
    np.fill_diagonal(others, np.inf)
    chosen = np.argsort(others, axis=1, kind="stable")[:, :k]
    mask = np.zeros(distance.shape, dtype=bool)
    np.put_along_axis(mask, chosen, True, axis=1)
    return mask


def _standard(values: FloatArray) -> FloatArray:
    spread = values.std()
    return np.asarray((values - values.mean()) / (spread if spread > 0 else 1))


def _tables(near: np.ndarray, soon: np.ndarray, knox: int) -> tuple[FloatArray, FloatArray]:
    n = len(near)
    close, early = (int((mask.sum() - n) / 2) for mask in (near, soon))
    total = n * (n - 1) / 2
    observed = np.array([[knox, close - knox], [early - knox, total - close - early + knox]], dtype=np.float64)
    rows, columns = observed.sum(axis=1), observed.sum(axis=0)
    return observed, np.outer(rows, columns) / total
