"""From a report to an incident: a new one with its people, or one we know."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maiam.contexts.cases import queries, services
from maiam.contexts.cases.forms.incidents import IncidentForm, JoinForm, VerificationForm, as_typed
from maiam.contexts.cases.forms.people import PeopleForm, chosen_after, chosen_people, roles_as_typed
from maiam.contexts.cases.rules.incidents import ReportRelation
from maiam.contexts.families import queries as families
from maiam.contexts.places import queries as places
from maiam.contexts.reports import queries as reports
from maiam.contexts.reports.queries import ReportDetail
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_http_methods(["GET", "POST"])
def open_from_report(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Describe the incident a report tells of; each person to protect gets a case."""
    request.actor.require(Permission.OPEN_CASES)
    report = reports.report(request.actor, report_id, timezone.now())
    people = queries.known_people(request.actor, chosen_people(request.POST))
    form = IncidentForm(request.POST or None, villages=_villages(report), initial=_told_in(report))
    people_form = PeopleForm(request.POST or None, people=list(people.values()))
    if form.is_valid() and people_form.is_valid():
        try:
            opened = services.open_from_report(
                actor=request.actor,
                report_id=report_id,
                account=form.account(),
                people=people_form.told(),
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:detail", opened.case_ids[0])
    return _page(request, report, form, people_form)


@require_POST
def choose_people(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Find, add or take away people of the form that is being filled; nothing typed in it is judged or lost."""
    request.actor.require(Permission.OPEN_CASES)
    report = reports.report(request.actor, report_id, timezone.now())
    people = queries.known_people(request.actor, chosen_after(request.POST))
    people_form = PeopleForm(people=list(people.values()), initial=roles_as_typed(request.POST))
    if request.headers.get("HX-Request"):
        return render(request, "cases/_people.html", {"people_form": people_form, "report": report})
    typed = request.POST.get("q", "")
    hits = families.search_persons(request.actor, typed, now=timezone.now()) if typed else []
    form = IncidentForm(villages=_villages(report), initial=as_typed(IncidentForm, request.POST))
    return _page(request, report, form, people_form, typed=typed, hits=hits)


@require_http_methods(["GET", "POST"])
def join_incident(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Say that a report tells of an incident we know."""
    request.actor.require(Permission.OPEN_CASES)
    now = timezone.now()
    report = reports.report(request.actor, report_id, now)
    near = _near(request, report)
    form = JoinForm(request.POST or None, incidents=[(str(one.id), one.label) for one in near])
    if form.is_valid():
        try:
            incident = services.join_incident(
                actor=request.actor,
                report_id=report_id,
                incident_id=form.cleaned_data["incident_id"],
                relation=ReportRelation(form.cleaned_data["relation"]),
                reason=form.cleaned_data["reason"],
                now=now,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:of_incident", incident.id)
    return render(request, "cases/join_incident.html", {"form": form, "report": report, "near": near})


@require_POST
def verify_incident(request: ActorRequest, case_id: UUID, incident_id: UUID) -> HttpResponse:
    """Record how far an incident has been checked."""
    request.actor.require(Permission.OPEN_CASES)
    form = VerificationForm(request.POST)
    if form.is_valid():
        services.verify_incident(
            actor=request.actor, incident_id=incident_id, to=form.cleaned_data["to"], now=timezone.now()
        )
    return redirect("cases:detail", case_id)


def of_incident(request: ActorRequest, incident_id: UUID) -> HttpResponse:
    """Lead to the case of an incident that was opened first."""
    return redirect("cases:detail", queries.case_of_incident(request.actor, incident_id).id)


def of_report(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Lead from a report to the case it opened or joined."""
    return redirect("cases:detail", queries.case_of_report(request.actor, report_id).id)


def _page(
    request: ActorRequest, report: ReportDetail, form: IncidentForm, people_form: PeopleForm, **found: Any
) -> HttpResponse:
    shown = {"report": report, "form": form, "people_form": people_form, "near": _near(request, report)}
    return render(request, "cases/open_from_report.html", shown | found)


def _near(request: ActorRequest, report: ReportDetail) -> list[queries.NearIncident]:
    if report.report.commune_id is None:
        return []
    return queries.incidents_near(
        request.actor,
        commune_id=report.report.commune_id,
        village_id=report.report.village_id,
        now=timezone.now(),
    )


def _villages(report: ReportDetail) -> list[tuple[str, str]]:
    if report.report.commune_id is None:
        return []
    return [(str(village.id), village.name) for village in places.villages_of(report.report.commune_id)]


def _told_in(report: ReportDetail) -> dict[str, Any]:
    """What the report already says, so that nobody types it twice."""
    return {"village_id": report.report.village_id, "place": report.place_as_given}
