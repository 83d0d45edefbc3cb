"""The units of Vietnam as tables of facts: where they come from is in README.md, how they were joined in build.py."""
