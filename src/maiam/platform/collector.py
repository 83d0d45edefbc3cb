"""Python's collector of cycles, as a process needs it that lives long and makes many short-lived rows.

Its usual pace, a look at every 700 new objects, takes a tenth of the time of a large list and finds nothing there.
"""

import gc

_NEW_OBJECTS = 50_000


def slow_down() -> None:
    """Pass over what was loaded by now, which stays to the end, and look at what is new more rarely."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)
