"""Pages of collectors, of officers who run rounds, and of the province that keeps the questions."""
