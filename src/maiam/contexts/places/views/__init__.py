"""The public finds places; a commune keeps its villages."""
