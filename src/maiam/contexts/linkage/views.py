"""Likely doubles: the list, one pair side by side, and the three answers."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.linkage import queries, services
from maiam.contexts.linkage.forms import MergeForm
from maiam.contexts.linkage.queries import PairPage
from maiam.platform.access import ActorRequest
from maiam.platform.errors import DomainError


@require_GET
def pair_list(request: ActorRequest) -> HttpResponse:
    """What waits, or with `?xong=1` what was decided."""
    is_open = "xong" not in request.GET
    shown = queries.queue(request.actor, page=request.GET.get("page", "1"), is_open=is_open)
    return render(request, "linkage/list.html", {"queue": shown, "is_open": is_open})


@require_http_methods(["GET", "POST"])
def pair(request: ActorRequest, pair_id: UUID) -> HttpResponse:
    """Both people side by side; sent, they become one with the chosen facts."""
    page = queries.pair(request.actor, pair_id, timezone.now())
    form = MergeForm(request.POST if request.method == "POST" else None, page=page)
    if form.is_valid():
        try:
            services.merge_pair(
                actor=request.actor,
                pair_id=pair_id,
                kept_id=form.kept_id,
                choices=form.choices(),
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("linkage:pair", pair_id)
    return _page(request, page, form)


@require_POST
def tell_apart(request: ActorRequest, pair_id: UUID) -> HttpResponse:
    services.tell_pair_apart(actor=request.actor, pair_id=pair_id, now=timezone.now())
    return _onward(request, pair_id)


@require_POST
def put_off(request: ActorRequest, pair_id: UUID) -> HttpResponse:
    services.put_pair_off(actor=request.actor, pair_id=pair_id, now=timezone.now())
    return _onward(request, pair_id)


@require_POST
def undo(request: ActorRequest, pair_id: UUID) -> HttpResponse:
    """Take the decision back; where something changed since, say what."""
    try:
        services.undo_pair(actor=request.actor, pair_id=pair_id, now=timezone.now())
    except DomainError as refusal:
        page = queries.pair(request.actor, pair_id, timezone.now())
        return _page(request, page, MergeForm(page=page), refusal=str(refusal))
    return redirect("linkage:pair", pair_id)


def _onward(request: ActorRequest, pair_id: UUID) -> HttpResponse:
    """To the next pair that waits, or back to the list."""
    next_id = queries.pair(request.actor, pair_id, timezone.now()).next_id
    return redirect("linkage:pair", next_id) if next_id else redirect("linkage:list")


def _page(request: ActorRequest, page: PairPage, form: MergeForm, refusal: str = "") -> HttpResponse:
    return render(request, "linkage/pair.html", {"page": page, "form": form, "refusal": refusal})
