"""What people type about accounts, turned into values."""
