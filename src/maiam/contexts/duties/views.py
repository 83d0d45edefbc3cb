"""The officer's first page: one list of what is due, most urgent first."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from maiam.contexts.duties import queries, services
from maiam.platform.access import ActorRequest


@require_GET
def today(request: ActorRequest) -> HttpResponse:
    clocks = queries.due_items(request.actor)
    return render(request, "duties/today.html", {"clocks": clocks, "now": timezone.now(), "is_whole_place": False})


@require_GET
def whole_place(request: ActorRequest) -> HttpResponse:
    clocks = queries.due_items(request.actor, commune_wide=True)
    return render(request, "duties/today.html", {"clocks": clocks, "now": timezone.now(), "is_whole_place": True})


@require_GET
def notices(request: ActorRequest) -> HttpResponse:
    return render(request, "duties/notices.html", {"notices": queries.notices(request.actor)})


@require_POST
def read_notices(request: ActorRequest) -> HttpResponse:
    services.read_notices(actor=request.actor, now=timezone.now())
    return redirect("duties:notices")
