"""The table of retention for who watches over data; a preview proposed by one and answered by another."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.retention import queries, services
from maiam.contexts.retention.forms import DecideForm, PeriodForm
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError
from maiam.platform.ui.forms import VietnameseForm


@require_GET
def table(request: ActorRequest) -> HttpResponse:
    page = {"rows": queries.table(request.actor), "previews": queries.previews(request.actor)}
    return render(request, "retention/table.html", page)


@require_http_methods(["GET", "POST"])
def set_period(request: ActorRequest, code: str) -> HttpResponse:
    page = queries.period_page(request.actor, code)
    form = PeriodForm(request.POST or None, initial={"months": page.row.months})
    if form.is_valid():
        try:
            services.set_period(actor=request.actor, code=code, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("retention:table")
    return render(request, "retention/period.html", {"page": page, "form": form})


@require_GET
def preview(request: ActorRequest, preview_id: UUID) -> HttpResponse:
    return _page(request, preview_id)


@require_POST
def propose(request: ActorRequest, preview_id: UUID) -> HttpResponse:
    request.actor.require(Permission.KEEP_RETENTION)
    form = VietnameseForm(request.POST)
    try:
        services.propose_preview(actor=request.actor, preview_id=preview_id, now=timezone.now())
    except DomainError as refusal:
        form.is_valid()
        form.refuse(refusal)
        return _page(request, preview_id, propose=form)
    return redirect("retention:preview", preview_id)


@require_POST
def decide(request: ActorRequest, preview_id: UUID) -> HttpResponse:
    request.actor.require(Permission.APPROVE_RETENTION)
    form = DecideForm(request.POST)
    if form.is_valid():
        try:
            services.decide_preview(actor=request.actor, preview_id=preview_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("retention:preview", preview_id)
    return _page(request, preview_id, decide=form)


def _page(request: ActorRequest, preview_id: UUID, **forms: VietnameseForm) -> HttpResponse:
    page = queries.preview(request.actor, preview_id)
    sent = next(iter(forms.values()), None)
    blank = {"decide": DecideForm(), "propose": VietnameseForm()}
    return render(request, "retention/preview.html", {"page": page, "sent": sent, **blank, **forms})
