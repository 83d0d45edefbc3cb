"""A commune's officer keeps its villages: the list, and one page for each thing that may happen to one."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from maiam.contexts.places import queries, services
from maiam.contexts.places.forms import EndVillageForm, MergeVillageForm, VillageForm
from maiam.contexts.places.models import Unit, Village
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError, NotFoundError
from maiam.platform.ui.forms import VietnameseForm


@require_GET
def own_villages(request: ActorRequest) -> HttpResponse:
    commune = _own_commune(request)
    page = {
        "commune": commune,
        "villages": queries.villages_with_history(commune.id),
        "ended": queries.ended_villages_of(commune.id),
    }
    return render(request, "places/own_villages.html", page)


@require_http_methods(["GET", "POST"])
def add_village(request: ActorRequest) -> HttpResponse:
    commune = _own_commune(request)
    form = VillageForm(request.POST or None, initial={"on": timezone.localdate()})

    def add(**typed: Any) -> str:
        added = services.add_village(actor=request.actor, commune_id=commune.id, now=timezone.now(), **typed)
        return f"Đã thêm {added.name}."

    return _done(request, form, add) or render(request, "places/add_village.html", {"form": form, "commune": commune})


@require_http_methods(["GET", "POST"])
def rename_village(request: ActorRequest, village_id: int) -> HttpResponse:
    village = _own_village(request, village_id)
    known = {"kind": village.kind, "name": village.name, "on": timezone.localdate()}
    form = VillageForm(request.POST or None, initial=known)

    def rename(**typed: Any) -> str:
        renamed = services.rename_village(actor=request.actor, village_id=village_id, now=timezone.now(), **typed)
        return f"Đã đổi thành {renamed.name}. Tên cũ vẫn tìm được."

    return _done(request, form, rename) or _show(request, "places/rename_village.html", village, form)


@require_http_methods(["GET", "POST"])
def merge_village(request: ActorRequest, village_id: int) -> HttpResponse:
    village = _own_village(request, village_id)
    others = [other for other in queries.villages_of(village.commune_id) if other != village]
    form = MergeVillageForm(request.POST or None, initial={"on": timezone.localdate()}, others=others)

    def merge(**typed: Any) -> str:
        into = services.merge_village(actor=request.actor, village_id=village_id, now=timezone.now(), **typed)
        return f"Đã nhập {village.name} vào {into.name}."

    return _done(request, form, merge) or _show(request, "places/merge_village.html", village, form)


@require_http_methods(["GET", "POST"])
def end_village(request: ActorRequest, village_id: int) -> HttpResponse:
    village = _own_village(request, village_id)
    form = EndVillageForm(request.POST or None, initial={"on": timezone.localdate()})

    def end(**typed: Any) -> str:
        services.close_village(actor=request.actor, village_id=village_id, now=timezone.now(), **typed)
        return f"{village.name} không còn trong danh sách."

    return _done(request, form, end) or _show(request, "places/end_village.html", village, form)


def _done(request: ActorRequest, form: VietnameseForm, change: Callable[..., str]) -> HttpResponse | None:
    """Make the change a rightly filled form asks for and go back to the list; else None, and the form says why."""
    if not form.is_valid():
        return None
    try:
        told = change(**form.cleaned_data)
    except DomainError as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, told)
    return redirect("places:own_villages")


def _show(request: ActorRequest, template: str, village: Village, form: VietnameseForm) -> HttpResponse:
    return render(request, template, {"village": village, "form": form})


def _own_commune(request: ActorRequest) -> Unit:
    request.actor.require(Permission.EDIT_VILLAGES)
    commune = queries.unit(request.actor.commune_ids[0]) if request.actor.commune_ids else None
    if commune is None:
        raise NotFoundError
    return commune


def _own_village(request: ActorRequest, village_id: int) -> Village:
    request.actor.require(Permission.EDIT_VILLAGES)
    village = queries.village(village_id) if village_id < 2**31 else None
    if village is None or village.valid_to or village.commune_id not in request.actor.commune_ids:
        raise NotFoundError
    return village
