"""A page for anyone: what a person may ask of what is held about them, and where to go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maiam.contexts.rights.rules import FIRST_ANSWER, Right, limit_of
from maiam.core.law.limits import time_limit
from maiam.platform.access.doors import public, without_database


@public
@without_database
@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    limits = {right.value: limit_of(right) for right in Right}
    return render(request, "rights_public/explained.html", {"limits": limits, "first": time_limit(FIRST_ANSWER)})
