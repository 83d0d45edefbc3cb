"""The pages, one noun a file: incidents, cases, what the chairman decides, what others carry out, papers."""
