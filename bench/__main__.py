"""`./maiam bench [NAME …]`: every bench, or those named."""

import os
import platform
import sys
from time import perf_counter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maiam.web.settings")
# Set-up and the bare floors need the owner; what is ours takes the application's role for each transaction.
os.environ["MAIAM_DATABASE_ROLE"] = "owner"

import django

django.setup()

from bench import (
    cases,
    database,
    exports,
    hotspots,
    imports,
    linkage,
    lists,
    places,
    reports,
    search,
    security,
    sizes,
    statistics,
    trail,
)
from bench.table import HEADING
from maiam.platform import collector

# Those that work on the world of `bench.world`; the others bring their own.
OF_THE_WORLD = {
    "places": places.rows,
    "imports": imports.rows,
    "exports": exports.rows,
    "lists": lists.rows,
    "security": security.rows,
    "trail": trail.rows,
    "reports": reports.rows,
}
BENCHES = OF_THE_WORLD | {
    "search": search.rows,
    "cases": cases.rows,
    "linkage": linkage.rows,
    "hotspots": hotspots.rows,
    "sizes": sizes.rows,
    "statistics": statistics.rows,
}


def main(words: list[str]) -> int:
    unknown = [word for word in words if word not in BENCHES]
    if unknown:
        print(f"No bench named {', '.join(unknown)}; there are {', '.join(BENCHES)}.", file=sys.stderr)
        return 2
    began = perf_counter()
    wanted = words or list(BENCHES)
    try:
        if OF_THE_WORLD.keys() & wanted:
            database.prepare()
    except database.NotOursError as refusal:
        print(refusal, file=sys.stderr)
        return 1
    collector.slow_down()  # as the worker does
    print(_machine())
    print(HEADING)
    for name in wanted:
        for row in BENCHES[name]():
            print(row, flush=True)
    print(f"whole run: {perf_counter() - began:.0f} s")
    return 0


def _machine() -> str:
    python = f"Python {platform.python_version()}, Django {django.__version__}"
    return f"{os.cpu_count()} cores, {platform.machine()}, {python}, {database.description()}"


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
