"""The administrator's pages: which systems are told, with a secret shown once, and how each telling went."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.webhooks import queries, services
from maiam.contexts.webhooks.forms import SubscribeForm
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_GET
def subscriptions(request: ActorRequest) -> HttpResponse:
    return render(request, "webhooks/list.html", {"lines": queries.subscriptions(request.actor)})


@require_http_methods(["GET", "POST"])
def add(request: ActorRequest) -> HttpResponse:
    request.actor.require(Permission.MANAGE_WEBHOOKS)
    form = SubscribeForm(request.POST or None)
    if form.is_valid():
        try:
            made, secret = services.subscribe(actor=request.actor, wanted=form.wanted(), now=timezone.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return _page(request, made.id, secret=secret)
    return render(request, "webhooks/add.html", {"form": form})


@require_GET
def subscription(request: ActorRequest, subscription_id: UUID) -> HttpResponse:
    return _page(request, subscription_id)


@require_POST
def rotate(request: ActorRequest, subscription_id: UUID) -> HttpResponse:
    _, secret = services.rotate_secret(actor=request.actor, subscription_id=subscription_id, now=timezone.now())
    return _page(request, subscription_id, secret=secret)


@require_POST
def pause(request: ActorRequest, subscription_id: UUID) -> HttpResponse:
    services.pause(actor=request.actor, subscription_id=subscription_id, now=timezone.now())
    return redirect("webhooks:detail", subscription_id)


@require_POST
def resume(request: ActorRequest, subscription_id: UUID) -> HttpResponse:
    services.resume(actor=request.actor, subscription_id=subscription_id, now=timezone.now())
    return redirect("webhooks:detail", subscription_id)


@require_POST
def send_test(request: ActorRequest, subscription_id: UUID) -> HttpResponse:
    services.send_test(actor=request.actor, subscription_id=subscription_id, now=timezone.now())
    return redirect("webhooks:detail", subscription_id)


@require_POST
def send_again(request: ActorRequest, subscription_id: UUID, delivery_id: UUID) -> HttpResponse:
    try:
        services.send_again(actor=request.actor, delivery_id=delivery_id, now=timezone.now())
    except services.NotDeadError as refusal:
        return _page(request, subscription_id, refusal=str(refusal))
    return redirect("webhooks:detail", subscription_id)


def _page(request: ActorRequest, subscription_id: UUID, *, secret: str = "", refusal: str = "") -> HttpResponse:
    """One system and its log; a new secret is on this page and on no other."""
    page = queries.subscription(request.actor, subscription_id, only_dead="hong" in request.GET)
    shown = {"page": page, "secret": secret, "refusal": refusal, "only_dead": "hong" in request.GET}
    return render(request, "webhooks/detail.html", shown)
