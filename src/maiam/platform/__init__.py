"""What every context stands on; it knows no context."""
