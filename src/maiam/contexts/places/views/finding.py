"""Finding a place by typing, and what a place was before the mergers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maiam.contexts.places import queries
from maiam.platform.access.doors import public
from maiam.platform.errors import NotFoundError

MOST_TYPED = 200


@public
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """Communes like what was typed: the whole page, or only the options when asked for while typing."""
    typed = request.GET.get("q", "").replace("\0", "")[:MOST_TYPED]
    found = queries.search_communes(typed)
    template = "places/_options.html" if request.headers.get("HX-Request") else "places/search.html"
    return render(request, template, {"typed": typed, "found": found})


@public
@require_GET
def villages(request: HttpRequest) -> HttpResponse:
    """The villages of a commune, as options of a list."""
    commune_id = request.GET.get("commune", "")
    known = (
        queries.villages_of(int(commune_id))
        if commune_id.isascii() and commune_id.isdigit() and len(commune_id) < 10
        else []
    )
    return render(request, "places/_villages.html", {"villages": known})


@public
@require_GET
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """One unit: where it belongs, what it came from, what it became."""
    found = queries.unit(unit_id) if unit_id < 2**31 else None
    if found is None:
        raise NotFoundError
    page = {
        "unit": found,
        "came_from": queries.units_that_became(found),
        "successions": queries.successions_of(found),
        "neighbours": queries.neighbours_of(found),
        "villages": queries.villages_of(found.id),
    }
    return render(request, "places/unit.html", page)
