"""The officer's side: prepare, give villages, start, choose between sheets, ask a sample again, close."""

import secrets
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.surveys import queries, services
from maiam.contexts.surveys.forms import typed_in
from maiam.contexts.surveys.forms.rounds import ActForm, AssignForm, CloseForm, DrawForm, PrepareForm, RecheckForm
from maiam.contexts.surveys.rules.rounds import RoundKind
from maiam.platform.access import ActorRequest
from maiam.platform.errors import DomainError, NotFoundError
from maiam.platform.ui.forms import VietnameseForm

SEEDS = 2**31


@require_http_methods(["GET", "POST"])
def prepare(request: ActorRequest) -> HttpResponse:
    versions = queries.published_versions(request.actor)
    form = PrepareForm(typed_in(request), versions=versions)
    if form.is_valid():
        typed = form.cleaned_data
        try:
            row = services.prepare_round(
                actor=request.actor,
                commune_id=_own_commune(request),
                title=typed["title"],
                kind=RoundKind(typed["kind"]),
                version_id=UUID(typed["version_id"]),
                limit=typed["limit"],
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("surveys:round", row.id)
    return render(request, "surveys/prepare.html", {"form": form, "versions": versions})


def _own_commune(request: ActorRequest) -> int:
    """The commune of the actor's post: rounds are a commune's."""
    if len(request.actor.commune_ids) != 1:
        raise NotFoundError
    return request.actor.commune_ids[0]


@require_GET
def round_page(request: ActorRequest, round_id: UUID) -> HttpResponse:
    return _round(request, round_id)


def _round(request: ActorRequest, round_id: UUID, **forms: VietnameseForm) -> HttpResponse:
    page = queries.round_page(request.actor, round_id)
    shown: dict[str, Any] = {
        "page": page,
        "sample": queries.sample_of(request.actor, page.round),
        "posts": queries.collectors(request.actor, page.round.commune_id),
        "now": timezone.now(),
        "act": None,
        "draw": DrawForm(),
        "close": CloseForm(),
    }
    return render(request, "surveys/round.html", shown | forms)


@require_POST
def assign(request: ActorRequest, round_id: UUID, assignment_id: UUID) -> HttpResponse:
    page = queries.round_page(request.actor, round_id)
    form = AssignForm(request.POST, posts=queries.collectors(request.actor, page.round.commune_id))
    if form.is_valid():
        try:
            services.assign_village(
                actor=request.actor, assignment_id=assignment_id, now=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("surveys:round", round_id)
    return _round(request, round_id, act=form)


@require_POST
def start(request: ActorRequest, round_id: UUID) -> HttpResponse:
    try:
        services.start_round(actor=request.actor, round_id=round_id, now=timezone.now())
    except DomainError as refusal:
        form = ActForm(request.POST)
        form.refuse(refusal)
        return _round(request, round_id, act=form)
    return redirect("surveys:round", round_id)


@require_POST
def draw(request: ActorRequest, round_id: UUID) -> HttpResponse:
    form = DrawForm(request.POST)
    if form.is_valid():
        try:
            services.draw_sample(
                actor=request.actor,
                round_id=round_id,
                share=form.cleaned_data["share"],
                seed=secrets.randbelow(SEEDS),
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("surveys:round", round_id)
    return _round(request, round_id, draw=form)


@require_POST
def close(request: ActorRequest, round_id: UUID) -> HttpResponse:
    form = CloseForm(request.POST)
    if form.is_valid():
        try:
            services.close_round(
                actor=request.actor, round_id=round_id, why=form.cleaned_data["why"], now=timezone.now()
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("surveys:round", round_id)
    return _round(request, round_id, close=form)


@require_http_methods(["GET", "POST"])
def recheck(request: ActorRequest, recheck_id: UUID) -> HttpResponse:
    page = queries.recheck(request.actor, recheck_id, timezone.now())
    form = RecheckForm(typed_in(request), page=page)
    if form.is_valid():
        try:
            services.record_recheck(
                actor=request.actor, recheck_id=recheck_id, values=form.cleaned_data, now=timezone.now()
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("surveys:recheck", recheck_id)
    return render(request, "surveys/recheck.html", {"page": page, "form": form})


@require_http_methods(["GET", "POST"])
def conflict(request: ActorRequest, sheet_id: UUID) -> HttpResponse:
    """Two sheets of one household side by side; with POST one is chosen."""
    page = queries.conflict(request.actor, sheet_id, timezone.now())
    form = ActForm(typed_in(request))
    if request.method == "POST":
        try:
            services.settle_sheet(
                actor=request.actor,
                sheet_id=sheet_id,
                is_taken=request.POST.get("choice") == "take",
                now=timezone.now(),
            )
        except DomainError as refusal:
            form = ActForm(request.POST)
            form.refuse(refusal)
        else:
            return redirect("surveys:conflict", sheet_id)
    return render(request, "surveys/conflict.html", {"page": page, "form": form})
