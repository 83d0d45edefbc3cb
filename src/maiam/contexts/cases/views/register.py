"""The commune's register of papers, number by number."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from maiam.contexts.cases import queries
from maiam.platform.access import ActorRequest


@require_GET
def register(request: ActorRequest) -> HttpResponse:
    year = request.GET.get("nam", "")
    page = queries.paper_register(request.actor, int(year) if year.isdecimal() else None, timezone.now())
    return render(request, "cases/register.html", {"page": page})
