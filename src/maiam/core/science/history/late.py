"""Reports still on their way: how much of each of the last days is known by now."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def reported_share(happened: NDArray[np.int64], reported: NDArray[np.int64], *, today: int, longest: int) -> FloatArray:
    """Share of a day's cases that is reported by so many days later: shape (longest + 1,), rising to 1.

    Parameters
    ----------
    happened, reported : int arrays of shape (cases,)
        Day numbers. Cases not yet reported are unknown, and need not be guessed: of recent days only short delays are
        seen, and the estimate allows for that.
    today : int
        The last day whose reports are known.
    longest : int
        Delay after which nothing is waited for; longer ones count as this.

    Raises
    ------
    ValueError
        Lists of different length, none, a report before its event or after today, a delay below 1 to look at.

    References
    ----------
    Lagakos, Barraj, De Gruttola (1988), Biometrika 75: product limit of right-truncated delays in reversed time.
    """
    happened, reported = np.asarray(happened, dtype=np.int64), np.asarray(reported, dtype=np.int64)
    if happened.shape != reported.shape or happened.ndim != 1 or not happened.size or longest < 1:
        raise ValueError("Each case needs the day it happened and the day it was reported.")
    if (reported < happened).any() or (reported > today).any():
        raise ValueError("A report comes before its event, or after today.")
    delay = np.minimum(reported - happened, longest)
    age = today - happened
    share = np.ones(longest + 1)
    for d in range(longest, 0, -1):
        # Of cases old enough to be seen with this delay, those that took no longer, and those that took just this.
        seen = (age >= d) & (delay <= d)
        at_risk, just = np.count_nonzero(seen), np.count_nonzero(seen & (delay == d))
        share[d - 1] = share[d] * (1 - just / at_risk) if at_risk else share[d]
    return share


def as_reported(expected: FloatArray, share: FloatArray, *, last_day_age: int = 0) -> FloatArray:
    """Thin the last days of `expected`, shape (units, days), to what is reported of them by now.

    The last column is `last_day_age` days old. Counts stay what they are, so nothing observed is invented.
    """
    expected = np.array(expected, dtype=np.float64)
    days = expected.shape[1]
    age = np.minimum(days - 1 - np.arange(days) + last_day_age, len(share) - 1)
    return np.asarray(expected * share[age])
