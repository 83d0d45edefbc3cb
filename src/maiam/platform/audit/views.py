"""The inspector's page: who did what, when; and the root to write down."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from maiam.platform import audit
from maiam.platform.access import ActorRequest
from maiam.platform.audit import queries
from maiam.platform.audit.forms import TrailForm


@require_GET
def trail(request: ActorRequest) -> HttpResponse:
    form = TrailForm(request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    wanted = queries.Filter(**{name: str(value) for name, value in asked.items() if value})
    lines = queries.lines(request.actor, wanted)
    root = queries.root(request.actor)
    audit.record_read(request.actor, "audit.trail.read", ("audit.auditentry", ""), at=timezone.now())
    more = lines[-1].entry.id if len(lines) == queries.PAGE else None
    return render(request, "audit/trail.html", {"form": form, "lines": lines, "root": root, "more": more})
