"""CSV tables of units, counts and events: read whole, or refused with file, row and reason."""
