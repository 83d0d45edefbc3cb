"""The ground floor: law, text and official papers as plain Python. Nothing here knows Django, a clock or a database."""
