"""The alarms of a report, beside its words and beside the people chosen; and setting one aside."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from maiam.contexts.alarms import queries, services
from maiam.contexts.alarms.forms import SetAsideForm, named_in
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_GET
def of_report(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """What was found: the part of a page where htmx asks for it, else a page of its own."""
    page = queries.alarms_of(request.actor, report_id, named_in(request.GET), timezone.now())
    template = "alarms/_alarms.html" if request.headers.get("HX-Request") else "alarms/of_report.html"
    return render(request, template, {"page": page, "asked": request.GET.urlencode()})


@require_http_methods(["GET", "POST"])
def set_aside(request: ActorRequest, report_id: UUID, key: str) -> HttpResponse:
    """Say why an alarm needs no more looking at."""
    request.actor.require(Permission.TRIAGE_REPORTS)
    now, chosen = timezone.now(), named_in(request.GET)
    page = queries.alarms_of(request.actor, report_id, chosen, now)
    form = SetAsideForm(request.POST or None)
    if form.is_valid():
        try:
            services.set_aside(
                actor=request.actor, report_id=report_id, chosen=chosen, key=key, now=now, **form.cleaned_data
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("reports:detail", report_id)
    alarm = next((one for one in page.alarms if one.key == key), None)
    return render(request, "alarms/set_aside.html", {"page": page, "form": form, "alarm": alarm})
