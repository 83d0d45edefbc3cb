"""Spans of days and of moments, as PostgreSQL compares them in constraints."""

from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField
from django.db.models import Func


class DateRange(Func):
    """From a day up to, not with, another."""

    function = "daterange"
    output_field = DateRangeField()


class TimeRange(Func):
    """From a moment up to, not with, another."""

    function = "tstzrange"
    output_field = DateTimeRangeField()
