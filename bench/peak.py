"""`python -m bench.peak FILE`: import one list and say how much memory that took at most, in MB."""

import os
import sys
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maiam.web.settings")
os.environ["MAIAM_DATABASE_ROLE"] = "owner"

import django

django.setup()

from bench.imports import import_whole

if __name__ == "__main__":
    import_whole(Path(sys.argv[1]).read_bytes(), sys.argv[1])
    print(getrusage(RUSAGE_SELF).ru_maxrss / 1024)
