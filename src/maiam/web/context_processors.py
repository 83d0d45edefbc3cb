"""What every page of the desk shows around its content."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from maiam.platform.access import ActorKind
from maiam.web.navigation import menu


def desk(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", None)
    shown = {"demo_mode": settings.DEMO, "actor": actor}
    if actor is None or actor.kind is not ActorKind.OFFICIAL:
        return shown
    return shown | {"navigation": menu(actor, request.path)}
