"""The chairman's pages: an order, a refusal, an answer to a request to cancel."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maiam.contexts.cases import queries, services
from maiam.contexts.cases.forms.decisions import CancelForm, DeclineForm, LifeThreatForm, OrderForm, RefusalForm
from maiam.core.law.no_contact import Ground
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_http_methods(["GET", "POST"])
def decide_no_contact(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    """One screen: what was asked, until when to forbid contact, why; and the way to refuse."""
    now = timezone.now()
    request.actor.require(Permission.DECIDE_NO_CONTACT)
    measure = queries.measure_detail(request.actor, measure_id, now)
    initial = {"perpetrator_residence": measure.measure.perpetrator_residence}
    form = OrderForm(request.POST or None, now=now, initial=initial)
    if form.is_valid():
        try:
            services.decide_no_contact(actor=request.actor, measure_id=measure_id, order=form.order(), now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:no_contact", measure_id)
    return render(request, "cases/decide_no_contact.html", {"measure": measure, "form": form, "now": now})


@require_http_methods(["GET", "POST"])
def refuse_no_contact(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    now = timezone.now()
    request.actor.require(Permission.DECIDE_NO_CONTACT)
    measure = queries.measure_detail(request.actor, measure_id, now)
    form = RefusalForm(request.POST or None)
    if form.is_valid():
        try:
            services.refuse_no_contact(
                actor=request.actor, measure_id=measure_id, reason=form.cleaned_data["reason"], now=now
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:no_contact", measure_id)
    return render(request, "cases/refuse_no_contact.html", {"measure": measure, "form": form, "now": now})


@require_http_methods(["GET", "POST"])
def order_on_life_threat(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The chairman's own decision: a life is threatened, nobody needs to ask."""
    now = timezone.now()
    request.actor.require(Permission.DECIDE_NO_CONTACT)
    case = queries.case_summary(request.actor, case_id)
    pairs = queries.pairs_of_case(request.actor, case)
    form = LifeThreatForm(
        request.POST or None,
        now=now,
        perpetrators=[(str(pair.perpetrator.person_id), pair.label) for pair in pairs],
        initial=_only_perpetrator(request, pairs),
    )
    if form.is_valid():
        try:
            measure = services.order_on_life_threat(
                actor=request.actor,
                case_id=case_id,
                perpetrator_id=form.cleaned_data["perpetrator_id"],
                order=form.order(),
                now=now,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:no_contact", measure.id)
    return render(request, "cases/order_on_life_threat.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def cancel_no_contact(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    now = timezone.now()
    request.actor.require(Permission.DECIDE_NO_CONTACT)
    measure = queries.measure_detail(request.actor, measure_id, now)
    asked = measure.waiting_cancellation
    form = CancelForm(
        request.POST or None,
        ground=Ground(measure.measure.ground),
        initial={"ground": asked.ground} if asked else None,
    )
    if form.is_valid():
        try:
            services.cancel_no_contact(actor=request.actor, measure_id=measure_id, now=now, **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:no_contact", measure_id)
    return render(request, "cases/cancel_no_contact.html", {"measure": measure, "form": form, "now": now})


@require_http_methods(["GET", "POST"])
def decline_cancellation(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    now = timezone.now()
    request.actor.require(Permission.DECIDE_NO_CONTACT)
    measure = queries.measure_detail(request.actor, measure_id, now)
    form = DeclineForm(request.POST or None)
    if form.is_valid():
        try:
            services.decline_cancellation(
                actor=request.actor, measure_id=measure_id, reason=form.cleaned_data["reason"], now=now
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:no_contact", measure_id)
    return render(request, "cases/decline_cancellation.html", {"measure": measure, "form": form, "now": now})


def _only_perpetrator(request: ActorRequest, pairs: list[queries.Pair]) -> dict[str, object]:
    """Where there is one perpetrator, nobody has to choose, nor type where they live."""
    if len(pairs) != 1:
        return {}
    person_id = pairs[0].perpetrator.person_id
    return {"perpetrator_id": person_id, "perpetrator_residence": queries.residence_of(request.actor, person_id)}
