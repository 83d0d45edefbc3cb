"""`./maiam link` as an analyst runs it, on a made-up register whose doubles are known."""

import csv

import pytest
from django.core.management import CommandError, call_command

from bench import register

RECORDS = 4000
SEED = 5


@pytest.fixture(scope="module")
def pairs_file(tmp_path_factory):
    out = tmp_path_factory.mktemp("link") / "pairs.csv"
    call_command("link", str(register.linkage_file(RECORDS, seed=SEED)), "--out", str(out), "--threshold", "0.5")
    return out


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def link(tmp_path, text, *options):
    file, out = tmp_path / "in.csv", tmp_path / "out.csv"
    file.write_text(text, encoding="utf-8")
    call_command("link", str(file), "--out", str(out), *options)
    return rows_of(out)


def test_nearly_all_doubles_are_found_and_hardly_a_pair_is_wrong(pairs_file):
    found = {(row["record_id_l"], row["record_id_r"]) for row in rows_of(pairs_file)}
    true = {tuple(row.values()) for row in register.true_pairs(RECORDS, seed=SEED).to_pylist()}

    precision, recall = len(found & true) / len(found), len(found & true) / len(true)

    assert 2 * precision * recall / (precision + recall) > 0.98


def test_pairs_come_in_order_the_lower_record_first(pairs_file):
    rows = [(row["record_id_l"], row["record_id_r"]) for row in rows_of(pairs_file)]

    assert rows == sorted(rows)
    assert all(left < right for left, right in rows)
    assert list(rows_of(pairs_file)[0]) == ["record_id_l", "record_id_r", "match_probability", "match_weight"]


def test_the_same_file_gives_the_same_pairs_whatever_the_seed(pairs_file, tmp_path):
    again = tmp_path / "again.csv"

    source = register.linkage_file(RECORDS, seed=SEED)
    call_command("link", str(source), "--out", str(again), "--threshold", "0.5", "--seed", "7")

    assert again.read_bytes() == pairs_file.read_bytes()


def test_two_columns_are_enough(tmp_path):
    assert link(tmp_path, "record_id,full_name\n1,Nguyễn Văn A\n2,Trần B\n") == []


def test_a_report_holds_the_charts_without_the_network(tmp_path):
    rows = "1,H'Bia Niê,1984-03-12\n2,H Bia Niê,12/03/1984\n"
    report = tmp_path / "report.html"

    pairs = link(tmp_path, f"record_id,full_name,dob_text\n{rows}", "--report", str(report))

    assert len(pairs) == 1
    assert "match" in report.read_text(encoding="utf-8")
    assert 'src="http' not in report.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("record_id,name\n1,Lan\n", "no column full_name"),
        ("record_id,full_name\n1,Lan\n1,Hoa\n", "record_id 1 stands 2 times"),
        ("record_id,full_name\n,Lan\n", "Row 2 has no record_id"),
        ("record_id,full_name,full_name\n1,Lan,Lan\n", "full_name more than once"),
        ("record_id,full_name\n1,Lan,extra\n", "not a table"),
        ("", "no column record_id"),
    ],
)
def test_a_file_that_cannot_be_linked_is_refused_with_the_reason(tmp_path, text, told):
    with pytest.raises(CommandError, match=told):
        link(tmp_path, text)


@pytest.mark.parametrize("odd", ["31/02/1984", "00/00/1984", "1984-13-45", "25/13/1984", "2084-03-12", "?"])
def test_one_odd_date_is_told_and_stops_nothing(tmp_path, capsys, odd):
    rows = f"1,Lê Thị Diệu Hoà,{odd},067184000123\n2,Lê Thị Diệu Hòa,1984-03-12,067184000123\n"

    pairs = link(tmp_path, f"record_id,full_name,dob_text,id12\n{rows}")

    assert len(pairs) == 1
    assert f"Row 2: dob_text {odd} is no date of birth" in capsys.readouterr().err


def test_weights_learnt_anew_work_like_those_shipped(tmp_path):
    records, truth, weights = (tmp_path / name for name in ("records.csv", "truth.csv", "weights.json"))
    records.write_bytes(register.linkage_file(RECORDS, seed=SEED + 1).read_bytes())
    with truth.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["record_id_l", "record_id_r"])
        writer.writerows(row.values() for row in register.true_pairs(RECORDS, seed=SEED + 1).to_pylist())

    call_command("linkage_learn", str(records), str(truth), "--out", str(weights), "--source", "a test")
    pairs = link(
        tmp_path, "record_id,full_name,dob_text\n1,Lê Hoà,1984-03-12\n2,Lê Hòa,12/03/1984\n", "--weights", str(weights)
    )

    assert len(pairs) == 1
