from argparse import ArgumentParser
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from scipy.special import ndtr

from maiam.contexts.hotspots.management.analyst import AnalystCommand, refuse_slips, refusing
from maiam.core.science import local
from maiam.core.science.files.series import by_name, plain, read_neighbours
from maiam.core.science.files.table import FileRefusedError
from maiam.core.science.files.units import Units, read_units


class Command(AnalystCommand):
    help = "Gi, Gi*, local Moran and smoothed rates of each unit. Files and answers: docs/hotspots.md."
    example = "maiam hotspots local --units xa.csv --within-km 15 --reps 999 --out gi.json"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--units",
            type=Path,
            required=True,
            help="unit,x_km,y_km or unit,lon,lat, and the columns below",
        )
        near = parser.add_mutually_exclusive_group(required=True)
        near.add_argument("--neighbours", type=Path, help="unit,neighbour: each direction by itself")
        near.add_argument("--within-km", type=float, help="neighbours no farther apart than this")
        parser.add_argument("--value", help="the column that is looked at; else cases over population")
        parser.add_argument("--cases", default="cases", help="the column of cases (cases)")
        parser.add_argument("--population", default="population", help="the column of people (population)")
        parser.add_argument("--per", type=float, default=1000.0, help="rates are per so many people (1000)")
        parser.add_argument("--reps", type=int, default=0, help="replicates of the permutation test (0)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same answer (1)")
        parser.add_argument("--fdr", type=float, default=0.05, help="false ones among the hot and cold (0.05)")
        self.add_out(parser)

    def handle(
        self, *, units: Path, out: Path, neighbours: Path | None, within_km: float | None, **options: Any
    ) -> None:
        with refusing():
            refuse_slips(options | {"within_km": within_km})
            if (within_km is not None and within_km <= 0) or options["per"] <= 0:
                raise ValueError("--within-km and --per are above 0.")
            read = read_units(units)
            near = read_neighbours(neighbours, read) if neighbours else _within(read, within_km or 0.0)
            value, counted = _values(read, options)
            began = perf_counter()
            answer = _answer(read, near, value, counted, options)
            settings = {"units": units, "neighbours": neighbours, "within_km": within_km}
            settings |= {name: options[name] for name in ("value", "cases", "population", "per", "reps", "seed", "fdr")}
            self.write(out, answer | {"settings": settings, "seconds": round(perf_counter() - began, 4)})


def _within(read: Units, km: float) -> local.Neighbours:
    if read.places.is_globe:
        straight = 2 * 6367.0 * np.sin(km / (2 * 6367.0))
        return local.within_distance(read.places.points, float(straight))
    return local.within_distance(read.places.points, km)


def _values(read: Units, options: dict[str, Any]) -> tuple[np.ndarray, tuple[np.ndarray, np.ndarray] | None]:
    if options["value"]:
        read.table.required(options["value"])
        return np.array(read.table.numbers(options["value"])), None
    read.table.required(options["cases"])
    read.table.required(options["population"])
    cases, people = read.column(options["cases"]), read.column(options["population"])
    if bare := [name for name, n in zip(read.places.ids, people, strict=True) if n <= 0]:
        raise FileRefusedError(
            [f"{read.table.file}: unit {name} has nobody in {options['population']}." for name in bare]
        )
    return options["per"] * cases / people, (cases, people)


def _answer(
    read: Units,
    near: local.Neighbours,
    value: np.ndarray,
    counted: tuple[np.ndarray, np.ndarray] | None,
    options: dict[str, Any],
) -> dict[str, Any]:
    star = local.local_g(value, near)
    q = local.false_discovery(2 * ndtr(-np.abs(star)))
    each = local.local_moran(value, near, reps=options["reps"], seed=options["seed"])
    smoothed = local.empirical_bayes(*counted) if counted else None
    rows = by_name(
        read.places.ids,
        value=value,
        gstar_binary=star,
        gstar_q=q,
        gstar_spot=np.where(q <= options["fdr"], np.where(star > 0, "hot", "cold"), "none"),
        gi_binary=local.local_g(value, near, star=False),
        gstar_rowstd=local.local_g(value, near, standardised=True),
        Ii=each.i,
        Z_Ii_cond=each.z_conditional,
        p_Ii_cond=each.p_conditional,
        Z_Ii_total=each.z_total,
        p_Ii_total=each.p_total,
        p_permutation=each.p_permutation,
        quadrant=each.quadrant,
        eb_global=smoothed.rate if smoothed else None,
        eb_local=local.empirical_bayes_local(*counted, near).rate if counted else None,
    )
    whole = local.moran(value, near)
    answer: dict[str, Any] = {
        "units": rows,
        "moran": {
            "I": whole.i,
            "expectation": whole.expectation,
            "variance_randomisation": whole.variance,
            "p_one_sided": whole.p_one_sided,
        },
    }
    if counted and smoothed:
        answer["eb_parameters"] = plain({"a": smoothed.variance, "b": smoothed.mean})
        answer["eb_moran_I"] = local.empirical_bayes_moran(*counted, near)
    return answer
