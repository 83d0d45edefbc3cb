"""Keep a filter of a list, let one go; each leads back to its list."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from maiam.contexts.accounts import services
from maiam.contexts.accounts.rules import FILTERED_PAGES, LONGEST_FILTER_NAME
from maiam.core.text import clean
from maiam.platform.access import ActorRequest
from maiam.platform.errors import DomainError, NotFoundError


@require_POST
def save_filter(request: ActorRequest) -> HttpResponse:
    page, query = request.POST.get("page", ""), request.POST.get("query", "")
    if page not in FILTERED_PAGES:
        raise NotFoundError
    name = clean(request.POST.get("name", ""))[:LONGEST_FILTER_NAME]
    try:
        row = services.save_filter(actor=request.actor, page=page, name=name, query=query, now=timezone.now())
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse(page)}?{query}")
    messages.success(request, f"Đã lưu bộ lọc “{row.name}”.")
    return redirect(f"{reverse(page)}?{row.query}")


@require_POST
def remove_filter(request: ActorRequest, filter_id: UUID) -> HttpResponse:
    row = services.remove_filter(actor=request.actor, filter_id=filter_id, now=timezone.now())
    messages.success(request, f"Đã bỏ bộ lọc “{row.name}”.")
    return redirect(row.page)
