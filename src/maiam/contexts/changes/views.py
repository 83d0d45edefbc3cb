"""Ask for a change from a person's or a household's page; see it through; decide."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.changes import queries, services
from maiam.contexts.changes.forms import FORMS, AskForm, DecideForm, NewMemberForm, WordsForm
from maiam.contexts.changes.queries import AskAbout, ChangePage
from maiam.contexts.changes.rules import KIND_LABELS, Kind
from maiam.platform.access import ActorRequest
from maiam.platform.errors import DomainError, NotFoundError


@require_GET
def change_list(request: ActorRequest) -> HttpResponse:
    """What waits, or with `?xong=1` what has ended."""
    is_open = "xong" not in request.GET
    lines = queries.changes_list(request.actor, is_open=is_open)
    return render(request, "changes/list.html", {"lines": lines, "is_open": is_open})


@require_GET
def ask(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """What is wrong? One link for each kind of change."""
    about = queries.ask_about(request.actor, person_id, timezone.now())
    kinds = [(kind, KIND_LABELS[kind]) for kind in FORMS]
    return render(request, "changes/choose.html", {"about": about, "kinds": kinds})


@require_http_methods(["GET", "POST"])
def ask_kind(request: ActorRequest, person_id: UUID, kind: str) -> HttpResponse:
    about = queries.ask_about(request.actor, person_id, timezone.now())
    if kind not in FORMS:
        raise NotFoundError
    return _ask(request, about, FORMS[Kind(kind)])


@require_http_methods(["GET", "POST"])
def ask_new_member(request: ActorRequest, household_id: UUID) -> HttpResponse:
    about = queries.ask_about_household(request.actor, household_id, timezone.now())
    return _ask(request, about, NewMemberForm)


def _ask(request: ActorRequest, about: AskAbout, form_class: type[AskForm]) -> HttpResponse:
    form = form_class(request.POST or None, actor=request.actor, about=about)
    if form.is_valid():
        try:
            asked = services.ask_change(actor=request.actor, asked=form.asked(), now=timezone.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("changes:detail", asked.id)
    shown = {"form": form, "about": about, "title": KIND_LABELS[form.kind]}
    return render(request, "changes/ask.html", shown)


@require_GET
def detail(request: ActorRequest, request_id: UUID) -> HttpResponse:
    page = queries.change(request.actor, request_id, timezone.now())
    return _page(request, page)


@require_POST
def decide(request: ActorRequest, request_id: UUID) -> HttpResponse:
    page = queries.change(request.actor, request_id, timezone.now())
    form = DecideForm(request.POST, page=page)
    if form.is_valid():
        try:
            services.decide_change(actor=request.actor, request_id=request_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("changes:detail", request_id)
    return _page(request, queries.change(request.actor, request_id, timezone.now()), form=form)


@require_POST
def ask_back(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return _say(request, request_id, services.ask_back)


@require_POST
def answer(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return _say(request, request_id, services.answer_question)


@require_POST
def withdraw(request: ActorRequest, request_id: UUID) -> HttpResponse:
    return _say(request, request_id, services.withdraw_change)


def _say(request: ActorRequest, request_id: UUID, service: Any) -> HttpResponse:
    page = queries.change(request.actor, request_id, timezone.now())
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            service(actor=request.actor, request_id=request_id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("changes:detail", request_id)
    return _page(request, page, words=form)


def _page(
    request: ActorRequest, page: ChangePage, form: DecideForm | None = None, words: WordsForm | None = None
) -> HttpResponse:
    """The request with what may be done to it; `seen` in the page marks the register as it stands now."""
    shown = {"page": page, "form": form or DecideForm(page=page), "words": words or WordsForm(), "now": timezone.now()}
    return render(request, "changes/detail.html", shown)
