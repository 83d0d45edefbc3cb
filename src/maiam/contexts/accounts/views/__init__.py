"""Pages of people, posts and keys; and the demonstration's one-click door."""
