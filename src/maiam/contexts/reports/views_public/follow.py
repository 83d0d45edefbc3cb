"""Come back with the code: where things stand, a question answered, facts added, a report withdrawn.

The code and everything typed travel in the body of POSTs; a sealed ticket in the page spares typing it again.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maiam.contexts.reports import queries, services
from maiam.contexts.reports.forms.public import CodeForm, SayForm
from maiam.contexts.reports.forms.public_state import Ticket
from maiam.contexts.reports.rules.limits import SLOW_SOURCE_PAUSE
from maiam.contexts.reports.views_public.flow import leave
from maiam.contexts.reports.views_public.uploads import bound_uploads
from maiam.platform.access import Actor
from maiam.platform.access.context import enter
from maiam.platform.access.doors import public, without_database
from maiam.platform.access.sources import Sources
from maiam.platform.errors import DomainError
from maiam.platform.requests import is_without_database

SOURCES = Sources(SLOW_SOURCE_PAUSE)
SLOW = "Đang có nhiều người tra mã. Chờ vài giây rồi bấm lại."
AWAY = "Máy đang bận. Tin của bạn vẫn an toàn. Thử lại sau ít phút."
NOT_FOUND = "Chưa thấy mã này. Xem lại 16 chữ số (hoặc 8 từ) rồi gõ lại."


@public
@without_database
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    bound_uploads(request)
    if request.method != "POST":
        return _ask_code(request, CodeForm())
    now = timezone.now()
    if request.POST.get("act") == "leave":
        return leave()
    if is_without_database():
        return _ask_code(request, CodeForm(request.POST), AWAY)
    ticket = Ticket.read(request.POST.get("ticket", ""), now)
    if ticket is None:
        return _open_by_code(request, now)
    return _act(request, ticket, now)


def _open_by_code(request: HttpRequest, now: datetime) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask_code(request, form)
    actor = Actor.public()
    enter(actor)
    if queries.is_guessing_slowed(actor, now) and not SOURCES.may_try(request.META["REMOTE_ADDR"], now):
        return _ask_code(request, form, SLOW)
    report_id = services.open_by_receipt(actor=actor, typed=form.cleaned_data["code"], now=now)
    if report_id is None:
        return _ask_code(request, form, NOT_FOUND)
    kept = request.POST.get("kept", "")
    return _show(request, Ticket.of(report_id, now), now, SayForm(initial={"body": kept}) if kept else SayForm())


def _act(request: HttpRequest, ticket: Ticket, now: datetime) -> HttpResponse:
    """Do what was asked on the page of an opened report; the press is kept once, however often it is sent."""
    actor = Actor.receipt_holder(ticket.report_id)
    enter(actor)
    act = request.POST.get("act")
    if act not in {"say", "withdraw"}:
        return _show(request, ticket, now, SayForm(), words_shown=act == "read")
    form = SayForm(request.POST, request.FILES)
    if act == "say" and not form.is_valid():
        return _show(request, ticket, now, form, words_shown=True)
    try:
        refused = _say(request, actor, ticket, form, now)
    except DomainError as refusal:
        form.is_valid()
        form.add_error("body", str(refusal))
        return _show(request, ticket, now, form, words_shown=True)
    fresh = replace(Ticket.of(ticket.report_id, now), refused_pictures=refused)
    return _show(request, fresh, now, SayForm(), words_shown=True, is_kept=True)


def _say(request: HttpRequest, actor: Actor, ticket: Ticket, form: SayForm, now: datetime) -> tuple[str, ...]:
    said: dict[str, Any] = {"actor": actor, "report_id": ticket.report_id, "now": now, "entry_key": ticket.entry_key}
    form.is_valid()
    body = form.cleaned_data.get("body", "")
    if request.POST.get("act") == "withdraw":
        services.withdraw_report(**said, body=body)
        return ()
    answers = queries.followed_report(actor, now).question_id
    return services.answer_as_reporter(**said, body=body, pictures=form.cleaned_data["pictures"], answers_id=answers)


def _ask_code(request: HttpRequest, form: CodeForm, refusal: str = "") -> HttpResponse:
    """Ask for the code; words typed on a page whose ticket grew old are kept for after it."""
    if refusal:
        form.is_valid()
        form.add_error("code", refusal)
    kept = request.POST.get("kept") or request.POST.get("body", "")
    return render(request, "public/code.html", {"form": form, "kept": kept})


def _show(
    request: HttpRequest,
    ticket: Ticket,
    now: datetime,
    form: SayForm,
    *,
    words_shown: bool = False,
    is_kept: bool = False,
) -> HttpResponse:
    """Show where things stand; the words exchanged only after a second press, should the code be found on her."""
    actor = Actor.receipt_holder(ticket.report_id)
    enter(actor)
    context = {
        "form": form,
        "followed": queries.followed_report(actor, now),
        "ticket": ticket.sealed(),
        "refused_pictures": ticket.refused_pictures,
        "words_shown": words_shown,
        "is_kept": is_kept,
    }
    return render(request, "public/followed.html", context)
