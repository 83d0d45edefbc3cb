"""Who must not touch which matter, what only named people see, and the glass broken in an emergency."""
