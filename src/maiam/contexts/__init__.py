"""The province's work, one Django app each; a context may use only those below it."""
