"""Take a report at a desk, on the phone or in a village; log a call that was none."""

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
            code = receipts.grouped(filed.receipt_code)
            return render(request, "reports/taken.html", {"report_id": filed.report_id, "code": code, "now": now})
    page = _PAGES.get(request.actor.role, "reports/take.html") if request.actor.role else "reports/take.html"
    return render(request, page, {"form": form})


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
