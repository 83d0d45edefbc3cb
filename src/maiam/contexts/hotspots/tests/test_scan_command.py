"""`maiam hotspots scan` against the answers of the reference program."""

import json
import re
from datetime import date

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from maiam.contexts.hotspots.tests.reference import CASES, day, expected_of, needs_cases, p_is_near, run

REPS = 1999
YEAR_2025 = ("--start", "2025-01-01", "--end", "2025-12-31", "--max-days", 28)

SCANS = {
    ("vn124_prospective", "poisson"): ("units.csv", "cases.csv", "--analysis", "prospective", *YEAR_2025),
    ("vn124_prospective", "permutation"): (
        "units.csv", "cases.csv", "--analysis", "prospective", "--model", "permutation", *YEAR_2025,
    ),
    ("nm_brain_retro_poisson", None): (
        "units.csv", "cases.csv", "--analysis", "retrospective", "--expected", "expected_counts.csv",
        "--start", "1973-01-01", "--end", "1991-12-31",
    ),
    ("nyc_fever_prospective_permutation", None): (
        "units.csv", "cases.csv", "--analysis", "prospective", "--model", "permutation", "--start", "2001-11-01",
        "--end", "2001-11-24", "--max-days", 7, "--max-km", 3,
    ),
    ("nhumberside_bernoulli", None): (
        "units.csv", "cases.csv", "--analysis", "spatial", "--model", "bernoulli", "--controls", "controls.csv",
    ),
    ("pennlc_spatial_poisson", "crude"): ("units.csv", "units.csv", "--analysis", "spatial"),
    ("pennlc_spatial_poisson", "standardised"): (
        "units.csv", "units.csv", "--analysis", "spatial", "--expected", "units.csv",
    ),
}  # fmt: skip


def scan(case, tmp_path, units, cases, *words):
    words = [CASES / case / word if str(word).endswith(".csv") else word for word in words]
    folder = CASES / case
    return run("scan", tmp_path, "--units", folder / units, "--cases", folder / cases, "--reps", REPS, *words)


@needs_cases
@pytest.mark.parametrize(("case", "part"), SCANS)
def test_a_scan_finds_what_the_reference_program_found(case, part, tmp_path):
    reference = expected_of(case)
    room = reference["tolerance"]["statistic"]

    answer = scan(case, tmp_path, *SCANS[case, part])

    assert answer["total_cases"] == reference["total_cases"]
    wanted = (reference[part] if part else reference)["clusters"]
    found = {frozenset(one["members"]): one for one in answer["clusters"]}
    order = [round(one["statistic"], 4) for one in answer["clusters"][: len(wanted)]]
    assert order == sorted(order, reverse=True)
    for cluster in wanted:
        ours = found[frozenset(cluster["members"])]
        assert ours["observed"] == cluster["observed"]
        assert ours["expected"] == pytest.approx(cluster["expected"], abs=0.01)
        assert ours["statistic"] == pytest.approx(cluster["statistic"], abs=room)
        assert p_is_near(ours["p_monte_carlo"], cluster["p_monte_carlo"], REPS)
        if "start" in cluster:
            assert (ours["start"], ours["end"]) == (day(cluster["start"]), day(cluster["end"]))
        if "relative_risk" in cluster:
            assert ours["relative_risk"] == pytest.approx(cluster["relative_risk"], abs=0.01)


@needs_cases
def test_the_tail_that_counting_cannot_reach_is_fitted(tmp_path):
    answer = scan("pennlc_spatial_poisson", tmp_path, *SCANS["pennlc_spatial_poisson", "crude"])

    assert answer["clusters"][0]["p_monte_carlo"] == pytest.approx(1 / (REPS + 1))
    assert answer["clusters"][0]["p_gumbel"] < 1e-10


UNITS = "unit,x_km,y_km,population\na,0,0,100\nb,5,0,100\nc,0,9,200\n"
DAYS = "unit,date,n\na,2025-01-01,3\nb,2025-01-02,1\nc,2025-01-09,2\n"


def refused(tmp_path, capsys=None, *, units=UNITS, cases=DAYS, words=("--analysis", "prospective")):
    (tmp_path / "units.csv").write_text(units, encoding="utf-8")
    (tmp_path / "cases.csv").write_text(cases, encoding="utf-8")
    named = ("--units", str(tmp_path / "units.csv"), "--cases", str(tmp_path / "cases.csv"))
    with pytest.raises(CommandError) as refusal:
        call_command("hotspots_scan", *named, *words, "--out", str(tmp_path / "answer.json"))
    assert refusal.value.returncode == 2
    assert not (tmp_path / "answer.json").exists()
    return str(refusal.value)


@pytest.mark.parametrize(
    ("cases", "told"),
    [
        ("unit,date,n\na,2025-01-01,3\nd,2025-01-02,1\n", "cases.csv: row 3: unit 'd' is not among the units"),
        ("unit,date,n\na,2025-01-01,-3\n", "cases.csv: row 2: n -3 is negative"),
        ("unit,date,n\na,2025-01-01,nan\n", "cases.csv: row 2: n 'nan' is no finite number"),
        ("unit,date,n\na,2025-01-01,1.5\n", "cases.csv: row 2: n 1.5 is no whole number"),
        ("unit;date;n\na;2025-01-01;1,5\n", "row 2: n '1,5' is no number: decimals take a point, thousands nothing"),
        ("unit,date,n\na,2025-01-01,1_000\n", "row 2: n '1_000' is no number"),
        ("unit,date,n\na,2025-01-01,1e999\n", "row 2: n '1e999' is no finite number"),
        ('unit,date,n\na,2025-01-01,"1\n', "cannot be read"),
        ("unit,date,n\na,2025-01-01,\n", "cases.csv: row 2: n is empty"),
        ("unit,date,n\na,2025-01-01,9000000000\n", "row 2: n 9000000000 is too large: at most 1,000,000,000"),
        ("unit,date,n\na,2025-01-01,9000000\n", "9,000,000 cases in all, where a scan takes at most 5,000,000"),
        ("unit,date,n\na,2025-01-01,1\n\nb,2025-01-01,1\n", "cases.csv: row 3: is blank"),
        ("unit,date,n\na,1025-01-01,1\nb,2025-01-01,1\n", "the dates span more than 20,000 periods"),
        ("unit,date,n\na,2025-01-01,2\nb,2025-01-01,1\na,2025-01-01,2\n", "row 4: unit and date a 2025-01-01"),
        ("unit,date,n\na,2025-02-30,2\n", "row 2: date '2025-02-30' is no date of the calendar"),
        ("unit,date,n\na,01/02/2025,2\n", "row 2: date '01/02/2025' is no date"),
        ("unit,date,n\na,2025-01-01\n", "row 2: has 2 cells where the header has 3"),
        ("place,date,n\na,2025-01-01,1\n", "no column unit"),
        ("unit,date,n\n", "has a header and no row"),
        ("", "is empty"),
        ("unit,d1,d2\na,1,2\nb,0,x\nc,1,1\n", "row 3: d2 'x' is no number"),
        ("unit,d1,d2\na,1,2\nb,0,0\n", "1 units of the study have no row"),
        ("unit,d1,d2\na,1,2\na,0,0\nc,1,1\n", "row 3: unit a stands twice; first in row 2"),
    ],
)
def test_cases_that_cannot_be_scanned_are_refused_with_file_row_and_reason(tmp_path, cases, told):
    assert told in refused(tmp_path, cases=cases)


@pytest.mark.parametrize(
    ("units", "told"),
    [
        ("unit,x_km,y_km,population\na,0,0,100\na,5,0,100\n", "units.csv: row 3: unit a stands twice; first in row 2"),
        ("unit,x_km,y_km,population\na,0,inf,100\n", "row 2: y_km 'inf' is no finite number"),
        ("unit,x_km,y_km,population\na,0,0,-1\nb,1,1,5\nc,2,2,4\n", "row 2: population -1 is negative"),
        ("unit,x_km,population\na,0,100\n", "no columns x_km and y_km, nor lon and lat"),
        ("unit,lon,lat,population\na,107,95,100\n", "row 2: lat 95 lies beyond 90 degrees"),
        ("unit,x_km,y_km\na,0,0\nb,5,0\nc,0,9\n", "no column population or expected"),
        ("unit,x_km,y_km,population\na,0,0,0\nb,5,0,100\nc,0,9,200\n", "unit a has cases where nothing is expected"),
    ],
)
def test_units_that_cannot_be_scanned_are_refused_with_file_row_and_reason(tmp_path, units, told):
    assert told in refused(tmp_path, units=units)


def test_a_date_outside_the_study_is_refused(tmp_path):
    words = ("--analysis", "prospective", "--start", "2025-01-01", "--end", "2025-01-08")

    told = "row 4: date '2025-01-09' lies outside the study (2025-01-01 to 2025-01-08)"
    assert told in refused(tmp_path, words=words)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--max-share", "0"), "max_share"),
        (("--max-share", "1.5"), "max_share"),
        (("--max-days", "0"), "one day or more"),
        (("--reps", "-1"), "reps"),
        (("--seed", "-1"), "--seed"),
        (("--seed", str(2**64)), "--seed"),
        (("--threads", "0"), "threads"),
        (("--penalty", "nan"), "--penalty: nan is no finite number"),
        (("--overdispersion", "inf"), "--overdispersion: inf is no finite number"),
        (("--start", "1025-02-01"), "more than 20,000"),
        (("--start", "2025-02-01", "--end", "2025-01-01"), "lies after"),
    ],
)
def test_limits_that_make_no_sense_are_refused(tmp_path, words, told):
    assert told in refused(tmp_path, words=("--analysis", "prospective", *words))


@pytest.mark.parametrize(
    ("written", "told"),
    [
        (DAYS.encode("utf-16"), "is no UTF-8 text; save it as CSV (UTF-8)"),
        (b"PK\x03\x04\x14\x00", "is a spreadsheet; save it as CSV (UTF-8) first"),
        (None, "there is no such file"),
    ],
)
def test_what_is_no_csv_is_refused_with_what_to_do(tmp_path, written, told):
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    if written is not None:
        (tmp_path / "cases.csv").write_bytes(written)
    words = ("--units", tmp_path / "units.csv", "--cases", tmp_path / "cases.csv", "--analysis", "prospective")

    with pytest.raises(CommandError, match=re.escape(told)):
        run("scan", tmp_path, *words)


def test_a_place_that_nothing_can_be_written_to_is_refused_before_anything_is_read(tmp_path):
    words = ("--units", "nowhere.csv", "--analysis", "spatial")

    for out, told in ((tmp_path, "it is a folder"), (tmp_path / "none" / "answer.json", "there is no such folder")):
        with pytest.raises(CommandError, match=told):
            call_command("hotspots_scan", *words, "--out", str(out))


def test_columns_are_known_in_capitals_too(tmp_path):
    (tmp_path / "units.csv").write_text(UNITS.replace("unit", "Unit"), encoding="utf-8")
    (tmp_path / "cases.csv").write_text(DAYS.replace("date,n", "Date,N"), encoding="utf-8")

    answer = run(
        "scan", tmp_path, "--units", tmp_path / "units.csv", "--cases", tmp_path / "cases.csv",
        "--analysis", "prospective", "--reps", 9,
    )  # fmt: skip

    assert answer["total_cases"] == 6


@pytest.mark.parametrize(("mark", "parted_by"), [("\ufeff", ","), ("", ";"), ("\ufeff", ";"), ("", "\t")])
def test_files_of_a_spreadsheet_may_carry_a_mark_and_semicolons_or_tabs(tmp_path, mark, parted_by):
    for name, text in (("units", UNITS), ("cases", DAYS)):
        (tmp_path / f"{name}.csv").write_text(mark + text.replace(",", parted_by), encoding="utf-8")

    answer = run(
        "scan", tmp_path, "--units", tmp_path / "units.csv", "--cases", tmp_path / "cases.csv",
        "--analysis", "prospective", "--reps", 9,
    )  # fmt: skip

    assert answer["total_cases"] == 6


def test_a_list_with_a_row_for_each_case_may_repeat_a_unit_and_date(tmp_path):
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "cases.csv").write_text("unit,date\na,2025-01-01\na,2025-01-01\nb,2025-01-02\n", encoding="utf-8")

    answer = run(
        "scan", tmp_path, "--units", tmp_path / "units.csv", "--cases", tmp_path / "cases.csv",
        "--analysis", "retrospective", "--reps", 19,
    )  # fmt: skip

    assert answer["total_cases"] == 3


def test_units_may_be_held_against_their_own_past(tmp_path):
    rng = np.random.default_rng(8)
    mean = np.repeat([[0.6], [1.0], [0.9]], 120, axis=1)
    mean[1, -5:] *= 4
    counts = rng.poisson(mean)
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    header = "unit," + ",".join(f"d{day}" for day in range(1, 121))
    rows = [f"{name},{','.join(map(str, row))}" for name, row in zip("abc", counts, strict=True)]
    (tmp_path / "cases.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    words = ("--units", tmp_path / "units.csv", "--cases", tmp_path / "cases.csv", "--reps", 99, "--max-days", 14)
    words += ("--start", "2025-01-01")

    answer = run("scan", tmp_path, *words, "--analysis", "prospective", "--own-past")

    first = answer["clusters"][0]
    assert first["members"] == ["b"]
    days = (date.fromisoformat(first["end"]) - date.fromisoformat(first["start"])).days + 1
    assert first["expected"] == pytest.approx(days, rel=0.35)
    assert answer["settings"]["base"] == "own past"
    with pytest.raises(CommandError, match="Only a prospective"):
        run("scan", tmp_path, *words, "--analysis", "retrospective", "--own-past")


def test_a_matrix_says_the_same_as_a_list(tmp_path):
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "list.csv").write_text(DAYS, encoding="utf-8")
    wide = "unit,d1,d2,d3,d4,d5,d6,d7,d8,d9\na,3,0,0,0,0,0,0,0,0\nb,0,1,0,0,0,0,0,0,0\nc,0,0,0,0,0,0,0,0,2\n"
    (tmp_path / "wide.csv").write_text(wide, encoding="utf-8")
    words = ("--units", tmp_path / "units.csv", "--analysis", "retrospective", "--start", "2025-01-01", "--reps", 99)

    answers = [run("scan", tmp_path, *words, "--cases", tmp_path / f"{name}.csv") for name in ("list", "wide")]

    assert json.dumps(answers[0]["clusters"]) == json.dumps(answers[1]["clusters"])
