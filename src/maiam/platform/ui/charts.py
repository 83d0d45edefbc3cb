"""Charts drawn on the server as SVG: bars for parts of a whole, columns, lines and bands for time. No script, no style.

A chart is told once, by a `Chart`; the tags `{% bar_chart %}` and `{% time_chart %}` draw it. Colour is never the only
sign: series differ by pattern, dash and mark. A value of None is not known, or not published: it is left out, and
the chart says so. The page gives the same numbers as a table.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from zlib import crc32

from maiam.core.text import write_number

Value = float | None

# Of the drawing of a time chart, in its own units; style sheets scale the words.
WIDTH, HEIGHT = 720.0, 320.0
LEFT, RIGHT, TOP, BOTTOM = 64.0, 16.0, 16.0, 44.0
TICKS = 4
# More labels than this under a time chart would touch each other.
MOST_LABELS = 13
SHARE_OF_COLUMNS = 0.72
MARK = 4.5
# What spreads less than this is drawn as flat.
SMALLEST_SPAN = 1e-6
WITHHELD = "không công bố"


class Look(StrEnum):
    """How a series of a time chart is drawn."""

    COLUMNS = "columns"
    LINE = "line"
    DOTS = "dots"


@dataclass(frozen=True)
class Series:
    """One row of values, in the order of the chart's categories. A `dashed` line is a forecast, or what is usual."""

    label: str
    values: Sequence[Value]
    look: Look = Look.COLUMNS
    dashed: bool = False


@dataclass(frozen=True)
class Band:
    """Where a value may lie: from `low` to `high` at each category."""

    label: str
    low: Sequence[Value]
    high: Sequence[Value]


@dataclass(frozen=True)
class Level:
    """A line across a time chart: a target, a limit."""

    label: str
    value: float


@dataclass(frozen=True)
class Chart:
    """What is shown. `summary` says in a sentence what a reader who does not see it would miss."""

    title: str
    categories: Sequence[str]
    series: Sequence[Series]
    summary: str = ""
    unit: str = ""
    bands: Sequence[Band] = ()
    levels: Sequence[Level] = ()
    withheld: str = WITHHELD

    def __post_init__(self) -> None:
        rows = [row.values for row in self.series] + [row for band in self.bands for row in (band.low, band.high)]
        if any(len(row) != len(self.categories) for row in rows):
            raise ValueError(f"{self.title}: every series needs a value for each of {len(self.categories)} categories.")

    @property
    def id(self) -> str:
        return f"chart-{crc32(f'{self.title}|{self.categories}'.encode()):08x}"

    @property
    def is_empty(self) -> bool:
        return not any(known(row.values) for row in self.series)

    @property
    def has_withheld(self) -> bool:
        return any(value is None for row in self.series for value in row.values)


def known(values: Sequence[Value]) -> list[float]:
    return [value for value in values if value is not None]


# --- bars: one category under the other, so that long names stay readable on a phone


@dataclass(frozen=True)
class Bar:
    """One bar; `width` is a percentage of the widest, None where the value is withheld."""

    place: int
    label: str
    width: str | None
    words: str


@dataclass(frozen=True)
class Bars:
    category: str
    bars: list[Bar]


def bars(chart: Chart) -> list[Bars]:
    """Lay out a bar chart. Raises `ValueError` where a value is below zero: a bar has no place for it."""
    values = [value for row in chart.series for value in known(row.values)]
    if any(value < 0 for value in values):
        raise ValueError(f"{chart.title}: a bar cannot show what is below zero.")
    widest = max(values, default=0) or 1
    return [
        Bars(
            category,
            [
                Bar(place, row.label, _percent(row.values[number], widest), _words(chart, row.values[number]))
                for place, row in enumerate(chart.series)
            ],
        )
        for number, category in enumerate(chart.categories)
    ]


def _percent(value: Value, widest: float) -> str | None:
    return None if value is None else f"{value / widest * 100:.2f}%"


def _words(chart: Chart, value: Value) -> str:
    return chart.withheld if value is None else f"{write_number(value)} {chart.unit}".strip()


# --- time: columns, lines, bands


@dataclass(frozen=True)
class Tick:
    at: float
    label: str
    is_minor: bool = False


@dataclass(frozen=True)
class Column:
    place: int
    x: float
    y: float
    width: float
    height: float
    words: str


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    path: str
    words: str


@dataclass(frozen=True)
class Line:
    place: int
    path: str
    marks: list[Mark]
    dashed: bool
    is_drawn: bool


@dataclass(frozen=True)
class TimeDrawing:
    """Everything of a time chart in the units of its view box."""

    chart: Chart
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    bands: list[str]
    columns: list[Column]
    lines: list[Line]
    levels: list[Tick]
    withheld: list[float]

    width, height, left, bottom, right, words_end = WIDTH, HEIGHT, LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, LEFT - 8


class _Scale:
    """From categories and values to places in the drawing."""

    def __init__(self, chart: Chart) -> None:
        self.slot = (WIDTH - LEFT - RIGHT) / max(len(chart.categories), 1)
        values = [value for row in chart.series for value in known(row.values)]
        values += [value for band in chart.bands for value in known(band.low) + known(band.high)]
        values += [level.value for level in chart.levels]
        self.ticks = round_ticks(min([0.0, *values]), max([0.0, *values]))
        self.low, self.high = self.ticks[0], self.ticks[-1]

    def x(self, number: int) -> float:
        return _short(LEFT + self.slot * (number + 0.5))

    def y(self, value: float) -> float:
        room = HEIGHT - TOP - BOTTOM
        return _short(TOP + room * (self.high - value) / (self.high - self.low))


def time_drawing(chart: Chart) -> TimeDrawing:
    """Lay out a time chart."""
    scale = _Scale(chart)
    every = math.ceil(len(chart.categories) / MOST_LABELS)
    empty = [
        scale.x(number)
        for number in range(len(chart.categories))
        if any(row.values[number] is None for row in chart.series)
    ]
    return TimeDrawing(
        chart=chart,
        x_ticks=[
            Tick(scale.x(number), label, is_minor=number // every % 2 == 1)
            for number, label in enumerate(chart.categories)
            if number % every == 0
        ],
        y_ticks=[Tick(scale.y(value), write_number(value)) for value in scale.ticks],
        bands=[path for band in chart.bands for path in _band_paths(scale, band)],
        columns=list(_columns(chart, scale)),
        lines=[_line(chart, scale, place) for place, row in enumerate(chart.series) if row.look is not Look.COLUMNS],
        levels=[Tick(scale.y(level.value), level.label) for level in chart.levels],
        withheld=empty,
    )


def round_ticks(low: float, high: float) -> list[float]:
    """Round numbers that span `low` to `high`, steps of 1, 2 or 5 times a power of ten, whole from 1 on."""
    span = high - low if high - low > SMALLEST_SPAN else 1
    rough = span / TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * size for size in (1, 2, 5, 10) if power * size >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(number * step, 10) for number in range(first, max(last, first + 1) + 1)]


def _columns(chart: Chart, scale: _Scale) -> Iterator[Column]:
    places = [place for place, row in enumerate(chart.series) if row.look is Look.COLUMNS]
    wide = scale.slot * SHARE_OF_COLUMNS / max(len(places), 1)
    for nth, place in enumerate(places):
        for number, value in enumerate(chart.series[place].values):
            if value is None:
                continue
            x = scale.x(number) - wide * len(places) / 2 + wide * nth
            top, bottom = sorted((scale.y(value), scale.y(0)))
            words = f"{chart.categories[number]}, {chart.series[place].label}: {_words(chart, value)}"
            yield Column(place, _short(x), top, _short(wide * 0.94), _short(bottom - top), words)


def _line(chart: Chart, scale: _Scale, place: int) -> Line:
    row = chart.series[place]
    at = [None if value is None else (scale.x(number), scale.y(value)) for number, value in enumerate(row.values)]
    steps = [f"M{at[0][0]} {at[0][1]}"] if at and at[0] else []
    steps += [f"{'L' if before else 'M'}{here[0]} {here[1]}" for before, here in pairwise(at) if here]
    marks = [
        Mark(*point, _mark_path(place, *point), f"{category}, {row.label}: {_words(chart, value)}")
        for point, category, value in zip(at, chart.categories, row.values, strict=True)
        if point
    ]
    return Line(place, "".join(steps), marks, row.dashed, is_drawn=row.look is Look.LINE)


def _mark_path(place: int, x: float, y: float) -> str:
    """A square, a rhombus or a triangle, by the series' place; the first is a near-circle of eight sides."""
    corners = {0: 8, 1: 4, 2: 3}.get(place % 4, 4)
    turn = math.pi / 4 if place % 4 == 3 else -math.pi / 2
    points = [
        f"{_short(x + MARK * math.cos(turn + 2 * math.pi * corner / corners))}"
        f" {_short(y + MARK * math.sin(turn + 2 * math.pi * corner / corners))}"
        for corner in range(corners)
    ]
    return f"M{'L'.join(points)}Z"


def _band_paths(scale: _Scale, band: Band) -> Iterator[str]:
    """One closed shape for each run of categories in which both edges are known."""
    run: list[tuple[float, float, float]] = []
    for number, (low, high) in enumerate([*zip(band.low, band.high, strict=True), (None, None)]):
        if low is not None and high is not None:
            run.append((scale.x(number), scale.y(low), scale.y(high)))
        elif run:
            there = "L".join(f"{x} {high_y}" for x, _, high_y in run)
            back = "L".join(f"{x} {low_y}" for x, low_y, _ in reversed(run))
            yield f"M{there}L{back}Z"
            run = []


def _short(number: float) -> float:
    return round(number, 1)
