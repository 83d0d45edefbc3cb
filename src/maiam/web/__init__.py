"""Puts the parts together: settings, addresses, navigation, error pages, demonstration."""
