"""The officer's first page: one list of what is due, most urgent first."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.duties import queries, services
from maiam.contexts.duties.forms import DecidedAboveForm, ExcuseAnswerForm, ExcuseForm
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_GET
def today(request: ActorRequest) -> HttpResponse:
    return _list(request, is_whole_place=False)


@require_GET
def whole_place(request: ActorRequest) -> HttpResponse:
    return _list(request, is_whole_place=True)


def _list(request: ActorRequest, *, is_whole_place: bool) -> HttpResponse:
    now = timezone.now()
    stretches = queries.due_by_horizon(request.actor, now, commune_wide=is_whole_place)
    place = "tỉnh" if len(request.actor.commune_ids) > 1 else "xã"
    facts = {"stretches": stretches, "now": now, "is_whole_place": is_whole_place, "place": place}
    return render(request, "duties/today.html", facts)


@require_GET
def notices(request: ActorRequest) -> HttpResponse:
    return render(request, "duties/notices.html", {"notices": queries.notices(request.actor)})


@require_POST
def read_notices(request: ActorRequest) -> HttpResponse:
    services.read_notices(actor=request.actor, now=timezone.now())
    return redirect("duties:notices")


@require_http_methods(["GET", "POST"])
def ask_excuse(request: ActorRequest, obligation_id: UUID) -> HttpResponse:
    """Ask that a duty be let off."""
    clock = queries.running_duty(request.actor, obligation_id)
    form = ExcuseForm(request.POST or None)
    if form.is_valid():
        try:
            services.ask_excuse(
                actor=request.actor, obligation_id=obligation_id, now=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("duties:today")
    return render(request, "duties/ask_excuse.html", {"clock": clock, "form": form, "now": timezone.now()})


@require_http_methods(["GET", "POST"])
def above(request: ActorRequest, obligation_id: UUID) -> HttpResponse:
    """Where a duty lies that went up, who was told; a POST writes down what a competent authority decided."""
    page = queries.duty_above(request.actor, obligation_id)
    form = DecidedAboveForm(request.POST or None, question=page.question)
    if form.is_valid():
        try:
            services.record_decision_above(
                actor=request.actor, obligation_id=obligation_id, decided=form.decided(), now=timezone.now()
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("duties:above", obligation_id)
    return render(request, "duties/above.html", {"page": page, "form": form, "now": timezone.now()})


@require_GET
def excuses(request: ActorRequest) -> HttpResponse:
    """What waits for a second person's word."""
    return render(request, "duties/excuses.html", {"lines": queries.excuses_waiting(request.actor)})


@require_POST
def decide_excuse(request: ActorRequest, excuse_id: UUID) -> HttpResponse:
    request.actor.require(Permission.EXCUSE_DUTIES)
    form = ExcuseAnswerForm(request.POST)
    if form.is_valid():
        services.decide_excuse(
            actor=request.actor, excuse_id=excuse_id, agrees=form.cleaned_data["agrees"], now=timezone.now()
        )
    return redirect("duties:excuses")
