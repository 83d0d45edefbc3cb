"""Random streams for kernels: one for each replicate, so that the number of threads changes nothing.

SplitMix64: Steele, Lea, Flood (2014), Fast splittable pseudorandom number generators, OOPSLA.
"""

import math

import numpy as np
from numba import njit

_STEP = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_30, _27, _31, _32, _11 = (np.uint64(bits) for bits in (30, 27, 31, 32, 11))
_UNIT = 2.0**-53


@njit(cache=True, nogil=True, inline="always")
def _mixed(z):
    z = (z ^ (z >> _30)) * _MIX_1
    z = (z ^ (z >> _27)) * _MIX_2
    return z ^ (z >> _31)


@njit(cache=True, nogil=True)
def begin(state, seed, replicate):
    """Set `state` (uint64 array of one) to the beginning of a replicate's stream."""
    state[0] = _mixed(_mixed(np.uint64(seed) + _STEP) ^ (np.uint64(replicate) * _STEP + _STEP))


@njit(cache=True, nogil=True, inline="always")
def word(state):
    state[0] += _STEP
    return _mixed(state[0])


@njit(cache=True, nogil=True, inline="always")
def uniform(state):
    """A number in [0, 1)."""
    return float(word(state) >> _11) * _UNIT


@njit(cache=True, nogil=True, inline="always")
def below(state, n):
    """A whole number in [0, n), n under 2^31."""
    return np.int64(((word(state) >> _32) * np.uint64(n)) >> _32)


@njit(cache=True, nogil=True)
def _normal(state):
    return math.sqrt(-2 * math.log(1 - uniform(state))) * math.cos(2 * math.pi * uniform(state))


@njit(cache=True, nogil=True)
def gamma(state, shape):
    """A gamma variate of this shape and mean `shape` (Marsaglia and Tsang 2000, ACM TOMS 26)."""
    lift = 1.0
    if shape < 1:
        lift = (1 - uniform(state)) ** (1 / shape)
        shape += 1
    d = shape - 1 / 3
    c = 1 / math.sqrt(9 * d)
    while True:
        x = _normal(state)
        v = (1 + c * x) ** 3
        if v > 0 and math.log(1 - uniform(state)) < 0.5 * x * x + d - d * v + d * math.log(v):
            return lift * d * v


@njit(cache=True, nogil=True)
def poisson(state, mean):
    """A Poisson variate, by inversion; a large mean is drawn in parts."""
    count = 0
    while mean > 0:
        part = min(mean, 30.0)
        mean -= part
        chance = math.exp(-part)
        left, k = uniform(state), 0
        while left > chance and k < 200:
            left -= chance
            k += 1
            chance *= part / k
        count += k
    return count


@njit(cache=True, nogil=True)
def binomial(state, n, chance):
    """A binomial variate, by inversion; many trials are drawn in parts."""
    if chance >= 1:
        return n
    count, odds = 0, chance / (1 - chance)
    while n > 0:
        part = min(n, max(1, np.int64(30 / max(chance, 1e-9))))
        n -= part
        likely = math.exp(part * math.log1p(-chance))
        left, k = uniform(state), 0
        while left > likely and k < part:
            left -= likely
            k += 1
            likely *= odds * (part - k + 1) / k
        count += k
    return count


class PlainStream:
    """A replicate's stream in plain Python: what twins of kernels draw from."""

    def __init__(self, seed: int, replicate: int) -> None:
        step = int(_STEP)
        self._state = self._mixed(self._mixed((seed + step) % 2**64) ^ ((replicate * step + step) % 2**64))

    @staticmethod
    def _mixed(z: int) -> int:
        z = (z ^ (z >> 30)) * int(_MIX_1) % 2**64
        z = (z ^ (z >> 27)) * int(_MIX_2) % 2**64
        return z ^ (z >> 31)

    def below(self, n: int) -> int:
        self._state = (self._state + int(_STEP)) % 2**64
        return (self._mixed(self._state) >> 32) * n >> 32
