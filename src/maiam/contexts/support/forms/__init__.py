"""What is typed about support, one noun a file."""
