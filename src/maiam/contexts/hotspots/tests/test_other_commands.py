"""`maiam hotspots aberration | local | categories | near-repeat` against the answers of the reference programs."""

import csv
import math

import pytest
from django.core.management import CommandError, call_command

from maiam.contexts.hotspots.tests.reference import CASES, expected_of, needs_cases, run

SERIES = ("--series", CASES / "salmonella_agona_aberration" / "series.csv")


def answers(case, file="answers.csv"):
    with (CASES / case / file).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def number(text):
    return None if text in {"", "NA"} else float(text)


def assert_alike(ours, theirs, **room):
    for one, other in zip(ours, theirs, strict=True):
        assert (one is None) == (other is None)
        if other is not None:
            assert one == pytest.approx(other, **room)


@needs_cases
@pytest.mark.parametrize("method", ["C1", "C2", "C3"])
def test_ears_raises_the_alarms_of_the_reference_package(method, tmp_path):
    case = "salmonella_agona_aberration"
    found = run("aberration", tmp_path, *SERIES, "--method", method, "--from", 20)["methods"][method][0]

    assert found["alarms"] == expected_of(case)["ears"]["alarms"][method]
    assert_alike(found["upper"], [number(row[f"{method}_upper"]) for row in answers(case)[19:]], rel=1e-6, abs=1e-6)


FARRINGTON = {
    "ff_nb": (),
    "ff_muan": ("--bound", "muan"),
    "ff_delta": ("--bound", "delta", "--periods", 1, "--weight-threshold", 1, "--past-left-out", 3),
}


@needs_cases
@pytest.mark.parametrize(("name", "words"), FARRINGTON.items())
def test_farrington_raises_the_alarms_of_the_reference_package(name, words, tmp_path):
    case = "salmonella_agona_aberration"
    words = ("--method", "farrington", "--from", 220, "--alpha", 0.01, *words)

    found = run("aberration", tmp_path, *SERIES, *words)["methods"]["farrington"][0]

    rows = answers(case)[219:]
    assert found["alarms"] == expected_of(case)["farrington"]["alarms"][name]
    assert_alike(found["upper"], [number(row[f"{name}_upper"]) for row in rows], rel=1e-4)
    assert_alike(found["expected"], [number(row[f"{name}_expected"]) for row in rows], rel=1e-4)


@needs_cases
@pytest.mark.parametrize(("standard", "k"), [("rossi", 1.04), ("standard", 1)])
def test_cusum_raises_the_alarms_of_the_reference_package(standard, k, tmp_path):
    case = "salmonella_agona_aberration"
    words = ("--method", "cusum", "--from", 100, "--standard", standard, "--k", k)

    found = run("aberration", tmp_path, *SERIES, *words)["methods"]["cusum"][0]

    assert found["alarms"] == expected_of(case)["cusum"][standard]["alarms"]
    sums = [float(row[f"cusum_{standard}"]) for row in answers(case, "answers_cusum.csv")]
    assert_alike(found["score"], sums, rel=1e-6, abs=1e-6)


@needs_cases
def test_local_statistics_are_those_of_the_reference_package(tmp_path):
    folder, reference = CASES / "nc_sids_local", expected_of("nc_sids_local")
    words = ("--neighbours", folder / "neighbours.csv", "--cases", "SID74", "--population", "BIR74", "--reps", 9999)

    answer = run("local", tmp_path, "--units", folder / "units.csv", *words)

    for column in reference["columns"]:
        assert_alike(
            [row[column] for row in answer["units"]],
            [number(row[column]) for row in answers("nc_sids_local")],
            rel=1e-6, abs=1e-9,
        )  # fmt: skip
    assert answer["moran"]["I"] == pytest.approx(reference["moran"]["I"], rel=1e-6)
    assert answer["moran"]["p_one_sided"] == pytest.approx(reference["moran"]["p_one_sided"], rel=1e-5)
    assert answer["eb_parameters"]["a"] == pytest.approx(reference["eb_parameters"]["a"], rel=1e-6)
    assert answer["eb_moran_I"] == pytest.approx(reference["eb_moran_I"], rel=1e-6)


@needs_cases
def test_series_of_scores_get_the_category_they_deserve(tmp_path):
    scores = CASES / "emerging_categories" / "z_scores.csv"

    assert (
        run("categories", tmp_path, "--scores", scores)["categories"] == expected_of("emerging_categories")["answers"]
    )


@needs_cases
@pytest.mark.parametrize("table", ["A", "B"])
def test_pairs_are_counted_under_their_own_labels(table, tmp_path):
    case = expected_of("near_repeat_chicago")[table]
    words = [word for name in ("space", "time") for word in (f"--{name}", ",".join(str(edge) for edge in case[name]))]

    events = CASES / "near_repeat_chicago" / "events.csv"
    answer = run("near-repeat".replace("-", "_"), tmp_path, "--events", events, "--reps", 199, *words)

    assert answer["pairs"] == case["pairs"]
    if table == "B":
        published = [
            [1.65, 0.43, 0.63, 0.58],
            [1.69, 0.60, 0.57, 0.56],
            [1.32, 0.94, 0.51, 0.88],
            [0.94, 1.03, 1.07, 1.01],
        ]
        for row, pairs, ratios in zip(published, case["pairs"], answer["ratio"], strict=False):
            for ratio, count, ours in zip(row, pairs, ratios, strict=True):
                assert count < 40 or ours == pytest.approx(ratio, rel=0.05)


def test_a_pair_three_days_apart_is_not_put_into_the_band_after_three_days(tmp_path):
    events = tmp_path / "events.csv"
    events.write_text("x_m,y_m,date\n0,0,2019-01-01\n0,100,2019-01-04\n", encoding="utf-8")

    words = ("--space", "0,200,inf", "--time", "0,3,inf", "--closed", "right", "--reps", 9)
    answer = run("near_repeat", tmp_path, "--events", events, *words)

    assert answer["pairs"] == [[1, 0], [0, 0]]
    assert answer["time_bands"] == ["[0, 3]", "(3, inf]"]


@needs_cases
def test_tests_of_interaction_are_those_of_the_reference_package(tmp_path):
    case = expected_of("burkitt_knox")
    words = ("--space", "0,20,inf", "--time", "0,5,inf", "--delta", 20, "--tau", 5, "--metric", "euclidean")

    answer = run("near_repeat", tmp_path, "--events", CASES / "burkitt_knox" / "events.csv", *words)["interaction"]

    assert answer["knox"] == case["knox"]["pairs"]
    assert answer["knox_observed"] == case["knox"]["observed"]
    assert answer["p_poisson"] == pytest.approx(case["knox"]["p_poisson"], rel=1e-6)
    assert answer["modified_knox"] == pytest.approx(case["modified_knox"]["stat"], rel=1e-9)
    assert answer["jacquez"] == case["jacquez"]["stat"]
    assert answer["mantel"] == pytest.approx(case["mantel"]["stat"], abs=1e-5)
    room = 3 * math.sqrt(2 * 0.2 * 0.8 / 999)
    assert answer["p_knox"] == pytest.approx(case["knox"]["p_999"], abs=room)


def test_events_may_lie_by_longitude_and_latitude(tmp_path):
    events = tmp_path / "events.csv"
    # 0.0009 degrees of latitude, and of longitude at 60 degrees twice as many, are 100 m.
    events.write_text(
        "lon,lat,date\n10,60,2019-01-01\n10,60.0009,2019-01-02\n10.0018,60,2019-01-03\n", encoding="utf-8"
    )

    answer = run("near_repeat", tmp_path, "--events", events, "--space", "0,99,101,inf", "--time", "0,inf", "--reps", 9)

    assert answer["pairs"] == [[0], [2], [1]]


def test_households_reported_again_are_listed_with_the_day_to_visit(tmp_path):
    events = tmp_path / "events.csv"
    rows = "h1,0,0,2025-05-01\nh1,0,0,2025-05-21\nh2,9,9,2025-04-01\nh1,0,0,2025-06-01\n"
    events.write_text(f"household,x_m,y_m,date\n{rows}", encoding="utf-8")

    answer = run("near_repeat", tmp_path, "--events", events, "--reps", 9, "--today", "2025-06-10")

    (one,) = answer["households"]
    assert (one["household"], one["count"], one["days_since_last"]) == ("h1", 3, 9)
    assert one["due_on"] == "2025-06-11"


WRONG = [
    ("aberration", "--series", "t,observed\n1,3\n2,-1\n", "row 3: observed -1 is negative"),
    ("aberration", "--series", "t,observed\n1,3\n1,2\n", "row 3: t 1 stands twice"),
    ("aberration", "--series", "t,observed\n2,3\n1,2\n", "row 3: t 1 does not come after 2"),
    ("aberration", "--series", "t,observed\n1,3\n2,4\n", "C1 needs 7 counts before"),
    ("categories", "--scores", "id,t1,t2\na,1,x\n", "row 2: t2 'x' is no number"),
    ("categories", "--scores", "id,t1,t2\na,1,2\na,1,2\n", "row 3: id a stands twice"),
    ("near_repeat", "--events", "x_m,y_m,date\n0,0,2025-13-01\n1,1,2025-01-01\n", "row 2: date '2025-13-01'"),
    ("near_repeat", "--events", "x_m,date\n0,2025-01-01\n", "no columns x_m and y_m, nor lon and lat"),
]


@pytest.mark.parametrize(("command", "flag", "text", "told"), WRONG)
def test_files_that_cannot_be_used_are_refused_with_the_reason(command, flag, text, told, tmp_path):
    file = tmp_path / "in.csv"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError, match=told.replace("(", r"\(")) as refusal:
        call_command(f"hotspots_{command}", flag, str(file), "--out", str(tmp_path / "out.json"))

    assert refusal.value.returncode == 2
