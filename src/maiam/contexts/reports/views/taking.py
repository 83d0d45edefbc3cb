"""Take a report at a desk, on the phone or in a village; log a call that was none."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maiam.contexts.reports import queries, services
from maiam.contexts.reports.forms.intake import CallForm, IntakeForm
from maiam.contexts.reports.models.calls import CallPurpose
from maiam.contexts.reports.rules import receipts
from maiam.platform.access import ActorRequest, Permission, Role
from maiam.platform.errors import DomainError

_PAGES = {Role.VILLAGE_HEAD: "reports/take_village.html", Role.HOTLINE_OPERATOR: "reports/take_hotline.html"}


@require_http_methods(["GET", "POST"])
def take(request: ActorRequest) -> HttpResponse:
    """One form, as each role needs it; afterwards the code to read out."""
    request.actor.require(Permission.TAKE_REPORT)
    form = IntakeForm(request.POST or None, actor=request.actor)
    if form.is_valid():
        now = timezone.now()
        try:
            filed = services.file_report(actor=request.actor, draft=form.draft(), now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return _taken(request, filed, now)
    page = _PAGES.get(request.actor.role, "reports/take.html") if request.actor.role else "reports/take.html"
    return render(request, page, {"form": form})


def _taken(request: ActorRequest, filed: services.Filed, now: datetime) -> HttpResponse:
    """Show the code once, to be read out."""
    context = {
        "base": "ui/phone_base.html" if request.actor.role is Role.VILLAGE_HEAD else "ui/desk_base.html",
        "report_id": filed.report_id,
        "code": receipts.grouped(filed.receipt_code),
        "now": now,
    }
    return render(request, "reports/taken.html", context)


@require_http_methods(["GET", "POST"])
def call(request: ActorRequest) -> HttpResponse:
    """Log a call that was no report, and see those logged before."""
    request.actor.require(Permission.TAKE_REPORT)
    form = CallForm(request.POST or None)
    if form.is_valid():
        purpose = CallPurpose(form.cleaned_data["purpose"])
        services.log_call(actor=request.actor, purpose=purpose, note=form.cleaned_data["note"], now=timezone.now())
        return redirect("reports:call")
    return render(request, "reports/calls.html", {"form": form, "calls": queries.calls(request.actor)})
