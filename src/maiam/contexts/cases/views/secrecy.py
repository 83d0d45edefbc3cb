"""Sealing a case; reading one in an emergency behind a new proof of who one is; the inspector's review."""

import time
from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases import queries, services
from maiam.contexts.cases.forms.secrecy import BreakGlassForm, ReviewForm, SealByCodeForm, SealForm
from maiam.contexts.conflicts import queries as conflicts
from maiam.contexts.places import queries as places
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError, NotFoundError

# Who came in this morning proves again who they are; the form itself may then take a while.
PROVEN_WITHIN = timedelta(minutes=5)
WRITTEN_WITHIN = timedelta(minutes=20)
PROVE_AGAIN = "Lần xác nhận danh tính đã quá lâu. Hãy tải lại trang này để xác nhận lần nữa."


@require_http_methods(["GET", "POST"])
def seal(request: ActorRequest, case_id: UUID) -> HttpResponse:
    request.actor.require(Permission.SEAL_MATTERS)
    # Who seals without reading goes by the code; to them no case has an address.
    if not request.actor.can(Permission.VIEW_CASES):
        raise NotFoundError
    case = queries.case_summary(request.actor, case_id)
    form = SealForm(request.POST or None)
    if form.is_valid():
        try:
            services.seal_case(actor=request.actor, case_id=case_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, f"{case.code} đã niêm. Chỉ người trong danh sách còn thấy.")
            return redirect("cases:detail", case_id)
    return render(request, "cases/seal.html", {"form": form, "case": case})


@require_http_methods(["GET", "POST"])
def seal_by_code(request: ActorRequest) -> HttpResponse:
    request.actor.require(Permission.SEAL_MATTERS)
    form = SealByCodeForm(request.POST or None, communes=_communes())
    if form.is_valid():
        try:
            services.seal_case_by_code(actor=request.actor, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã niêm. Chỉ người trong danh sách còn thấy.")
            return redirect("home")
    return render(request, "cases/seal.html", {"form": form, "case": None})


@require_http_methods(["GET", "POST"])
def break_glass(request: ActorRequest) -> HttpResponse:
    request.actor.require(Permission.BREAK_GLASS)
    if request.method == "GET" and not _has_proven(request, PROVEN_WITHIN):
        return redirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': request.path})}")
    form = BreakGlassForm(request.POST or None, communes=_communes())
    if form.is_valid() and not _has_proven(request, WRITTEN_WITHIN):
        form.add_error(None, PROVE_AGAIN)
    elif form.is_valid():
        try:
            glass = services.break_glass(actor=request.actor, asked=form.asked(), now=timezone.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            accounts.mark_glass(request.session, label=glass.label, case_id=glass.row_id, until=glass.until)
            return redirect("cases:detail", glass.row_id)
    return render(request, "cases/break_glass.html", {"form": form})


@require_POST
def shut_glass(request: ActorRequest) -> HttpResponse:
    request.actor.require(Permission.BREAK_GLASS)
    services.shut_glass(actor=request.actor, now=timezone.now())
    accounts.clear_glass(request.session)
    messages.success(request, "Đã đóng lại.")
    return redirect("home")


@require_http_methods(["GET", "POST"])
def glass(request: ActorRequest, glass_id: UUID) -> HttpResponse:
    """One breaking of the glass, for the reviewer."""
    line = conflicts.glass(request.actor, glass_id)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        try:
            services.review_glass(actor=request.actor, glass_id=glass_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("conflicts:watch")
    return render(request, "cases/glass.html", {"form": form, "glass": line, "now": timezone.now()})


def _has_proven(request: ActorRequest, within: timedelta) -> bool:
    records = get_authentication_records(request, request.user)
    moments = [float(record["at"]) for record in records if record.get("reauthenticated")]
    return bool(moments) and time.time() - max(moments) <= within.total_seconds()


def _communes() -> list[tuple[str, str]]:
    province = places.provinces_of_today().get(code=settings.PROVINCE_CODE)
    return [(str(commune.id), commune.name) for commune in places.communes_of(province)]
