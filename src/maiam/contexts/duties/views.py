"""The officer's first page: one list of what is due, most urgent first."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from maiam.contexts.duties import queries, services
from maiam.platform.access import ActorRequest


@require_GET
def today(request: ActorRequest) -> HttpResponse:
    return _list(request, is_whole_place=False)


@require_GET
def whole_place(request: ActorRequest) -> HttpResponse:
    return _list(request, is_whole_place=True)


def _list(request: ActorRequest, *, is_whole_place: bool) -> HttpResponse:
    now = timezone.now()
    stretches = queries.due_by_horizon(request.actor, now, commune_wide=is_whole_place)
    facts = {"stretches": stretches, "now": now, "is_whole_place": is_whole_place}
    return render(request, "duties/today.html", facts)


@require_GET
def notices(request: ActorRequest) -> HttpResponse:
    return render(request, "duties/notices.html", {"notices": queries.notices(request.actor)})


@require_POST
def read_notices(request: ActorRequest) -> HttpResponse:
    services.read_notices(actor=request.actor, now=timezone.now())
    return redirect("duties:notices")
