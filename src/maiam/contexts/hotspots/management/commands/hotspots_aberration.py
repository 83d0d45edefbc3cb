from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

from maiam.contexts.hotspots.management.analyst import AnalystCommand, refuse_slips, refusing
from maiam.core.science.aberration import FarringtonSettings, Outcome, cusum, ears, farrington_flexible
from maiam.core.science.files.series import Series, plain, read_series

EARS = ("C1", "C2", "C3")
METHODS = (*EARS, "farrington", "cusum")


class Command(AnalystCommand):
    help = "Find where series depart from their own past. Files and answers: docs/hotspots.md."
    example = "maiam hotspots aberration --series tuan.csv --method farrington --out bat-thuong.json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--series", "--cases", type=Path, required=True, help="t,observed or unit,d1,d2,…")
        parser.add_argument("--method", choices=METHODS, action="append", help="may be given more than once (C1)")
        parser.add_argument("--from", type=int, dest="first", help="first time looked at, counted from 1")
        parser.add_argument("--alpha", type=float, help="one-sided chance of an alarm")
        self.add_out(parser)
        ear = parser.add_argument_group("C1, C2, C3")
        ear.add_argument("--baseline", type=int, default=7, help="counts in a baseline (7)")
        ear.add_argument("--min-sigma", type=float, default=0.0, help="least spread of a baseline (0)")
        farrington = parser.add_argument_group("farrington")
        farrington.add_argument("--bound", choices=("nb", "muan", "delta"), default="nb", help="of the prediction (nb)")
        farrington.add_argument("--years", type=int, default=3, help="years back (3)")
        farrington.add_argument("--half-window", type=int, default=3, help="weeks about the same week (3)")
        farrington.add_argument("--periods", type=int, default=10, help="seasons of a year (10)")
        farrington.add_argument("--past-left-out", type=int, default=26, help="last weeks that take no part (26)")
        farrington.add_argument("--weight-threshold", type=float, default=2.58, help="beyond it a past outbreak (2.58)")
        farrington.add_argument("--trend-p", type=float, default=1.0, help="keep a trend below this p (1: always)")
        sums = parser.add_argument_group("cusum")
        sums.add_argument("--k", type=float, default=1.04, help="reference value (1.04)")
        sums.add_argument("--h", type=float, default=2.26, help="decision limit (2.26)")
        sums.add_argument("--m", type=float, help="expected count (mean before the first time looked at)")
        sums.add_argument("--standard", choices=("rossi", "standard"), default="rossi")

    def handle(self, *, series: Path, out: Path, method: list[str] | None, **options: Any) -> None:
        with refusing():
            refuse_slips(options)
            read, began = read_series(series), perf_counter()
            found = {name: _detect(name, read, options) for name in method or ["C1"]}
            seconds = round(perf_counter() - began, 4)
            told = {name: _as_json(outcome, read) for name, outcome in found.items()}
            settings = {"series": str(series), **{name: value for name, value in options.items() if name in _OWN}}
            self.write(out, {"methods": told, "settings": settings, "seconds": seconds})


_OWN = ("first", "alpha", "baseline", "min_sigma", "bound", "years", "half_window", "periods", "past_left_out",
        "weight_threshold", "trend_p", "k", "h", "m", "standard")  # fmt: skip


def _detect(name: str, read: Series, options: dict[str, Any]) -> Outcome:
    first = options["first"] - 1 if options["first"] is not None else None
    if name in EARS:
        return ears(
            read.counts, name, first=first, baseline=options["baseline"], alpha=options["alpha"],
            min_sigma=options["min_sigma"],
        )  # fmt: skip
    if name == "cusum":
        if first is None:
            raise ValueError("cusum needs --from: what comes before it says what is usual.")
        return cusum(
            read.counts, first=first, k=options["k"], h=options["h"], m=options["m"], standard=options["standard"]
        )
    settings = FarringtonSettings(
        method=options["bound"],
        alpha=options["alpha"] or asdict(FarringtonSettings())["alpha"],
        **{one: options[one] for one in _FARRINGTON},
    )
    return farrington_flexible(read.counts, settings, first=settings.earliest if first is None else first)


_FARRINGTON = ("years", "half_window", "periods", "past_left_out", "weight_threshold", "trend_p")


def _as_json(outcome: Outcome, read: Series) -> list[dict[str, Any]]:
    times = [read.times[at] for at in outcome.moments]
    return [
        {
            "unit": name,
            "t": [int(time) if time.isdigit() else time for time in times],
            "observed": plain(read.counts[at, outcome.moments]),
            "upper": plain(outcome.upper[at]),
            "expected": plain(outcome.expected[at]),
            "alarm": outcome.alarm[at].tolist(),
            "score": plain(outcome.score[at]),
            "alarms": [
                int(time) if time.isdigit() else time
                for time, is_one in zip(times, outcome.alarm[at], strict=True)
                if is_one
            ],
        }
        for at, name in enumerate(read.names)
    ]
