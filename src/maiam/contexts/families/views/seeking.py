"""Somebody of the register sought within a form: what was typed stays, who was chosen stays chosen."""

from typing import Any
from uuid import UUID

from django.forms import BaseForm
from django.utils import timezone

from maiam.contexts.families import queries
from maiam.platform.access import ActorRequest

SEEKS = "seek"


def typed_in(request: ActorRequest) -> tuple[Any, dict[str, Any]]:
    """What a form is bound to, and what it begins with: where somebody is only sought, nothing is judged yet."""
    if SEEKS in request.POST:
        return None, request.POST.dict()
    return request.POST or None, {}


def sought(request: ActorRequest, form: BaseForm, field: str, *, near_commune_id: int) -> dict[str, Any]:
    """Who in the register is like what was typed, as choices of the form's field."""
    if not field:
        return {}
    typed = request.POST.get("q") or request.GET.get("q", "")
    hits = (
        queries.search_persons(request.actor, typed, now=timezone.now(), near_commune_id=near_commune_id)
        if typed
        else []
    )
    return {"typed": typed, "hits": hits, "name": field, "wanted": form[field], "chosen": _chosen(form[field].value())}


def _chosen(typed: Any) -> UUID | None:
    try:
        return UUID(str(typed))
    except ValueError:
        return None
