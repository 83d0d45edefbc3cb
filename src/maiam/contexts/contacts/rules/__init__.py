"""How a person may be reached, what may be written to them, where a message stands. Pure."""
