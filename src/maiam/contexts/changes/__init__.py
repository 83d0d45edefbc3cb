"""Corrections asked for by a village head or a citizen, decided by the officer who keeps the register."""
