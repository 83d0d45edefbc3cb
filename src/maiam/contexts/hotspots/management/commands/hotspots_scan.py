from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from maiam.contexts.hotspots.management.analyst import AnalystCommand, Bar, a_date, refusing
from maiam.core.science.files import scan
from maiam.core.science.scan.settings import Model, Rates, ScanSettings, Shape

LIMITS = ("max_share", "max_km", "max_units", "min_cases", "penalty", "reps", "seed", "stop_after", "max_clusters")


class Command(AnalystCommand):
    help = "Find clusters of cases in space and time (scan statistic). Files and answers: docs/hotspots.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        files = parser.add_argument_group("files (CSV, UTF-8, with a header)")
        files.add_argument("--units", type=Path, required=True, help="unit,x_km,y_km or unit,lon,lat [,population …]")
        files.add_argument("--cases", type=Path, help="unit,date,n, or unit,d1,d2,…, or unit,n; else column cases")
        files.add_argument("--controls", type=Path, help="the same of controls, for bernoulli; else column controls")
        base = files.add_mutually_exclusive_group()
        base.add_argument("--expected", type=Path, help="the same of expected counts; else column population")
        base.add_argument("--own-past", action="store_true", help="expect of each unit what its days before say")
        self.add_out(parser)
        self._add_limits(parser)
        chance = parser.add_argument_group("chance")
        chance.add_argument("--reps", type=int, default=999, help="replicates (999)")
        chance.add_argument("--seed", type=int, default=1, help="the same seed gives the same answer (1)")
        chance.add_argument("--overdispersion", type=float, default=0.0, help="variance of a unit's weekly risk (0)")
        chance.add_argument("--stop-after", type=int, help="stop once so many replicates reach the strongest cluster")
        chance.add_argument("--threads", type=int, help="all processors")

    def _add_limits(self, parser: ArgumentParser) -> None:
        what = parser.add_argument_group("what is looked for")
        what.add_argument("--analysis", choices=scan.ANALYSES, required=True)
        what.add_argument("--model", choices=[str(one) for one in Model], default="poisson")
        what.add_argument("--start", type=a_date, help="first day of the study; else of the files")
        what.add_argument("--end", type=a_date, help="last day of the study: today, for a prospective scan")
        what.add_argument("--max-days", type=int, help="longest window, days (half of the study)")
        what.add_argument("--min-days", type=int, default=1, help="shortest window, days (1)")
        what.add_argument("--max-share", type=float, default=0.5, help="largest part of all a zone may hold (0.5)")
        what.add_argument("--max-km", type=float, help="largest radius, km")
        what.add_argument("--max-units", type=int, help="most units in a zone")
        what.add_argument("--min-cases", type=int, default=2, help="fewest cases of a cluster of high rates (2)")
        what.add_argument("--shape", choices=[str(one) for one in Shape], default="circle")
        what.add_argument("--penalty", type=float, default=0.5, help="how much a long ellipse loses (0.5)")
        what.add_argument("--rates", choices=[str(one) for one in Rates], default="high")
        what.add_argument("--max-clusters", type=int, default=50, help="most clusters told (50)")

    def handle(self, *, out: Path, analysis: str, **options: Any) -> None:
        files = scan.ScanFiles(*(options[name] for name in ("units", "cases", "controls", "expected")))
        with refusing():
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
