"""No-contact measures: the list of a beat, one opened, asked for, served, supervised, breached."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from maiam.contexts.cases import queries, services
from maiam.contexts.cases.forms.carrying_out import (
    BreachForm,
    ContactForm,
    DeliveryForm,
    MeetingForm,
    SupervisorsForm,
)
from maiam.contexts.cases.forms.requests import CancellationRequestForm, RequestForm
from maiam.contexts.cases.models import Case
from maiam.core.law.no_contact import Ground
from maiam.core.text import write_datetime
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_GET
def no_contact_list(request: ActorRequest) -> HttpResponse:
    """The orders in force, those that end first on top; then those that have ended."""
    now = timezone.now()
    live, over = queries.measures_in_force(request.actor, now), queries.measures_over(request.actor, now)
    return render(request, "cases/no_contact_list.html", {"live": live, "over": over, "now": now})


@require_GET
def no_contact(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    now = timezone.now()
    measure = queries.measure_detail(request.actor, measure_id, now)
    return render(request, "cases/no_contact.html", {"measure": measure, "now": now})


@require_http_methods(["GET", "POST"])
def request_no_contact(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """Write down who asks for a no-contact order, and since when we know."""
    now = timezone.now()
    request.actor.require(Permission.REQUEST_NO_CONTACT)
    case = queries.case_summary(request.actor, case_id)
    form = RequestForm(
        request.POST or None,
        perpetrators=_perpetrators(request, case),
        reports=_reports(request, case),
        victim_name=case.person_name,
        initial=_already_known(request, case) | {"asked_at": now},
    )
    if form.is_valid():
        try:
            measure = services.request_no_contact(actor=request.actor, case_id=case_id, request=form.request(), now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:no_contact", measure.id)
    return render(request, "cases/request_no_contact.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def serve_no_contact(request: ActorRequest, measure_id: UUID, document_id: UUID) -> HttpResponse:
    """Record that a decision reached one of its addressees."""
    now = timezone.now()
    request.actor.require(Permission.SERVE_NO_CONTACT)
    measure = queries.measure_detail(request.actor, measure_id, now)
    document = measure.document(document_id)
    form = DeliveryForm(
        request.POST or None,
        document=document,
        initial={"delivered_at": now, "addressee": request.GET.get("addressee")},
    )
    if form.is_valid():
        try:
            services.record_delivery(actor=request.actor, measure_id=measure_id, handover=form.handover(), now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:no_contact", measure_id)
    return render(request, "cases/serve_no_contact.html", {"measure": measure, "document": document, "form": form})


@require_http_methods(["GET", "POST"])
def assign_supervisors(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    now = timezone.now()
    request.actor.require(Permission.SUPERVISE_NO_CONTACT)
    measure = queries.measure_detail(request.actor, measure_id, now)
    form = SupervisorsForm(request.POST or None)
    if form.is_valid():
        try:
            services.assign_supervisors(
                actor=request.actor, measure_id=measure_id, supervisors=form.supervisors(), now=now
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:no_contact", measure_id)
    return render(request, "cases/assign_supervisors.html", {"measure": measure, "form": form, "now": now})


@require_http_methods(["GET", "POST"])
def record_meeting(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    now = timezone.now()
    request.actor.require(Permission.SUPERVISE_NO_CONTACT)
    measure = queries.measure_detail(request.actor, measure_id, now)
    form = MeetingForm(request.POST or None, initial={"met_at": now})
    if form.is_valid():
        try:
            services.record_supervision_meeting(
                actor=request.actor, measure_id=measure_id, now=now, **form.cleaned_data
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:no_contact", measure_id)
    return render(request, "cases/record_meeting.html", {"measure": measure, "form": form, "now": now})


@require_http_methods(["GET", "POST"])
def permit_contact(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    now = timezone.now()
    request.actor.require(Permission.SUPERVISE_NO_CONTACT)
    measure = queries.measure_detail(request.actor, measure_id, now)
    form = ContactForm(request.POST or None)
    if form.is_valid():
        try:
            services.record_permitted_contact(
                actor=request.actor, measure_id=measure_id, contact=form.contact(), now=now
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:no_contact", measure_id)
    return render(request, "cases/permit_contact.html", {"measure": measure, "form": form})


@require_http_methods(["GET", "POST"])
def record_breach(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    now = timezone.now()
    request.actor.require(Permission.RECORD_BREACH)
    measure = queries.measure_detail(request.actor, measure_id, now)
    form = BreachForm(request.POST or None, initial={"occurred_at": now})
    if form.is_valid():
        try:
            services.record_breach(actor=request.actor, measure_id=measure_id, breach=form.breach(), now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:no_contact", measure_id)
    return render(request, "cases/record_breach.html", {"measure": measure, "form": form})


@require_http_methods(["GET", "POST"])
def request_cancellation(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    now = timezone.now()
    request.actor.require(Permission.REQUEST_NO_CONTACT)
    measure = queries.measure_detail(request.actor, measure_id, now)
    form = CancellationRequestForm(
        request.POST or None, ground=Ground(measure.measure.ground), initial={"asked_at": now}
    )
    if form.is_valid():
        try:
            services.request_cancellation(actor=request.actor, measure_id=measure_id, request=form.request(), now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:no_contact", measure_id)
    return render(request, "cases/request_cancellation.html", {"measure": measure, "form": form})


def _perpetrators(request: ActorRequest, case: Case) -> list[tuple[str, str]]:
    return [(str(pair.perpetrator.person_id), pair.label) for pair in queries.pairs_of_case(request.actor, case)]


def _reports(request: ActorRequest, case: Case) -> list[tuple[str, str]]:
    links = queries.reports_of_case(request.actor, case)
    return [(str(link.report_id), f"Tin báo lúc {write_datetime(link.told_at)}") for link in links]


def _already_known(request: ActorRequest, case: Case) -> dict[str, object]:
    """Where there is one perpetrator, nobody has to choose, nor type where they live."""
    perpetrators = _perpetrators(request, case)
    if len(perpetrators) != 1:
        return {}
    person_id = perpetrators[0][0]
    return {"perpetrator_id": person_id, "perpetrator_residence": queries.residence_of(request.actor, UUID(person_id))}
