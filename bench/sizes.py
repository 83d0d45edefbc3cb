"""What a scan costs in processor time as the number of units grows, and its drawing, `docs/scan-cost.svg`."""

from collections.abc import Iterator
from math import log10
from pathlib import Path

import numpy as np

from bench.hotspots import PROVINCE, THREADS, WINDOW, Study, quickest
from bench.table import Row
from maiam.core.science.scan import ScanSettings, build_zones

DRAWING = Path(__file__).parents[1] / "docs" / "scan-cost.svg"
UNITS = (62, PROVINCE, 250, 500, 1000, 2000, 3321)
SHARES = (0.1, 0.5)
Points = list[tuple[float, float]]


def rows() -> Iterator[Row]:
    """Time scans of every size beside their floors; draw them at the end."""
    lines: dict[str, Points] = {}
    for units in UNITS:
        study = Study(units, np.random.default_rng(20261128))
        zones = build_zones(study.places)
        for share in SHARES:
            settings = ScanSettings(max_periods=WINDOW, max_share=share, threads=THREADS)
            taken = quickest(study.scan(settings, zones), study.floor(settings, zones), times=2)
            ours, floor = (one.processors / 1000 for one in taken)
            row = Row(f"scan of {units:,} units, zones to {share:.0%}, processors", ours, floor, "s", decimals=3)
            lines.setdefault(f"scan, zones to {share:.0%}", []).append((units, row.ours))
            lines.setdefault(f"bare count, zones to {share:.0%}", []).append((units, row.floor))
            yield row
    DRAWING.write_text(drawing(lines), encoding="utf-8")


WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 420, 70, 20, 190, 50
COLOURS = ("#0b5cad", "#9a9a9a", "#b3261e", "#c9a9a6")
LINE = 16
SECONDS = (0.001, 0.01, 0.1, 1.0, 10.0)


def drawing(lines: dict[str, Points]) -> str:
    """Draw lines over units and seconds, both on logarithmic axes, as SVG."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"'
        ' font-size="13">',
        "<title>Processor seconds of a scan of 28 days with 999 replicates, by the number of units</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
    ]
    for seconds in SECONDS:
        y = _y(seconds)
        parts.append(f'<line x1="{LEFT}" y1="{y:.1f}" x2="{WIDTH - RIGHT}" y2="{y:.1f}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{seconds:g} s</text>')
    for units in UNITS:
        parts.append(f'<text x="{_x(units):.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{units:,}</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">units</text>')
    heights = _apart({name: _y(points[-1][1]) + 4 for name, points in lines.items()})
    for colour, (name, points) in zip(COLOURS, lines.items(), strict=True):
        path = " ".join(f"{_x(units):.1f},{_y(seconds):.1f}" for units, seconds in points)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        y = heights[name]
        parts.append(f'<text x="{WIDTH - RIGHT + 8}" y="{y:.1f}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _apart(heights: dict[str, float]) -> dict[str, float]:
    """Move labels down until none lies on another."""
    moved: dict[str, float] = {}
    for name, y in sorted(heights.items(), key=lambda one: one[1]):
        moved[name] = max([y, *(other + LINE for other in moved.values())])
    return moved


def _x(units: float) -> float:
    low, high = log10(UNITS[0]), log10(UNITS[-1])
    return LEFT + (WIDTH - LEFT - RIGHT) * (log10(units) - low) / (high - low)


def _y(seconds: float) -> float:
    low, high = log10(SECONDS[0]), log10(SECONDS[-1])
    return TOP + (HEIGHT - TOP - BOTTOM) * (1 - (log10(max(seconds, SECONDS[0])) - low) / (high - low))
