"""Measures of a case, one opened, what waits for the reader; a file; a refuge; the time line."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from maiam.contexts.measures import queries
from maiam.platform.access import ActorRequest


@require_GET
def waiting(request: ActorRequest) -> HttpResponse:
    """Everything that waits for the reader's own signature, the one due first on top."""
    found = queries.waiting_for_me(request.actor)
    return render(request, "measures/waiting.html", {"waiting": found, "now": timezone.now()})


@require_GET
def of_case(request: ActorRequest, case_id: UUID) -> HttpResponse:
    page = queries.measures_of_case(request.actor, case_id)
    return render(request, "measures/of_case.html", {"page": page, "now": timezone.now()})


@require_GET
def detail(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    now = timezone.now()
    page = queries.measure_detail(request.actor, measure_id, now)
    return render(request, "measures/detail.html", {"page": page, "now": now})


@require_POST
def refuge(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    """Show where a person found refuge, for once; a press and not a link, so that nothing fetches it ahead."""
    now = timezone.now()
    place = queries.refuge(request.actor, measure_id, now)
    return render(request, "measures/refuge.html", {"place": place, "measure_id": measure_id})


@require_GET
def files(request: ActorRequest) -> HttpResponse:
    return render(request, "measures/files.html", {"lines": queries.perpetrator_files(request.actor)})


@require_GET
def file(request: ActorRequest, file_id: UUID) -> HttpResponse:
    now = timezone.now()
    page = queries.file_page(request.actor, file_id, now)
    return render(request, "measures/file.html", {"page": page, "now": now})


@require_GET
def timeline(request: ActorRequest, case_id: UUID) -> HttpResponse:
    now = timezone.now()
    page = queries.timeline_of_case(request.actor, case_id, now)
    return render(request, "measures/timeline.html", {"page": page, "now": now})
