"""What is decided about one report. Each page is a form, one service, and back to the report."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maiam.contexts.reports import queries, services
from maiam.contexts.reports.forms.triage import (
    AnswerForm,
    AskForm,
    AttemptForm,
    PlaceForm,
    ReturnForm,
    SecondForm,
    TriageForm,
)
from maiam.contexts.reports.rules.states import BY_TWO_PEOPLE, Outcome, Step
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError
from maiam.platform.ui.forms import VietnameseForm

_GET_OR_POST = require_http_methods(["GET", "POST"])


@_GET_OR_POST
def triage(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Give the report its outcome, or note that it is being looked into."""
    request.actor.require(Permission.TRIAGE_REPORTS)
    return _decide(request, report_id, TriageForm(request.POST or None), _triage)


@_GET_OR_POST
def second(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Agree or disagree, as another person, that there was nothing to the report."""
    request.actor.require(Permission.TRIAGE_REPORTS)
    return _decide(request, report_id, SecondForm(request.POST or None), _second)


@_GET_OR_POST
def attempt(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Note one try to reach the reporter."""
    request.actor.require(Permission.TRIAGE_REPORTS)
    return _decide(request, report_id, AttemptForm(request.POST or None), services.record_attempt)


@_GET_OR_POST
def ask(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Ask the reporter a question; it waits where their code opens."""
    request.actor.require(Permission.ANSWER_REPORTER)
    return _decide(request, report_id, AskForm(request.POST or None), services.ask_reporter)


@_GET_OR_POST
def answer(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Tell the reporter how it ended, or how they were told."""
    request.actor.require(Permission.ANSWER_REPORTER)
    return _decide(request, report_id, AnswerForm(request.POST or None), services.answer_reporter)


@_GET_OR_POST
def place(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Give a report to the commune it belongs to."""
    request.actor.require(Permission.PLACE_REPORTS)
    return _decide(request, report_id, PlaceForm(request.POST or None), _place, then="reports:unplaced")


@_GET_OR_POST
def give_back(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Hand a report of another place back to the province's desk."""
    request.actor.require(Permission.TRIAGE_REPORTS)
    form = ReturnForm(request.POST or None)
    return _decide(request, report_id, form, services.return_to_province, then="reports:list")


def _decide(
    request: ActorRequest, report_id: UUID, form: VietnameseForm, service: Callable[..., object], *, then: str = ""
) -> HttpResponse:
    """Show the form beside the report; when it is sent, do what it says and go back."""
    now = timezone.now()
    if form.is_valid():
        try:
            service(actor=request.actor, report_id=report_id, now=now, **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect(then) if then else redirect("reports:detail", report_id)
    page = request.resolver_match.url_name if request.resolver_match else ""
    context = {"form": form, "detail": queries.report(request.actor, report_id, now), "now": now}
    return render(request, f"reports/{page}.html", context)


def _triage(**told: Any) -> None:
    outcome, handover = told.pop("outcome"), _handover(told)
    if outcome == Step.GRADED:
        services.grade_report(**told)
    elif outcome in BY_TWO_PEOPLE:
        services.propose_outcome(**told)
    else:
        services.triage_report(**told, outcome=Outcome(outcome), handover=handover)


def _handover(told: dict[str, Any]) -> services.Handover:
    return services.Handover(told.pop("receiver"), told.pop("accepted_at"), told.pop("reference"))


def _second(**told: Any) -> None:
    agrees = told.pop("verdict") == "agree"
    (services.confirm_proposal if agrees else services.decline_proposal)(**told)


def _place(**told: Any) -> None:
    services.place_report(
        actor=told["actor"],
        report_id=told["report_id"],
        commune_id=told["commune_id"],
        village_id=told["village_id"],
        reason=told["reason"],
        now=told["now"],
    )
