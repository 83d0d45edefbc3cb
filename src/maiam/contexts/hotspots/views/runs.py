"""Runs: asked for, followed, done again; what alerts were worth, and from when on something is told."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.hotspots import queries, services
from maiam.contexts.hotspots.forms import ThresholdsForm
from maiam.core.text import VIETNAM
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_GET
def runs(request: ActorRequest) -> HttpResponse:
    return render(request, "hotspots/runs.html", {"lines": queries.runs(request.actor)})


@require_POST
def ask_run(request: ActorRequest) -> HttpResponse:
    request.actor.require(Permission.WATCH_HOT_SPOTS)
    province_id = queries.own_province_id(request.actor)
    try:
        run = services.ask_run(actor=request.actor, province_id=province_id, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect("hotspots:runs")
    return redirect("hotspots:run", run.id)


@require_GET
def run(request: ActorRequest, run_id: UUID) -> HttpResponse:
    page = queries.run_page(request.actor, run_id)
    template = "hotspots/_run.html" if request.headers.get("HX-Request") else "hotspots/run.html"
    return render(request, template, {"page": page})


@require_POST
def replay(request: ActorRequest, run_id: UUID) -> HttpResponse:
    request.actor.require(Permission.WATCH_HOT_SPOTS)
    try:
        services.ask_replay(actor=request.actor, run_id=run_id, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
    return redirect("hotspots:run", run_id)


@require_GET
def evaluation(request: ActorRequest) -> HttpResponse:
    return render(request, "hotspots/evaluation.html", {"weighed": queries.weighed(request.actor)})


@require_http_methods(["GET", "POST"])
def thresholds(request: ActorRequest) -> HttpResponse:
    """Set them, or try them on the mornings that were."""
    actor, now = request.actor, timezone.now()
    actor.require(Permission.SET_HOT_SPOTS)
    province_id = queries.own_province_id(actor)
    form = ThresholdsForm(request.POST or None, initial=queries.thresholds_of(actor, province_id).as_plain())
    preview = None
    if form.is_valid():
        if "preview" in request.POST:
            preview = queries.preview(actor, form.wanted, now.astimezone(VIETNAM).date())
        else:
            try:
                services.set_thresholds(actor=actor, wanted=form.wanted, why=form.cleaned_data["why"], now=now)
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                messages.success(request, "Đã đặt ngưỡng. Lần chạy sau sẽ dùng.")
                return redirect("hotspots:thresholds")
    before = queries.thresholds_before(actor, province_id)
    return render(request, "hotspots/thresholds.html", {"form": form, "preview": preview, "before": before})
