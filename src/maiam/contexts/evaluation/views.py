"""The province's page: a map, the same as a table, and the period."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from maiam.contexts.evaluation import queries, rules
from maiam.contexts.evaluation.forms import PeriodForm
from maiam.core.text.dates import VIETNAM
from maiam.platform.access import ActorRequest


@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    form, picture = _picture(request)
    return render(
        request, "evaluation/overview.html", {"form": form, "picture": picture, "shades": rules.SHADE_LABELS.items()}
    )


@require_GET
def overview_map(request: ActorRequest) -> JsonResponse:
    _, picture = _picture(request)
    return JsonResponse(queries.map_of(picture))


def _picture(request: ActorRequest) -> tuple[PeriodForm, queries.Overview]:
    now = timezone.now()
    form = PeriodForm(request.GET if _asks(request) else None)
    since, until = form.period(now.astimezone(VIETNAM).date())
    return form, queries.overview(request.actor, since=since, until=until, now=now)


def _asks(request: HttpRequest) -> bool:
    return "since" in request.GET or "until" in request.GET
