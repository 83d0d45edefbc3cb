"""What is done for a protected person over time: private contacts, her plans, her consent, help from others."""
