"""What others must hear of places, in the same transaction: what lies in a village goes with it, or nothing happens."""

from django.dispatch import Signal

# With `actor`, `village`, `into` and `now`: the first village ends, and is part of the second.
village_merged = Signal()
# With `actor`, `village` and `now`: it has another name from today, or from an earlier day.
village_renamed = Signal()
# With `actor`, `village` and `now`: a receiver refuses with a `DomainError` while something still needs the village.
village_closing = Signal()
