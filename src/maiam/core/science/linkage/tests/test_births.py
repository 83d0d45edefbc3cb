from datetime import date

import pytest

from maiam.core.science.linkage.births import Birth, read_birth

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("1984-12-25", Birth(1984, 12, 25)),
        ("25/12/1984", Birth(1984, 12, 25)),
        ("12/1984", Birth(1984, 12)),
        ("1984", Birth(1984)),
        ("", Birth()),
    ],
)
def test_a_birth_is_read_as_it_is_written(text, birth):
    assert read_birth(text, TODAY) == birth


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("1984-25-12", Birth(1984, 12, 25)),
        ("12/25/1984", Birth(1984, 12, 25)),
        ("00/00/1975", Birth(1975)),
        ("1975-06-00", Birth(1975, 6)),
        ("29/02/1983", Birth(1983, 2, 29)),
        ("2027-01-05", Birth(2027, 1, 5)),
        ("1984-12-25 00:00:00", Birth(1984, 12, 25)),
        ("khoảng 1950", Birth(1950)),
        ("1950 hoặc 1951", Birth()),
        ("không rõ", Birth()),
    ],
)
def test_what_is_no_day_is_kept_as_far_as_it_goes(text, birth):
    assert read_birth(text, TODAY) == birth
