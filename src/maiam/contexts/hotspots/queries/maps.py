"""The map of a province: each commune's shade in each bin of time, clusters as outlines; no dot for a case."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from maiam.contexts.hotspots.models import Alert, Run, RunPart
from maiam.contexts.hotspots.queries.reach import unit_names
from maiam.contexts.hotspots.queries.runs import newest_run
from maiam.contexts.hotspots.rules.alerts import State
from maiam.contexts.hotspots.rules.detect import Plain, Stage
from maiam.contexts.hotspots.rules.shades import (
    CATEGORY_LABELS,
    FEW,
    SHADES,
    Layer,
    hot_shade,
    rate_shade,
)
from maiam.contexts.places import queries as places
from maiam.core.science.local import Category
from maiam.core.text import write_date
from maiam.platform.access import Actor, Permission


@dataclass(frozen=True)
class MapLine:
    """One commune, its shade in each frame, and what its series amounts to."""

    id: int
    name: str
    shades: list[str]
    category: str
    outline: str

    def shade_labels(self, layer: Layer) -> list[str]:
        return [SHADES[layer][shade] for shade in self.shades]


@dataclass(frozen=True)
class Picture:
    """The province on one layer; `frames` are periods, oldest first."""

    run: Run
    layer: Layer
    frames: list[str]
    lines: list[MapLine]

    @property
    def shades(self) -> list[tuple[str, str]]:
        return list(SHADES[self.layer].items())

    def notable(self, frame: int) -> list[tuple[MapLine, str]]:
        """The communes a reader looks for: any but those of the lowest shade without an alert."""
        return [row for row in self.rows(frame) if not self._is_usual(row[0], frame)]

    def usual(self, frame: int) -> list[tuple[MapLine, str]]:
        return [row for row in self.rows(frame) if self._is_usual(row[0], frame)]

    def _is_usual(self, line: MapLine, frame: int) -> bool:
        return line.shades[frame] == next(iter(SHADES[self.layer])) and not line.outline

    def rows(self, frame: int) -> list[tuple[MapLine, str]]:
        """Each commune with its shade of one frame, the hottest first."""
        order = list(SHADES[self.layer])
        told = [(line, line.shades[frame]) for line in self.lines]
        told.sort(key=lambda row: (-order.index(row[1]), row[0].name))
        return [(line, SHADES[self.layer][shade]) for line, shade in told]


def picture(actor: Actor, layer: Layer) -> Picture | None:
    """The newest run on the map; None while none is done."""
    actor.require(Permission.WATCH_HOT_SPOTS)
    run = newest_run(actor)
    part = RunPart.objects.visible_to(actor).filter(run=run, stage=Stage.LOCAL).first() if run else None
    if run is None or part is None:
        return None
    own = set(run.communes)
    rows = [row for row in part.answer["units"] if row["id"] in own]
    names, outlines = unit_names(own), _outlines(actor, run)
    shades = _hot(rows) if layer is Layer.HOT else _rates(rows)
    lines = [
        MapLine(row["id"], names.get(row["id"], ""), told, _category(row, layer), outlines.get(row["id"], ""))
        for row, told in zip(rows, shades, strict=True)
    ]
    return Picture(run, layer, _frames(run, part.answer, layer), sorted(lines, key=lambda line: line.name))


def _hot(rows: list[Plain]) -> list[list[str]]:
    return [[hot_shade(z, near) for z, near in zip(row["z"], row["near"], strict=True)] for row in rows]


def _rates(rows: list[Plain]) -> list[list[str]]:
    """The middle commune's rate stands for the province, so that one large commune does not."""
    known = sorted(row["rate"] for row in rows)
    usual = known[len(known) // 2] if known else 0.0
    return [[rate_shade(row["rate"], row["year"], usual)] for row in rows]


def _category(row: Plain, layer: Layer) -> str:
    if layer is Layer.RATE or hot_shade(row["z"][-1], row["near"][-1]) == FEW:
        return CATEGORY_LABELS[Category.NONE]
    return CATEGORY_LABELS[Category(row["category"])]


def _frames(run: Run, answer: Plain, layer: Layer) -> list[str]:
    limits = run.settings["limits"]
    if layer is Layer.RATE:
        return [f"Một năm đến {write_date(run.day)}"]
    last = answer["ends"][-1]
    ends = [run.day - timedelta(days=last - end) for end in answer["ends"]]
    return [f"{write_date(end - timedelta(days=limits['bin_days'] - 1))} – {write_date(end)}" for end in ends]


def _outlines(actor: Actor, run: Run) -> dict[int, str]:
    rows = Alert.objects.visible_to(actor).filter(province_id=run.province_id).exclude(state=State.CLOSED)
    found: dict[int, str] = {}
    for row in rows.order_by("tier"):
        for commune in row.communes:
            # Amber comes before red in the order of letters, so that red has the last word.
            found[commune] = row.tier
    return found


def map_of(drawn: Picture) -> dict[str, Any]:
    """The communes' shapes; each with its shade and label in every frame."""
    shapes = places.map_geometry(drawn.run.province)
    lines = {line.id: line for line in drawn.lines}
    for feature in shapes["features"]:
        line = lines.get(feature["id"])
        if line:
            labels = [f"{line.name}: {label}" for label in line.shade_labels(drawn.layer)]
            feature["properties"] |= {
                "shade": line.shades[-1],
                "label": labels[-1],
                "shades": line.shades,
                "labels": labels,
                "outline": line.outline,
            }
    return shapes
