"""The page quick exit leads to: a calendar, as anyone might have open. It knows nothing of the site around it."""

import calendar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maiam.platform.access.doors import public, without_database

WEEKDAYS = ("T2", "T3", "T4", "T5", "T6", "T7", "CN")


@public
@without_database
@require_safe
def month_calendar(request: HttpRequest) -> HttpResponse:
    """Show this month; mount it under an address as plain as the page."""
    today = timezone.localdate()
    weeks = calendar.Calendar(firstweekday=calendar.MONDAY).monthdatescalendar(today.year, today.month)
    return render(request, "ui/calendar.html", {"today": today, "weeks": weeks, "weekdays": WEEKDAYS})
