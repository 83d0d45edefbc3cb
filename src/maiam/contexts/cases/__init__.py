"""What happened, whom we protect, and the no-contact orders of the commune chairman."""
