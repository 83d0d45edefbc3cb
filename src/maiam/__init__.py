"""Mái Ấm: how a Vietnamese province prevents and answers domestic violence."""
