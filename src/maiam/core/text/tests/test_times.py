from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.core.text.dates import write_time
from maiam.core.text.times import TimeNotReadError, read_time


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("14:05", time(14, 5)),
        ("14:05:30", time(14, 5, 30)),
        ("14h05", time(14, 5)),
        ("14g05", time(14, 5)),
        ("14h", time(14)),
        ("14 giờ 5 phút", time(14, 5)),
        ("2h chiều", time(14)),
        ("2 giờ chiều", time(14)),
        ("2h rưỡi chiều", time(14, 30)),
        ("7 giờ 30 sáng", time(7, 30)),
        ("12h trưa", time(12)),
        ("1h trưa", time(13)),
        ("8h tối", time(20)),
        ("11h đêm", time(23)),
        ("2h đêm", time(2)),
        ("00:30", time(0, 30)),
        ("１４：０５", time(14, 5)),
    ],
)
def test_a_time_is_read_as_people_say_it(typed, expected):
    assert read_time(typed) == expected


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("25:61", "Một ngày không có 25 giờ."),
        ("14:61", "Một giờ không có 61 phút."),
        ("24:00", "Viết 00:00 và ngày hôm sau."),
        ("12h đêm", "Không rõ 12 giờ đêm là mấy giờ."),
        ("9h chiều", "Không rõ 9 giờ chiều"),
        ("trưa", "Viết giờ:phút, ví dụ 14:05."),
        ("", "Chưa nhập giờ."),
    ],
)
def test_a_time_that_may_mean_two_things_is_asked(typed, reason):
    with pytest.raises(TimeNotReadError) as refusal:
        read_time(typed)

    assert reason in refusal.value.message


@given(st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_a_time_reads_back_as_it_was_written(moment):
    assert read_time(write_time(moment)) == moment
