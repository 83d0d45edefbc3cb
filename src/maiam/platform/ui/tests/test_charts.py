"""Charts: drawn on the server, readable without colour, without a script, without sight."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maiam.platform.ui.charts import Band, Chart, Level, Look, Series, bars, round_ticks, time_drawing

MONTHS = ["12/2025", "01/2026", "02/2026"]


def _time(*series: Series, **more) -> Chart:
    return Chart(title="Số trẻ sinh", categories=MONTHS, series=series, **more)


def test_a_bar_chart_writes_each_name_and_number_in_words(page):
    chart = Chart(
        title="Hộ theo loại",
        categories=["Hộ 2 thế hệ", "Hộ khác"],
        series=[Series("Số hộ", [1234, 12])],
        unit="hộ",
    )

    shown = page("{% bar_chart chart %}", chart=chart)

    assert "Hộ 2 thế hệ" in shown
    assert "1.234 hộ" in shown
    assert 'width="100.00%"' in shown


def test_a_number_that_is_not_published_is_said_to_be_so(page):
    chart = Chart(title="Hộ theo loại", categories=["Hộ khác", "Hộ 2 thế hệ"], series=[Series("Số hộ", [None, 9])])

    shown = page("{% bar_chart chart %}", chart=chart)

    assert "không công bố" in shown
    assert "app-chart__withheld" in shown


def test_a_time_chart_tells_what_it_shows_to_who_cannot_see_it(page):
    shown = page("{% time_chart chart %}", chart=_time(Series("Sinh", [3.5, 9, 7]), summary="Cao nhất tháng 1."))

    assert 'role="img"' in shown
    assert "<title" in shown
    assert "Cao nhất tháng 1.</desc>" in shown
    assert "12/2025, Sinh: 3,5" in shown


def test_no_chart_asks_for_an_inline_style_or_a_script(page):
    chart = _time(Series("Sinh", [1, None, 7], Look.LINE), bands=[Band("Thường thấy", [0, 1, 2], [4, 5, 6])])

    shown = page("{% time_chart chart %}{% bar_chart chart %}", chart=chart)

    assert "style=" not in shown
    assert "<script" not in shown


def test_coordinates_are_written_for_browsers_and_not_for_people(page):
    shown = page("{% time_chart chart %}", chart=_time(Series("Sinh", [1, 2, 3], Look.LINE), levels=[Level("đích", 2)]))

    assert re.search(r' y="\d+\.\d"', shown)
    assert not re.search(r' (?:x|y|d)="[^"]*\d,\d', shown)


def test_a_gap_breaks_the_line_and_the_band():
    chart = _time(Series("Sinh", [1, None, 7], Look.LINE), bands=[Band("Thường", [0, None, 2], [4, None, 6])])

    drawing = time_drawing(chart)

    assert drawing.lines[0].path.count("M") == 2
    assert len(drawing.bands) == 2
    assert len(drawing.withheld) == 1


def test_a_chart_without_a_single_number_says_so(page):
    assert "Chưa đủ số liệu" in page("{% bar_chart chart %}", chart=_time(Series("Sinh", [None, None, None])))


def test_series_of_another_length_are_refused():
    with pytest.raises(ValueError, match="each of 3 categories"):
        _time(Series("Sinh", [1, 2]))


def test_a_bar_below_zero_is_refused():
    with pytest.raises(ValueError, match="below zero"):
        bars(_time(Series("Sinh", [1, -2, 3])))


@given(st.lists(st.floats(-1e9, 1e9).map(lambda value: round(value, 3)), min_size=3, max_size=3))
def test_whatever_the_numbers_all_is_drawn_inside_the_frame(values):
    drawing = time_drawing(_time(Series("Sinh", values), Series("Mất", values, Look.LINE)))

    for column in drawing.columns:
        assert 0 <= column.y <= drawing.height
        assert 0 <= column.y + column.height <= drawing.height
    for mark in drawing.lines[0].marks:
        assert 0 <= mark.y <= drawing.height


@given(st.floats(-1e6, 0), st.floats(0, 1e6))
def test_ticks_are_few_round_and_span_the_values(low, high):
    ticks = round_ticks(low, high)

    assert 2 <= len(ticks) <= 8
    slack = 1e-6 + (high - low) * 1e-6
    assert ticks[0] <= low + slack
    assert ticks[-1] >= high - slack
