"""A case handed over to another commune: asked for by one, answered by the other."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maiam.contexts.cases import queries, services
from maiam.contexts.cases.forms.moves import AnswerForm, MoveForm
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_http_methods(["GET", "POST"])
def ask_move(request: ActorRequest, case_id: UUID) -> HttpResponse:
    request.actor.require(Permission.OPEN_CASES)
    case = queries.case_summary(request.actor, case_id)
    form = MoveForm(request.POST or None, communes=queries.communes_to_move_to(request.actor, case_id))
    if form.is_valid():
        try:
            move = services.ask_move(actor=request.actor, case_id=case_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:move", move.id)
    return render(request, "cases/ask_move.html", {"case": case, "form": form})


@require_http_methods(["GET", "POST"])
def move(request: ActorRequest, move_id: UUID) -> HttpResponse:
    """One hand-over; a POST of the commune that was asked answers it."""
    now = timezone.now()
    page = queries.move_page(request.actor, move_id, now)
    form = AnswerForm(request.POST or None)
    if form.is_valid():
        try:
            if form.cleaned_data["answer"] == "take":
                case = services.take_case(actor=request.actor, move_id=move_id, now=now)
                return redirect("cases:detail", case.id)
            words = form.cleaned_data["words"]
            services.decline_case(actor=request.actor, move_id=move_id, words=words, now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("cases:move", move_id)
    return render(request, "cases/move.html", {"page": page, "form": form, "now": now})
