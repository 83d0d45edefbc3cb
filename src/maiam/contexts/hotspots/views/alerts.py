"""The list of alerts, one alert opened, what people made of it, and what they know that may explain it."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from maiam.contexts.hotspots import queries, services
from maiam.contexts.hotspots.forms import EventForm, JudgeForm
from maiam.contexts.hotspots.views.charts import by_commune, by_week
from maiam.core.text import VIETNAM
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


def today() -> date:
    return timezone.now().astimezone(VIETNAM).date()


@require_GET
def alerts(request: ActorRequest) -> HttpResponse:
    actor, day = request.actor, today()
    is_watching = actor.can(Permission.WATCH_HOT_SPOTS)
    page = {
        "lines": queries.alerts(actor, day),
        "tasks": queries.own_tasks(actor, day),
        "newest": queries.newest_run(actor) if is_watching else None,
        "silent": queries.silent_communes(actor) if is_watching else [],
    }
    return render(request, "hotspots/alerts.html", page)


@require_GET
def alert(request: ActorRequest, alert_id: UUID) -> HttpResponse:
    page = queries.alert_page(request.actor, alert_id, timezone.now())
    charts = {"weeks": by_week(page), "communes": by_commune(page)}
    return render(request, "hotspots/alert.html", {"page": page, "charts": charts})


@require_http_methods(["GET", "POST"])
def judge(request: ActorRequest, alert_id: UUID) -> HttpResponse:
    request.actor.require(Permission.KEEP_HOT_SPOTS)
    page = queries.alert_page(request.actor, alert_id, timezone.now())
    form = JudgeForm(request.POST or None)
    if form.is_valid():
        try:
            services.judge_alert(actor=request.actor, alert_id=alert_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã ghi kết luận.")
            return redirect("hotspots:alert", alert_id)
    return render(request, "hotspots/judge.html", {"page": page, "form": form})


@require_http_methods(["GET", "POST"])
def note_event(request: ActorRequest) -> HttpResponse:
    request.actor.require(Permission.KEEP_HOT_SPOTS)
    form = EventForm(request.POST or None, communes=queries.communes_to_choose(request.actor))
    if form.is_valid():
        try:
            services.note_event(actor=request.actor, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã ghi. Việc này sẽ hiện cạnh các cảnh báo của xã trong những ngày đó.")
            return redirect("hotspots:alerts")
    return render(request, "hotspots/note_event.html", {"form": form})
