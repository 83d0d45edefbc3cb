"""The pages of support, one noun a file."""
