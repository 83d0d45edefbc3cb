"""The province on the map, period by period, and the same as a table."""

from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from maiam.contexts.hotspots import queries
from maiam.contexts.hotspots.forms import PictureForm
from maiam.platform.access import ActorRequest


@require_GET
def province_map(request: ActorRequest) -> HttpResponse:
    form = PictureForm(request.GET)
    drawn = queries.picture(request.actor, form.chosen_layer)
    if drawn is None:
        return render(request, "hotspots/map.html", {"drawn": None})
    form.offer(drawn.frames)
    frame = form.chosen_frame(drawn.frames)
    shown = PictureForm(initial={"layer": drawn.layer, "frame": str(frame)})
    shown.offer(drawn.frames)
    page = {
        "form": shown,
        "drawn": drawn,
        "frame": frame,
        "period": drawn.frames[frame],
        "notable": drawn.notable(frame),
        "usual": drawn.usual(frame),
        "query": urlencode({"layer": drawn.layer}),
    }
    return render(request, "hotspots/map.html", page)


@require_GET
def map_shapes(request: ActorRequest) -> JsonResponse:
    drawn = queries.picture(request.actor, PictureForm(request.GET).chosen_layer)
    return JsonResponse(queries.map_of(drawn) if drawn else {"type": "FeatureCollection", "features": []})
