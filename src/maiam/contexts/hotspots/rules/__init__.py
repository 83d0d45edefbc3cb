"""What is detected in a province's rows, what becomes an alert, and how a hot spot is kept. Pure."""
