from argparse import ArgumentParser
from functools import partial
from pathlib import Path
from typing import Any

from maiam.contexts.hotspots.management.analyst import AnalystCommand, Bar, a_date, refuse_slips, refusing
from maiam.core.science.files import scan
from maiam.core.science.scan.settings import Model, Rates, ScanSettings, Shape

LIMITS = ("max_share", "max_km", "max_units", "min_cases", "penalty", "reps", "seed", "stop_after", "max_clusters")


class Command(AnalystCommand):
    help = "Find clusters of cases in space and time (scan statistic). Files and answers: docs/hotspots.md."

    example = "maiam hotspots scan --units xa.csv --cases tin.csv --analysis prospective --own-past --out cum.json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        files = parser.add_argument_group("files (CSV, UTF-8, with a header)")
        a_file = partial(files.add_argument, type=Path, metavar="FILE")
        a_file("--units", required=True, help="unit,x_km,y_km or unit,lon,lat, with population, cases, … beside")
        a_file("--cases", help="unit,date,n, or unit,d1,d2,…, or unit,n; else the column cases of the units")
        a_file("--controls", help="the same of controls, for bernoulli; else the column controls")
        base = files.add_mutually_exclusive_group()
        base.add_argument("--expected", type=Path, metavar="FILE", help="expected counts; else the column population")
        base.add_argument("--own-past", action="store_true", help="expect of each unit what its days before say")
        self.add_out(files)
        self._add_limits(parser)
        chance = parser.add_argument_group("chance")
        a_number = partial(chance.add_argument, type=int, metavar="N")
        a_number("--reps", default=999, help="replicates (999)")
        a_number("--seed", default=1, help="the same seed gives the same answer (1)")
        a_number("--stop-after", help="stop once so many replicates reach the strongest cluster")
        a_number("--threads", help="threads (all processors); the answer is the same")
        chance.add_argument(
            "--overdispersion", type=float, metavar="V", default=0.0, help="variance of a unit's weekly risk (0)"
        )

    def _add_limits(self, parser: ArgumentParser) -> None:
        what = parser.add_argument_group("what is looked for")
        what.add_argument(
            "--analysis", choices=scan.ANALYSES, required=True, help="alive now, at any time, or in space alone"
        )
        what.add_argument("--model", choices=[str(one) for one in Model], default="poisson", help="(poisson)")
        what.add_argument(
            "--rates", choices=[str(one) for one in Rates], default="high", help="too many, or few (high)"
        )
        what.add_argument("--shape", choices=[str(one) for one in Shape], default="circle", help="of zones (circle)")
        a_date_of = partial(what.add_argument, type=a_date, metavar="DATE")
        a_date_of("--start", help="first day of the study (of the files)")
        a_date_of("--end", help="last day of the study (of the files): today, for a prospective scan")
        a_number = partial(what.add_argument, type=int, metavar="N")
        a_number("--max-days", help="longest window, days (half of the study)")
        a_number("--min-days", default=1, help="shortest window, days (1)")
        a_number("--max-units", help="most units in a zone")
        a_number("--min-cases", default=2, help="fewest cases of a cluster of high rates (2)")
        a_number("--max-clusters", default=50, help="most clusters told (50)")
        a_size = partial(what.add_argument, type=float)
        a_size("--max-share", metavar="F", default=0.5, help="largest part of all a zone may hold, 0 to 1 (0.5)")
        a_size("--max-km", metavar="KM", help="largest radius, or half of an ellipse's shorter axis")
        a_size("--penalty", metavar="A", default=0.5, help="how much a long ellipse loses (0.5)")

    def handle(self, *, out: Path, analysis: str, **options: Any) -> None:
        files = scan.ScanFiles(*(options[name] for name in ("units", "cases", "controls", "expected")))
        with refusing():
            refuse_slips(options)
            settings = ScanSettings(
                model=Model(options["model"]),
                rates=Rates(options["rates"]),
                shape=Shape(options["shape"]),
                overdispersion=options["overdispersion"],
                threads=options["threads"],
                **{name: options[name] for name in LIMITS},
            )
            by_own_past, dates = options["own_past"], {name: options[name] for name in ("start", "end")}
            read = scan.read_input(files, analysis, settings.model, by_own_past=by_own_past, **dates)
            settings = scan.within_days(settings, read, analysis, options["max_days"], options["min_days"])
            if by_own_past:
                read, settings = scan.own_past(read, analysis, settings)
            result = scan.run(read, analysis, settings, Bar())
            self.write(out, scan.as_json(read, analysis, result))
