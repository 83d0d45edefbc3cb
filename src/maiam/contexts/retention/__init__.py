"""How long what is held is kept: one table, a nightly preview, two people, then done in steps."""
