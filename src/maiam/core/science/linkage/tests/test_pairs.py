"""Small registers whose doubles anyone would see."""

from datetime import date

import pyarrow as pa
import pytest

from maiam.core.science.linkage.engine import Engine, SparkMissingError, running
from maiam.core.science.linkage.pairs import Search, reasons
from maiam.core.science.linkage.settings import Weights

TODAY = date(2026, 11, 23)
HOA = {"record_id": "1", "full_name": "Nguyễn Thị Hoà", "dob_text": "1984-03-12", "sex": "F", "commune_code": "24631"}


def found(*records, communes=None, threshold=0.2):
    with running(Engine.DUCKDB) as database:
        search = Search(
            database,
            pa.Table.from_pylist([{"id12": "", "household": "", "commune_text": "", **record} for record in records]),
            today=TODAY,
            weights=Weights.shipped(),
            communes=communes or {},
            keep_levels=True,
        )
        return search.pairs(threshold=threshold).to_pylist()


def test_one_woman_written_without_marks_is_found():
    pairs = found(HOA, {**HOA, "record_id": "2", "full_name": "NGUYEN THI HOA", "dob_text": "12/03/1984"})

    assert [(pair["record_id_l"], pair["record_id_r"]) for pair in pairs] == [("1", "2")]


def test_day_and_month_that_changed_places_do_not_hide_her():
    assert found(HOA, {**HOA, "record_id": "2", "dob_text": "03/12/1984"})


def test_a_digit_mistyped_in_the_number_does_not_hide_her():
    one = {**HOA, "id12": "067184000123"}

    assert found(one, {**one, "record_id": "2", "full_name": "Nguyễn Hoà", "id12": "067184000132"})


def test_an_old_commune_is_the_commune_it_became():
    communes = {":24631": ("24631",), ":xa dak plao": ("24631",)}
    other = {**HOA, "record_id": "2", "commune_code": "", "commune_text": "Xã Đắk Plao"}

    told = {reason.says for reason in reasons(found(HOA, other, communes=communes)[0])}

    assert "cùng xã" in told


def test_twins_are_likelier_two_people_than_one():
    khoi = {**HOA, "household": "H-1", "dob_text": "2015-05-02", "full_name": "Nguyễn Minh Khôi"}

    assert not found(khoi, {**khoi, "record_id": "2", "full_name": "Nguyễn Đức Đăng"}, threshold=0.5)


def test_namesakes_of_other_years_are_two_people():
    assert not found(HOA, {**HOA, "record_id": "2", "dob_text": "1991-07-30"})


def test_each_pair_says_what_speaks_for_it():
    pair = found(HOA, {**HOA, "record_id": "2", "full_name": "Nguyen Thi Hoa"})[0]

    told = [reason.says for reason in reasons(pair)]

    assert told[0] == "cùng ngày sinh"
    assert "tên giống nhau, một bên không dấu" in told


def test_reasons_and_the_prior_add_up_to_the_match_weight():
    pair = found(HOA, {**HOA, "record_id": "2"})[0]

    total = Weights.shipped().prior_in(2) + sum(reason.bits for reason in reasons(pair))

    assert total == pytest.approx(pair["match_weight"], abs=0.1)


def test_spark_that_is_not_there_is_told_plainly(monkeypatch):
    monkeypatch.setattr("maiam.core.science.linkage.engine.find_spec", lambda _: None)

    with pytest.raises(SparkMissingError, match=r"requirements/spark\.txt"), running(Engine.SPARK):
        pass
