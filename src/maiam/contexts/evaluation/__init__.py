"""The province's picture: how many reports, how punctual the clocks, never a name."""
