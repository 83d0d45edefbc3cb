"""The steps of one measure: decided, refused, served, begun, session by session, ended, cancelled."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maiam.contexts.measures import queries, services
from maiam.contexts.measures.forms import (
    BeginForm,
    DecisionForm,
    EventForm,
    OutcomeForm,
    ReasonForm,
    ServeForm,
)
from maiam.contexts.measures.queries import MeasureDetail
from maiam.contexts.measures.rules import kinds
from maiam.contexts.measures.rules.states import EVENT_LABELS, EventKind
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError
from maiam.platform.ui.forms import VietnameseForm


@require_http_methods(["GET", "POST"])
def decide(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    """Sign it; or write down what the authority decided."""
    return _step(
        request,
        measure_id,
        title="Quyết định",
        press="Ký quyết định",
        powers=(Permission.DECIDE_MEASURES, Permission.CARRY_MEASURES),
        make=lambda page: DecisionForm(request.POST or None, kind=page.kind, initial={"starts_at": timezone.now()}),
        do=lambda form: services.decide_measure(
            actor=request.actor, measure_id=measure_id, decision=form.decision(), now=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def refuse(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    return _step(
        request,
        measure_id,
        title="Trả lời, không áp dụng",
        press="Ký trả lời",
        powers=(Permission.DECIDE_MEASURES, Permission.CARRY_MEASURES),
        make=lambda _: ReasonForm(request.POST or None),
        do=lambda form: services.refuse_measure(
            actor=request.actor, measure_id=measure_id, now=timezone.now(), **form.cleaned_data
        ),
    )


@require_http_methods(["GET", "POST"])
def serve(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    return _step(
        request,
        measure_id,
        title="Giao",
        press="Ghi đã giao",
        powers=(Permission.CARRY_MEASURES,),
        make=lambda page: ServeForm(
            request.POST or None, addressees=page.unserved, initial={"served_at": timezone.now()}
        ),
        do=lambda form: services.serve_measure(
            actor=request.actor, measure_id=measure_id, served=form.served(), now=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def begin(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    return _step(
        request,
        measure_id,
        title="Bắt đầu thực hiện",
        press="Ghi đã bắt đầu",
        powers=(Permission.CARRY_MEASURES,),
        make=lambda _: BeginForm(request.POST or None, initial={"happened_at": timezone.now()}),
        do=lambda form: services.begin_measure(
            actor=request.actor, measure_id=measure_id, now=timezone.now(), **form.cleaned_data
        ),
    )


@require_http_methods(["GET", "POST"])
def record_event(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    return _step(
        request,
        measure_id,
        title="Ghi việc đã diễn ra",
        press="Ghi",
        powers=(Permission.CARRY_MEASURES,),
        make=lambda page: EventForm(
            request.POST or None, events=_events(page), initial={"happened_at": timezone.now()}
        ),
        do=lambda form: services.record_event(
            actor=request.actor, measure_id=measure_id, told=form.event(), now=timezone.now()
        ),
    )


@require_http_methods(["GET", "POST"])
def end(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    return _step(
        request,
        measure_id,
        title="Kết thúc, ghi kết quả",
        press="Kết thúc",
        powers=(Permission.CARRY_MEASURES,),
        make=lambda page: OutcomeForm(request.POST or None, kind=page.kind, initial={"ended_at": timezone.now()}),
        do=lambda form: services.end_measure(
            actor=request.actor,
            measure_id=measure_id,
            ended_at=form.cleaned_data["ended_at"],
            facts=form.facts(),
            now=timezone.now(),
        ),
    )


@require_http_methods(["GET", "POST"])
def cancel(request: ActorRequest, measure_id: UUID) -> HttpResponse:
    return _step(
        request,
        measure_id,
        title="Hủy bỏ",
        press="Hủy bỏ",
        powers=(Permission.DECIDE_MEASURES, Permission.CARRY_MEASURES),
        make=lambda _: ReasonForm(request.POST or None),
        do=lambda form: services.cancel_measure(
            actor=request.actor, measure_id=measure_id, now=timezone.now(), **form.cleaned_data
        ),
    )


def _step(
    request: ActorRequest,
    measure_id: UUID,
    *,
    title: str,
    press: str,
    powers: tuple[Permission, ...],
    make: Callable[[MeasureDetail], Any],
    do: Callable[[Any], object],
) -> HttpResponse:
    """One step as a page: what was asked, the form of the step, and back to the measure once it is done."""
    request.actor.require_one(*powers)
    page = queries.measure_detail(request.actor, measure_id, timezone.now())
    form: VietnameseForm = make(page)
    if form.is_valid():
        try:
            do(form)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("measures:detail", measure_id)
    shown = {"page": page, "form": form, "title": title, "press": press, "now": timezone.now()}
    return render(request, "measures/step.html", shown)


def _events(page: MeasureDetail) -> list[tuple[str, str]]:
    row = kinds.procedure(page.kind)
    sessions = [(EventKind.SESSION.value, EVENT_LABELS[EventKind.SESSION])] if row.sessions else []
    return sessions + ([(EventKind.BREACH.value, row.breach)] if row.breach else [])
