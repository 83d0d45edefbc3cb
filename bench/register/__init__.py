"""A made-up register of a province: households of plausible people, with planted doubles and the truth about them.

`people(size)` gives the rows, made once of a seed and kept outside the checkout; `linkage_file` writes them as the
table that `./maiam link` reads, `true_pairs` says which rows are one person. `load.load`
copies the rows into the tables of families.
"""

from bench.register.store import linkage_file, people, true_pairs

__all__ = ["linkage_file", "people", "true_pairs"]
