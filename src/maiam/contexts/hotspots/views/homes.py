"""Homes told of again, for their own officer."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from maiam.contexts.hotspots import queries, services
from maiam.contexts.hotspots.forms import VisitForm
from maiam.core.text import VIETNAM
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_GET
def homes(request: ActorRequest) -> HttpResponse:
    is_own = "tat-ca" not in request.GET
    lines = queries.home_repeats(request.actor, timezone.now(), is_own=is_own)
    return render(request, "hotspots/homes.html", {"lines": lines, "is_own": is_own})


@require_http_methods(["GET", "POST"])
def visit(request: ActorRequest, home_id: UUID) -> HttpResponse:
    request.actor.require(Permission.OPEN_CASES)
    today = timezone.now().astimezone(VIETNAM).date()
    line = queries.home_repeat(request.actor, home_id, today)
    form = VisitForm(request.POST or None, initial={"visited_on": today})
    if form.is_valid():
        try:
            services.note_visit(actor=request.actor, home_id=home_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã ghi lần đến thăm.")
            return redirect("hotspots:homes")
    return render(request, "hotspots/visit.html", {"line": line, "form": form})
