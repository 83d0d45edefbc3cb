"""The report in six short questions, all under one address; what was answered travels sealed in the page.

There is no cookie and no session a foreign page could abuse, so no CSRF token either: the sealed state says that
the page is ours, and it does not grow old while somebody hesitates.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maiam.contexts.reports import services
from maiam.contexts.reports.forms.public import NotedForm, SendForm, WhatForm
from maiam.contexts.reports.forms.public_state import FORMS, FormState, Ticket, draft_of
from maiam.contexts.reports.rules import receipts
from maiam.contexts.reports.rules.draft import ReportDraft, is_urgent
from maiam.contexts.reports.rules.receipt_words import in_words
from maiam.contexts.reports.views_public.reading_back import read_back
from maiam.contexts.reports.views_public.uploads import bound_uploads
from maiam.platform.access import Actor, acting
from maiam.platform.access.doors import public, without_database
from maiam.platform.errors import DomainError
from maiam.platform.requests import is_without_database

# The pages that carry a number, in the order they are asked; the others are stops between them.
QUESTIONS = ("safe", "what", "where", "who", "contact", "send")
_BEFORE = {"stay_safe": "safe", "what": "safe", "urgent": "what", "where": "what", "who": "where", "contact": "who"}
_BEFORE["send"] = "contact"
_EDITS = {f"edit-{page}": page for page in QUESTIONS}
_SHORT, _LONG = ("what", "urgent"), ("what", "where", "who", "contact")


@public
@without_database
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    bound_uploads(request)
    now = timezone.now()
    if request.method != "POST":
        return _page(request, FormState.fresh(now), "safe")
    page = request.POST.get("page", "")
    if page == "receipt":
        return _leave_receipt(request, now)
    state = FormState.read(request.POST.get("state", ""), now)
    if page not in FORMS:
        return _page(request, state, "safe")
    return _answer(request, state.keeping(page, request.POST), page, now)


def _answer(request: HttpRequest, state: FormState, page: str, now: datetime) -> HttpResponse:
    go = request.POST.get("go", "next")
    if go == "back":
        return _page(request, state, _BEFORE.get(page, "safe"))
    if go in _EDITS:
        return _page(request, state, _EDITS[go])
    if go == "more":
        return _page(request, state, "where")
    if page == "send":
        return _send(request, state, _LONG, now)
    form = state.form(page, {"asked_which": request.POST.getlist("asked_which")})
    if not form.is_valid():
        return _page(request, state, page, form)
    if page == "urgent":
        return _send(request, state, _SHORT, now)
    return _page(request, state, _after(page, form))


def _after(page: str, form: Form) -> str:
    if page == "safe":
        return "stay_safe" if form.cleaned_data["safe"] == "no" else "what"
    if page == "stay_safe":
        return "what"
    if isinstance(form, WhatForm):
        return "urgent" if form.is_urgent else "where"
    return QUESTIONS[QUESTIONS.index(page) + 1]


def _page(request: HttpRequest, state: FormState, page: str, form: Form | None = None) -> HttpResponse:
    """Show a page with what was typed on it before."""
    what = state.answers.get("what", {})
    context: dict[str, Any] = {
        "form": form or state.unjudged_form(page),
        "state": state.sealed(),
        "page": page,
        "number": QUESTIONS.index(page) + 1 if page in QUESTIONS else None,
        "has_child": "child" in what.get("signs", []),
        "is_urgent": is_urgent("".join(what.get("happening", [])), what.get("signs", [])),
        "back": _BEFORE.get(page),
    }
    if page == "send":
        context["told"] = read_back(state)
    return render(request, f"public/{page}.html", context)


def _send(request: HttpRequest, state: FormState, pages: tuple[str, ...], now: datetime) -> HttpResponse:
    send = SendForm(request.POST, request.FILES)
    send.is_valid()
    draft = _in_hand(request) or draft_of(state, pages, send, now)
    if isinstance(draft, str):
        return _page(request, state, draft, state.form(draft))
    request.draft_in_hand = draft  # type: ignore[attr-defined]
    try:
        filed = _file(draft, now)
    except DomainError as refusal:
        where = state.form("where")
        where.add_error(None, str(refusal))
        return _page(request, state, "where", where)
    ticket = Ticket(filed.report_id, now, state.key, filed.receipt_code, filed.refused_pictures)
    return _receipt(request, ticket, NotedForm())


def _in_hand(request: HttpRequest) -> ReportDraft | None:
    """The draft the database left us with: the very same is kept, lest a commit we did not hear of make it two."""
    return getattr(request, "draft_in_hand", None)


def _file(draft: ReportDraft, now: datetime) -> services.Filed:
    """Take the report in, as the public whoever is signed in; or keep it safe until the database is back."""
    actor = Actor.public()
    if is_without_database():
        return services.spool_report(actor=actor, draft=draft, now=now)
    with acting(actor):
        return services.file_report(actor=actor, draft=draft, now=now)


def _receipt(request: HttpRequest, ticket: Ticket, form: NotedForm) -> HttpResponse:
    context: Mapping[str, Any] = {
        "form": form,
        "ticket": ticket.sealed(),
        "code": receipts.grouped(ticket.code),
        "code_in_words": in_words(ticket.code) if ticket.code else "",
        "received_at": ticket.opened_at,
        "refused_pictures": ticket.refused_pictures,
    }
    return render(request, "public/receipt.html", context)


def _leave_receipt(request: HttpRequest, now: datetime) -> HttpResponse:
    """Leave only when the code was noted; then nothing of the visit stays on the device."""
    ticket = Ticket.read(request.POST.get("ticket", ""), now)
    form = NotedForm(request.POST)
    if ticket and ticket.code and not form.is_valid():
        return _receipt(request, ticket, form)
    return leave()


def leave() -> HttpResponse:
    response = HttpResponseRedirect(reverse("public:exit"))
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response
