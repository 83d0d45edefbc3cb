"""Reports to read: lists, one report, its reporter, its pictures, the ledger."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.rules import filter_kept
from maiam.contexts.contacts import queries as contacts
from maiam.contexts.duties import queries as duties
from maiam.contexts.reports import queries, services
from maiam.contexts.reports.forms.triage import AskForm, FilterForm, LedgerForm
from maiam.contexts.reports.rules.draft import CONTACT_WAY_LABELS
from maiam.core.law.codes.reports import reporter_types
from maiam.platform.access import ActorRequest, Permission


@require_GET
def listing(request: ActorRequest) -> HttpResponse:
    """The commune's reports, open ones first by their clock."""
    form = FilterForm(request.GET or None)
    page = queries.reports_page(request.actor, form.wanted(), request.GET.get("page", "1"))
    query = filter_kept(request.GET.urlencode())
    saved = accounts.saved_filters(request.actor, "reports:list", query)
    context = {"form": form, "page": page, "saved": saved, "query": query, "now": timezone.now()}
    return render(request, "reports/list.html", context)


@require_GET
def own(request: ActorRequest) -> HttpResponse:
    """The reports this post took, with what became of each."""
    return render(request, "reports/own.html", {"lines": queries.own_reports(request.actor), "now": timezone.now()})


@require_GET
def unplaced(request: ActorRequest) -> HttpResponse:
    """The province's desk: reports whose place is not known."""
    lines = queries.unplaced_reports(request.actor)
    return render(request, "reports/unplaced.html", {"lines": lines, "now": timezone.now()})


@require_GET
def detail(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """One report, whole; its first opening is what the reporter reads as "seen"."""
    now = timezone.now()
    if request.actor.can(Permission.VIEW_REPORTS):
        services.open_report(actor=request.actor, report_id=report_id, now=now)
    found = queries.report(request.actor, report_id, now)
    clocks = duties.obligations_of(request.actor, found.report.subject)
    context = {"detail": found, "clocks": clocks, "ask_form": AskForm(), "now": now}
    return render(request, "reports/detail.html", context)


@require_GET
def reporter(request: ActorRequest, report_id: UUID) -> HttpResponse:
    """Who told us, and how they may be reached safely: a page of its own, each opening in the audit."""
    now = timezone.now()
    found = queries.reporter(request.actor, report_id, now)
    context = {
        "report_id": report_id,
        "reporter": found,
        "type_label": reporter_types()[found.type_code].vi if found and found.type_code else "",
        "way_label": CONTACT_WAY_LABELS[found.contact.way] if found else "",
        "guidance": _guidance(request, report_id, now) if found else None,
        "now": now,
    }
    return render(request, "reports/reporter.html", context)


def _guidance(request: ActorRequest, report_id: UUID, now: datetime) -> contacts.Guidance | None:
    """The rule in force, for whoever keeps rules: it may be newer than what was answered while telling."""
    to = queries.reporter_addressed(request.actor, report_id)
    return contacts.guidance_if_kept(request.actor, to.recipient, to.record, now)


@require_GET
def picture(request: ActorRequest, report_id: UUID, attachment_id: UUID) -> HttpResponse:
    """One picture, drawn by us; asked for anew each time, so that rights are asked for anew each time."""
    content = queries.attachment(request.actor, report_id, attachment_id, timezone.now())
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Disposition"] = 'inline; filename="anh.jpg"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_GET
def ledger(request: ActorRequest) -> HttpResponse:
    """All that came in is all that ended and all still open."""
    form = LedgerForm(request.GET or None)
    (since, until), (first_day, last_day) = form.period(), form.days()
    found = queries.ledger(request.actor, since=since, until=until)
    context = {"form": form, "ledger": found, "since": first_day, "last_day": last_day}
    return render(request, "reports/ledger.html", context)
