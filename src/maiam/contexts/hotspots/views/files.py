"""The files of hot spots: opened, worked on, looked at again, ended."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from maiam.contexts.hotspots import queries, services
from maiam.contexts.hotspots.forms import ActionForm, CloseForm, DoneForm, OpenFileForm, ReviewForm
from maiam.contexts.hotspots.models import Alert
from maiam.core.text import VIETNAM
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError
from maiam.platform.ui.forms import VietnameseForm


@require_GET
def files(request: ActorRequest) -> HttpResponse:
    return render(request, "hotspots/files.html", {"lines": queries.hot_spot_files(request.actor)})


@require_GET
def file(request: ActorRequest, file_id: UUID) -> HttpResponse:
    return render(request, "hotspots/file.html", {"page": queries.file_page(request.actor, file_id)})


@require_http_methods(["GET", "POST"])
def open_file(request: ActorRequest) -> HttpResponse:
    """From the alert the address names, or by hand."""
    actor = request.actor
    actor.require(Permission.KEEP_HOT_SPOTS)
    alert = _alert_named(request)
    communes = queries.communes_to_choose(actor)
    reached = alert.communes if alert else [unit.id for unit in communes]
    form = OpenFileForm(
        request.POST or None,
        communes=communes,
        posts=queries.posts_for_files(actor, reached),
        is_from_alert=alert is not None,
        initial=_first(alert, actor.post_id),
    )
    if form.is_valid():
        told: dict[str, Any] = {"communes": [], **form.cleaned_data}
        try:
            row = services.open_file(actor=actor, alert_id=alert.id if alert else None, now=timezone.now(), **told)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã mở hồ sơ điểm nóng.")
            return redirect("hotspots:file", row.id)
    return render(request, "hotspots/open_file.html", {"form": form, "alert": alert})


def _alert_named(request: ActorRequest) -> Alert | None:
    named = request.GET.get("canh-bao", "")
    try:
        return queries.open_alert(request.actor, UUID(named)) if named else None
    except ValueError:
        return None


def _first(alert: Alert | None, post_id: int | None) -> dict[str, Any]:
    if alert is None:
        return {}
    title = f"{alert.centre.name}: số vụ tăng"
    return {"title": title, "owner_post": post_id}


@require_http_methods(["GET", "POST"])
def add_action(request: ActorRequest, file_id: UUID) -> HttpResponse:
    request.actor.require(Permission.KEEP_HOT_SPOTS)
    page = queries.file_page(request.actor, file_id)
    form = ActionForm(request.POST or None, posts=queries.posts_for_files(request.actor, page.row.communes))
    return _answer(
        request,
        form,
        lambda **told: services.add_action(actor=request.actor, file_id=file_id, **told),
        file_id,
        {"page": page, "title": "Giao một việc", "label": "Giao việc"},
    )


@require_http_methods(["GET", "POST"])
def finish_action(request: ActorRequest, action_id: UUID) -> HttpResponse:
    action = queries.action_to_finish(request.actor, action_id)
    page = queries.file_page(request.actor, action.hot_spot_id)
    today = timezone.now().astimezone(VIETNAM).date()
    form = DoneForm(request.POST or None, initial={"done_on": today})
    return _answer(
        request,
        form,
        lambda **told: services.finish_action(actor=request.actor, action_id=action_id, **told),
        action.hot_spot_id,
        {"page": page, "title": "Ghi việc đã làm xong", "label": "Ghi kết quả", "action": action},
    )


@require_http_methods(["GET", "POST"])
def review(request: ActorRequest, file_id: UUID) -> HttpResponse:
    request.actor.require(Permission.KEEP_HOT_SPOTS)
    page = queries.file_page(request.actor, file_id)
    return _answer(
        request,
        ReviewForm(request.POST or None),
        lambda **told: services.hold_review(actor=request.actor, file_id=file_id, **told),
        file_id,
        {"page": page, "title": "Xem lại điểm nóng", "label": "Ghi lần xem lại", "shows_answer": True},
    )


@require_http_methods(["GET", "POST"])
def close_file(request: ActorRequest, file_id: UUID) -> HttpResponse:
    request.actor.require(Permission.KEEP_HOT_SPOTS)
    page = queries.file_page(request.actor, file_id)
    return _answer(
        request,
        CloseForm(request.POST or None),
        lambda **told: services.close_file(actor=request.actor, file_id=file_id, **told),
        file_id,
        {"page": page, "title": "Kết thúc hồ sơ", "label": "Kết thúc", "shows_answer": True},
    )


def _answer(
    request: HttpRequest, form: VietnameseForm, change: Callable[..., object], file_id: UUID, page: dict[str, Any]
) -> HttpResponse:
    """Make the change the form asks for and go back to the file; or show the form with what was refused."""
    if form.is_valid():
        try:
            change(now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, "Đã ghi vào hồ sơ.")
            return redirect("hotspots:file", file_id)
    return render(request, "hotspots/file_step.html", {"form": form, **page})
