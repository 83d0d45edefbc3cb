"""Work that happens by itself, on a queue in the same PostgreSQL as the data it is about."""
