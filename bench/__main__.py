"""`./maiam bench [reports places lists security]`: all of them, or those named."""

import os
import platform
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maiam.web.settings")
os.environ["MAIAM_DATABASE_ROLE"] = "owner"

import django

django.setup()

from bench import lists, places, reports, security
from bench.table import HEADING

BENCHES = {"places": places.rows, "lists": lists.rows, "security": security.rows, "reports": reports.rows}


def main(words: list[str]) -> None:
    wanted = words or list(BENCHES)
    print(
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, Django {django.__version__}"
    )
    print(HEADING)
    for name in wanted:
        for row in BENCHES[name]():
            print(row, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
