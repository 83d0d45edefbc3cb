"""Tells other systems, once each and signed, that something of theirs to know has changed."""
