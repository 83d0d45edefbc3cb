"""Step back from a matter; the inspector's watch; who an account is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.conflicts import queries, services
from maiam.contexts.conflicts.forms import DeclareForForm, DeclareForm, OfficialForm
from maiam.platform import audit
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_http_methods(["GET", "POST"])
def declare_record(request: ActorRequest, record_id: UUID) -> HttpResponse:
    return _declare(request, record_id=record_id)


@require_http_methods(["GET", "POST"])
def declare_person(request: ActorRequest, person_id: UUID) -> HttpResponse:
    return _declare(request, person_id=person_id)


def _declare(request: ActorRequest, *, record_id: UUID | None = None, person_id: UUID | None = None) -> HttpResponse:
    """What is declared is taken as it is: the page answers alike, whether there is such a record or not."""
    request.actor.require(Permission.DECLARE_CONFLICT)
    form = DeclareForm(request.POST or None)
    if form.is_valid():
        try:
            services.declare_conflict(
                actor=request.actor, record_id=record_id, person_id=person_id, now=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã ghi. Từ bây giờ bạn không thấy việc này nữa; người khác sẽ lo.")
            return redirect("home")
    return render(request, "conflicts/declare.html", {"form": form, "is_person": person_id is not None})


@require_GET
def watch(request: ActorRequest) -> HttpResponse:
    shown = queries.watch(request.actor)
    audit.record_read(request.actor, "conflicts.watch.read", ("conflicts.alarm", ""), at=timezone.now())
    return render(request, "conflicts/watch.html", {"watch": shown, "now": timezone.now()})


@require_http_methods(["GET", "POST"])
def declare_for(request: ActorRequest) -> HttpResponse:
    form = DeclareForForm(request.POST or None, people=queries.people_of_house(request.actor))
    if form.is_valid():
        try:
            services.declare_for_another(actor=request.actor, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("conflicts:watch")
    return render(request, "conflicts/declare_for.html", {"form": form})


@require_POST
def lift(request: ActorRequest, declared_id: UUID) -> HttpResponse:
    services.lift_conflict(actor=request.actor, declared_id=declared_id, now=timezone.now())
    return redirect("conflicts:watch")


@require_POST
def lift_seal(request: ActorRequest, seal_id: UUID) -> HttpResponse:
    services.lift_seal(actor=request.actor, seal_id=seal_id, now=timezone.now())
    return redirect("conflicts:watch")


@require_http_methods(["GET", "POST"])
def official(request: ActorRequest, account_id: int) -> HttpResponse:
    account, known = queries.official_of(request.actor, account_id)
    form = OfficialForm(request.POST or None)
    if form.is_valid():
        try:
            services.record_official(
                actor=request.actor, account_id=account_id, now=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("accounts:account", account_id)
    return render(request, "conflicts/official.html", {"form": form, "account": account, "known": known})
