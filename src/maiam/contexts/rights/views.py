"""The officer takes a request down and answers it; the chairman agrees to an erasure; the inspector watches."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.exports.rules import CONTENT_TYPES, FileType
from maiam.contexts.rights import queries, services
from maiam.contexts.rights.forms import AskForm, DecideForm, FinishForm, RefuseForm, ShortForm, WordsForm
from maiam.contexts.rights.rules import Right, Told
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError
from maiam.platform.ui.forms import VietnameseForm


@require_GET
def request_list(request: ActorRequest) -> HttpResponse:
    """What is open, or with `?xong=1` what has ended."""
    is_open = "xong" not in request.GET
    lines = queries.requests(request.actor, is_open=is_open)
    return render(request, "rights/list.html", {"lines": lines, "is_open": is_open, "now": timezone.now()})


@require_http_methods(["GET", "POST"])
def ask(request: ActorRequest, person_id: UUID) -> HttpResponse:
    person = queries.person(request.actor, person_id)
    form = AskForm(request.POST or None, actor=request.actor, person_id=person.id)
    if form.is_valid():
        try:
            asked = services.ask(actor=request.actor, asked=form.asked(), now=timezone.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("rights:detail", asked.id)
    return render(request, "rights/ask.html", {"form": form, "person": person})


@require_GET
def detail(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return _page(request, request_id)


@require_POST
def answer_first(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return _step(request, request_id, services.answer_first, "first")


@require_POST
def finish(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return _step(request, request_id, services.finish, "finish")


@require_POST
def refuse(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return _step(request, request_id, services.refuse, "refuse")


@require_POST
def take_back(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return _step(request, request_id, services.take_back, "take_back")


@require_POST
def propose(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return _step(request, request_id, services.propose_erasure, "propose")


@require_POST
def decide(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return _step(request, request_id, services.decide_erasure, "decide")


@require_POST
def make_copy(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return _step(request, request_id, services.make_copy, "copy")


@require_POST
def fetch_copy(request: ActorRequest, copy_id: UUID) -> HttpResponse:
    """Send the file, once."""
    try:
        copy = services.fetch_copy(actor=request.actor, copy_id=copy_id, now=timezone.now())
    except services.CopyGoneError as refusal:
        return render(request, "rights/gone.html", {"refusal": refusal}, status=409)
    answer = HttpResponse(queries.copy_bytes(request.actor, copy.id), content_type=CONTENT_TYPES[FileType.XLSX])
    answer["Content-Disposition"] = f'attachment; filename="ban-sao-{copy.serial.lower()}.xlsx"'
    return answer


@require_GET
def print_copy(request: ActorRequest, copy_id: UUID) -> HttpResponse:
    """The copy as a page to print and hand over."""
    copy = queries.copy(request.actor, copy_id)
    facts = queries.own_data(request.actor, copy.request.person_id, timezone.now())
    return render(request, "rights/print.html", {"copy": copy, "facts": facts, "not_here": queries.NOT_HERE})


def _step(request: ActorRequest, request_id: UUID, service: Callable[..., Any], name: str) -> HttpResponse:
    request.actor.require(Permission.APPROVE_ERASURE if name == "decide" else Permission.ANSWER_RIGHTS)
    queries.request(request.actor, request_id, timezone.now())
    form = _form(name, request.POST)
    if form.is_valid():
        try:
            service(actor=request.actor, request_id=request_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("rights:detail", request_id)
    return _page(request, request_id, **{name: form})


def _page(request: ActorRequest, request_id: UUID, **forms: VietnameseForm) -> HttpResponse:
    """The request with a form for each thing that may be done to it; the one just sent keeps what was typed."""
    page = queries.request(request.actor, request_id, timezone.now())
    blank = {name: _form(name) for name in _FORMS}
    if page.request.right == Right.SEE:
        blank["finish"].initial = {"told": Told.HERE}
    sent = next(iter(forms.values()), None)
    return render(request, "rights/detail.html", {"page": page, "now": timezone.now(), "sent": sent, **blank, **forms})


# What may be done to a request, all on one page: each box has an id of its own.
_FORMS: dict[str, type[VietnameseForm]] = {
    "first": WordsForm,
    "finish": FinishForm,
    "refuse": RefuseForm,
    "take_back": ShortForm,
    "propose": ShortForm,
    "decide": DecideForm,
    "copy": VietnameseForm,
}


def _form(name: str, *typed: Any) -> VietnameseForm:
    return _FORMS[name](*typed, auto_id=f"{name}_%s")
