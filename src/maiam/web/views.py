"""Where a day at the desk begins."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from maiam.platform.access import ActorRequest
from maiam.web import navigation


@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Lead each actor to the first page of their menu."""
    return redirect(navigation.home(request.actor))
