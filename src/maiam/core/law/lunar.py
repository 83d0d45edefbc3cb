"""Lunar dates on the Vietnamese calendar, whose days begin in Hà Nội (UTC+7).

A month begins on the day of the new moon; month 11 holds the winter solstice; of 13 months between two solstices,
the first without a major solar term repeats the number before it.

References
----------
Meeus (1998), Astronomical Algorithms, 2nd ed., ch. 49 (new moons) and 25 (the Sun, low precision);
Hồ Ngọc Đức (2004), Thuật toán tính âm lịch, whose series these are.
"""

from datetime import date, timedelta
from functools import cache
from math import floor, pi, sin

_UTC_PLUS_7 = 7 / 24
_SYNODIC_MONTH = 29.530588853
_FIRST_NEW_MOON = 2415021.076998695  # the new moon of 1 January 1900, Julian day
_JULIAN_DAY_OF_ORDINAL_0 = 1721425  # of date.toordinal(), counted at noon
_DEGREE = pi / 180


@cache
def solar_date(year: int, month: int, day: int) -> date:
    """Return the common date of a lunar day of an ordinary month, such as 1/1 (Tết) or 10/3 of a lunar year."""
    before, after = _month_11(year - 1), _month_11(year)
    moons_passed = _moons_until(before)
    offset = month + 1 if month < 11 else month - 11
    if month >= 11:
        before, moons_passed = after, _moons_until(after)
        after = _month_11(year + 1)
    if after - before > 365 and offset >= _leap_offset(before):
        offset += 1
    return date.fromordinal(_new_moon_day(moons_passed + offset) + day - 1 - _JULIAN_DAY_OF_ORDINAL_0)


def tet(year: int) -> date:
    """Return the first day of the lunar year."""
    return solar_date(year, 1, 1)


def tet_eve(year: int) -> date:
    return tet(year) - timedelta(days=1)


def _moons_until(day: int) -> int:
    return floor((day - _FIRST_NEW_MOON) / _SYNODIC_MONTH + 0.5)


def _new_moon_day(k: int) -> int:
    """Return the Julian day, in Hà Nội, of the k-th new moon after 1 January 1900."""
    return floor(_new_moon(k) + 0.5 + _UTC_PLUS_7)


def _new_moon(k: int) -> float:
    """Return the moment of the k-th new moon after 1 January 1900, in Julian days."""
    t = k / 1236.85  # Julian centuries from 1900
    t2, t3 = t * t, t * t * t
    mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3
    mean += 0.00033 * sin((166.56 + 132.87 * t - 0.009173 * t2) * _DEGREE)
    sun = (359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3) * _DEGREE
    moon = (306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3) * _DEGREE
    node = (21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3) * _DEGREE
    correction = (
        (0.1734 - 0.000393 * t) * sin(sun) + 0.0021 * sin(2 * sun)
        - 0.4068 * sin(moon) + 0.0161 * sin(2 * moon) - 0.0004 * sin(3 * moon)
        + 0.0104 * sin(2 * node) - 0.0051 * sin(sun + moon) - 0.0074 * sin(sun - moon)
        + 0.0004 * sin(2 * node + sun) - 0.0004 * sin(2 * node - sun)
        - 0.0006 * sin(2 * node + moon) + 0.0010 * sin(2 * node - moon) + 0.0005 * sin(2 * moon + sun)
    )  # fmt: skip
    return mean + correction - _clock_drift(t)


def _clock_drift(t: float) -> float:
    """Return the difference of dynamical and universal time, in days, `t` centuries from 1900."""
    if t < -11:
        return 0.001 + 0.000839 * t + 0.0002261 * t**2 - 0.00000845 * t**3 - 0.000000081 * t**4
    return -0.000278 + 0.000265 * t + 0.000262 * t**2


def _major_term(day: int) -> int:
    """Return in which of twelve 30-degree arcs the Sun stands as a day begins in Hà Nội; 9 begins at the solstice."""
    t = (day - 0.5 - _UTC_PLUS_7 - 2451545.0) / 36525
    anomaly = (357.52910 + 35999.05030 * t - 0.0001559 * t**2 - 0.00000048 * t**3) * _DEGREE
    longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t**2
    longitude += (1.914600 - 0.004817 * t - 0.000014 * t**2) * sin(anomaly)
    longitude += (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000290 * sin(3 * anomaly)
    return floor(longitude % 360 / 30)


def _month_11(year: int) -> int:
    """Return the Julian day on which the month of the winter solstice begins."""
    last_day = date(year, 12, 31).toordinal() + _JULIAN_DAY_OF_ORDINAL_0
    k = floor((last_day - _FIRST_NEW_MOON) / _SYNODIC_MONTH)
    begins = _new_moon_day(k)
    return _new_moon_day(k - 1) if _major_term(begins) >= 9 else begins


def _leap_offset(month_11: int) -> int:
    """Return which month after month 11 holds no major term."""
    k = _moons_until(month_11)
    offset, term = 1, _major_term(_new_moon_day(k + 1))
    while True:
        offset += 1
        following = _major_term(_new_moon_day(k + offset))
        if following == term or offset > 13:
            return offset - 1
        term = following
