from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

from maiam.contexts.hotspots.management.analyst import AnalystCommand, Bar, a_date, refuse_slips, refusing
from maiam.core.science.files.series import Events, edges, plain, read_events
from maiam.core.science.near_repeat import Bands, interaction, near_repeat, repeat_households
from maiam.core.science.near_repeat.knox import METRICS


class Command(AnalystCommand):
    help = "Count pairs of events near each other in space and time (Knox). Files and answers: docs/hotspots.md."
    example = "maiam hotspots near-repeat --events vu.csv --today 2026-11-28 --out lap-lai.json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--events", type=Path, required=True, help="[household,]x_m,y_m,date (or lon,lat; or t)")
        parser.add_argument(
            "--space", default="0,1,101,201,301,inf", help="edges of bands, metres: each holds its lower"
        )
        parser.add_argument("--time", default="0,8,15,22,inf", help="edges of bands, days: each holds its lower")
        parser.add_argument(
            "--closed", choices=("left", "right"), default="left", help="right: bands hold their upper edge"
        )
        parser.add_argument("--metric", choices=list(METRICS), default="manhattan")
        parser.add_argument("--reps", type=int, default=999, help="replicates (999)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same answer (1)")
        parser.add_argument("--threads", type=int, help="all processors")
        single = parser.add_argument_group("single tests (Knox, modified Knox, Jacquez, Mantel)")
        single.add_argument("--delta", type=float, help="close in space, no farther than this")
        single.add_argument("--tau", type=float, help="close in time, no longer than this")
        single.add_argument("--k", type=int, default=3, help="nearest neighbours for Jacquez (3)")
        parser.add_argument("--today", type=a_date, help="list households reported again, as of this day")
        self.add_out(parser)

    def handle(self, *, events: Path, out: Path, **options: Any) -> None:
        with refusing():
            refuse_slips(options)
            read, began = read_events(events), perf_counter()
            if options["reps"] < 0 or (options["delta"] is None) != (options["tau"] is None):
                raise ValueError("reps is 0 or more; --delta and --tau go together.")
            answer = _table(read, options)
            if options["delta"] is not None:
                names = ("delta", "tau", "k", "reps", "seed")
                tests = interaction(read.xy, read.times, **{name: options[name] for name in names})
                answer["interaction"] = plain(asdict(tests))
            if options["today"] is not None:
                answer["households"] = _households(read, options)
            settings = {"events": events, **{name: options[name] for name in _SETTINGS}}
            self.write(out, answer | {"settings": settings, "seconds": round(perf_counter() - began, 4)})


_SETTINGS = ("space", "time", "closed", "metric", "reps", "seed", "delta", "tau", "k", "today")


def _table(read: Events, options: dict[str, Any]) -> dict[str, Any]:
    right = options["closed"] == "right"
    space, time = Bands(edges(options["space"]), right), Bands(edges(options["time"]), right)
    found = near_repeat(
        read.xy, read.times, space, time, metric=options["metric"], household=read.household, reps=options["reps"],
        seed=options["seed"], threads=options["threads"], progress=Bar(),
    )  # fmt: skip
    tables = {"pairs": found.pairs, "expected": found.expected, "ratio": found.ratio, "p": found.p}
    bands = {"space_bands": space.labels, "time_bands": time.labels, "events": len(read.times)}
    return bands | {name: plain(table) for name, table in tables.items()}


def _households(read: Events, options: dict[str, Any]) -> list[dict[str, Any]]:
    if read.household is None or read.days is None:
        raise ValueError("Households reported again need the columns household and date.")
    rows = zip(read.household, read.days, [None] * len(read.days), strict=True)
    return [asdict(one) for one in repeat_households(rows, options["today"])]
