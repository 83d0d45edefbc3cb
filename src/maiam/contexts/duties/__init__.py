"""Duties with their clocks: what the law asks of whom, by when; who is told when time runs out."""
