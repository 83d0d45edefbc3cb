"""A measure asked for, or written down; who takes part for a child."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maiam.contexts.cases import queries as cases
from maiam.contexts.measures import queries, services
from maiam.contexts.measures.forms import DecisionForm, ProtectorForm, WishForm
from maiam.contexts.measures.rules import kinds
from maiam.core.law.codes import procedures
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest, case_id: UUID, kind: str) -> HttpResponse:
    """One form for every kind: asked for where somebody must decide, written down where it was done or decided."""
    request.actor.require(Permission.REQUEST_MEASURES)
    if kind not in procedures():
        raise Http404
    now = timezone.now()
    page = queries.measures_of_case(request.actor, case_id)
    asks_first = kinds.starts_with_request(kind)
    people = _perpetrators(request, page) if kinds.is_about_perpetrator(kind) else []
    initial = {"asked_at": now, "person_id": people[0][0] if len(people) == 1 else None}
    form = WishForm(request.POST or None, kind=kind, people=people, initial=initial)
    done = None if asks_first else DecisionForm(request.POST or None, kind=kind, initial={"starts_at": now})
    if form.is_valid() and (done is None or done.is_valid()):
        try:
            if done is None:
                measure = services.request_measure(actor=request.actor, case_id=case_id, wish=form.wish(), now=now)
            else:
                measure = services.record_measure(
                    actor=request.actor, case_id=case_id, wish=form.wish(), decision=done.decision(), now=now
                )
        except DomainError as refusal:
            (done if done and refusal.field in done.fields else form).refuse(refusal)
        else:
            return redirect("measures:detail", measure.id)
    shown = {"page": page, "form": form, "done": done, "kind": queries.kind_choice(kind), "people": people}
    return render(request, "measures/ask.html", shown)


@require_http_methods(["GET", "POST"])
def name_protector(request: ActorRequest, case_id: UUID) -> HttpResponse:
    request.actor.require(Permission.REQUEST_MEASURES)
    page = queries.measures_of_case(request.actor, case_id)
    form = ProtectorForm(request.POST or None)
    if form.is_valid():
        try:
            services.name_protector(actor=request.actor, case_id=case_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("measures:of_case", case_id)
    return render(request, "measures/name_protector.html", {"page": page, "form": form})


def _perpetrators(request: ActorRequest, page: queries.MeasuresPage) -> list[tuple[str, str]]:
    pairs = cases.pairs_of_case(request.actor, page.case)
    return [(str(pair.perpetrator.person_id), pair.label) for pair in pairs]
