"""What every page of the desk shows around its content."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.duties import queries as duties
from maiam.platform.access import Actor, ActorKind, Permission
from maiam.web.navigation import home, menu, section


def desk(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    shown = {"demo_mode": settings.DEMO, "actor": actor}
    if actor is None or actor.kind is not ActorKind.OFFICIAL:
        return shown
    return shown | _around(actor, request.path) | {"broken_glass": accounts.glass_of(request.session, timezone.now())}


def _around(actor: Actor, path: str) -> dict[str, Any]:
    around: dict[str, Any] = {"navigation": menu(actor, path), "section": section(actor, path), "home_url": home(actor)}
    if actor.can(Permission.VIEW_FAMILIES):
        around["search_url"] = reverse("families:search")
    if actor.can(Permission.VIEW_DUTIES):
        # Counted only when a page shows it: the error page must not ask a database that just failed.
        around |= {"notices_url": reverse("duties:notices"), "unread_notices": partial(duties.unread_notices, actor)}
    return around
