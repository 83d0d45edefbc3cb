"""What is an alarm, and when one is raised. Pure."""
