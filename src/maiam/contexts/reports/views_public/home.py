"""The first page, and the numbers to call."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maiam.core.law.codes.reports import numbers_to_call
from maiam.platform.access.doors import public, without_database


@public
@without_database
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "public/home.html")


@public
@without_database
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    return render(request, "public/numbers.html", {"numbers": numbers_to_call()})
