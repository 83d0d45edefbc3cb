"""The one door through which the house reaches a person: by their own rule, or as a task for a colleague."""
