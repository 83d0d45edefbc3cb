"""The public's check of a paper: whether it is ours, and whether a later one ended it. Never whom it is about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maiam.contexts.cases import services
from maiam.contexts.reports import queries as reports
from maiam.contexts.reports.rules.limits import SLOW_SOURCE_PAUSE
from maiam.platform.access import Actor
from maiam.platform.access.context import enter
from maiam.platform.access.doors import public
from maiam.platform.access.sources import Sources

SOURCES = Sources(SLOW_SOURCE_PAUSE)
_LONGEST = 100


@public
@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """A field for the code under the QR, for whoever cannot scan it."""
    typed = request.GET.get("ma", "")[:_LONGEST]
    return check(request, typed) if typed.strip() else _page(request)


@public
@require_safe
def check(request: HttpRequest, code: str) -> HttpResponse:
    now, actor = timezone.now(), Actor.public()
    enter(actor)
    if reports.is_guessing_slowed(actor, now) and not SOURCES.may_try(request.META["REMOTE_ADDR"], now):
        return _page(request, typed=code, is_slow=True)
    checked = services.check_paper(actor=actor, typed=code, now=now)
    return _page(request, typed=code, checked=checked, is_unknown=checked is None)


def _page(request: HttpRequest, **shown: object) -> HttpResponse:
    answer = render(request, "papers_public/check.html", shown)
    answer["Cache-Control"] = "no-store"
    return answer
