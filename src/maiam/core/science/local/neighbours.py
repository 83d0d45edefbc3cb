"""Who is whose neighbour, and with what weight: sparse, row by row."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Neighbours:
    """Weights of shape (n, n), sparse; row i holds what unit i is compared with. The diagonal is empty."""

    weights: csr_array

    @classmethod
    def of_pairs(cls, n: int, pairs: Iterable[tuple[int, int]]) -> "Neighbours":
        """Neighbours as listed, each direction by itself, of weight 1; ValueError for a unit next to itself."""
        listed = sorted(set(pairs))
        if any(one == other for one, other in listed):
            raise ValueError("A unit is not its own neighbour.")
        rows, columns = (np.array([pair[i] for pair in listed], dtype=np.int64) for i in range(2))
        return cls(csr_array((np.ones(len(listed)), (rows, columns)), shape=(n, n)))

    def __len__(self) -> int:
        return int(self.weights.shape[0])

    def with_self(self) -> "Neighbours":
        """The star form: each unit is its own neighbour too."""
        n = len(self)
        diagonal = csr_array((np.ones(n), (np.arange(n), np.arange(n))), shape=(n, n))
        return Neighbours(csr_array(self.weights + diagonal))

    def row_standardised(self) -> "Neighbours":
        """Weights of each row summing to 1; a unit without neighbours keeps none."""
        sums = self.weights.sum(axis=1)
        scale = np.divide(1.0, sums, out=np.zeros_like(sums), where=sums > 0)
        weights = self.weights.copy()
        weights.data = weights.data * np.repeat(scale, np.diff(weights.indptr))
        return Neighbours(weights)

    def lag(self, values: FloatArray) -> FloatArray:
        """Weighted sum over each unit's neighbours; `values` of shape (n,) or (n, k)."""
        return np.asarray(self.weights @ values)

    @property
    def sums(self) -> FloatArray:
        return np.asarray(self.weights.sum(axis=1))

    @property
    def squares(self) -> FloatArray:
        return np.asarray((self.weights * self.weights).sum(axis=1))


def within_distance(points: FloatArray, distance: float) -> Neighbours:
    """Neighbours no farther than `distance` from each other; `points` of shape (n, 2), in the same unit."""
    pairs = cKDTree(points).query_pairs(distance, output_type="ndarray")
    both = np.concatenate([pairs, pairs[:, ::-1]])
    return Neighbours.of_pairs(len(points), map(tuple, both.tolist()))
