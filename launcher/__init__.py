"""Sets up and runs Mái Ấm from a clean clone, with the standard library alone."""
