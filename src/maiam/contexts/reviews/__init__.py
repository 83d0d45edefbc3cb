"""When somebody died or nearly did: what we knew, what we did and when, frozen as of that moment; and what we learn."""
