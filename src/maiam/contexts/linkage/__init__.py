"""The same person written down twice: found by likelihood, judged by people, merged and unmerged."""
