"""Cases: the list, one opened, one moved on."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.rules import filter_kept
from maiam.contexts.cases import queries, services
from maiam.contexts.cases.forms.cases import CaseFilterForm, StepForm
from maiam.contexts.places import queries as places
from maiam.core.text import NotReadError, read_whole_number
from maiam.platform.access import ActorRequest
from maiam.platform.errors import DomainError

LAST_PAGE = 100_000


@require_GET
def case_list(request: ActorRequest) -> HttpResponse:
    form = CaseFilterForm(request.GET or None, villages=_villages(request))
    wanted = form.wanted()
    found = queries.cases_page(request.actor, wanted, page=_page(request), now=timezone.now())
    if wanted.text:
        services.note_search(actor=request.actor, text=wanted.text, now=timezone.now())
    query = filter_kept(request.GET.urlencode())
    context = {
        "form": form,
        "lines": found.lines,
        "page": found.page,
        "saved": accounts.saved_filters(request.actor, "cases:list", query),
        "query": query,
    }
    return render(request, "cases/list.html", context)


@require_http_methods(["GET", "POST"])
def detail(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """One case; a POST moves it on."""
    now = timezone.now()
    case = queries.case_detail(request.actor, case_id, now)
    form = StepForm(request.POST or None, steps=case.next_steps)
    if form.is_valid():
        try:
            services.move_case(
                actor=request.actor,
                case_id=case_id,
                to=form.cleaned_data["status"],
                reason=form.cleaned_data["reason"],
                now=now,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:detail", case_id)
    return render(request, "cases/detail.html", {"case": case, "form": form, "now": now})


def _villages(request: ActorRequest) -> list[tuple[str, str]]:
    communes = request.actor.commune_ids[:1]
    return [(str(village.id), village.name) for commune in communes for village in places.villages_of(commune)]


def _page(request: ActorRequest) -> int:
    try:
        return read_whole_number(request.GET.get("page", "1"), minimum=1, maximum=LAST_PAGE)
    except NotReadError:
        return 1
