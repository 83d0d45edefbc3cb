"""The reference cases, as an analyst would send them through the command line."""

import json
import os
from math import sqrt
from pathlib import Path

import pytest
from django.core.management import call_command

SHARED = Path(os.environ.get("MAIAM_SHARED") or Path(__file__).resolve().parents[5].parent / "shared")
CASES = SHARED / "data" / "hotspots"
needs_cases = pytest.mark.skipif(
    not CASES.exists(), reason="the reference cases are not on this machine (../shared/data/hotspots)"
)
# Where an answer was simulated, this many replicates were drawn.
REFERENCE_REPS = 9999


def expected_of(case):
    return json.loads((CASES / case / "expected.json").read_text(encoding="utf-8"))


def run(command, tmp_path, *words):
    out = tmp_path / "answer.json"
    call_command(f"hotspots_{command}", *(str(word) for word in words), "--out", str(out))
    return json.loads(out.read_text(encoding="utf-8"))


def p_is_near(p, reference, reps):
    room = 3 * sqrt(reference * (1 - reference) / reps) + 3 * sqrt(reference * (1 - reference) / REFERENCE_REPS)
    return abs(p - reference) <= room + 1 / reps


def day(text):
    """A date of the reference program, 2025/12/4, as ours."""
    return "-".join(part.zfill(2) for part in text.split("/"))
