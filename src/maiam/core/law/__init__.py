"""The law as data and pure rules: each figure once, in a list with its article; each rule a function beside it.

Start with `limits.py` (time limits), then `no_contact.py`; `codes/` holds the lists, typed and checked.
"""
