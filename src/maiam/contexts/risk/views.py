"""The danger in one case: see it, ask the questions, raise it, agree to lower it; and how the tool did so far."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.risk import queries, services
from maiam.contexts.risk.forms import AssessForm, LoweringForm, RaiseForm
from maiam.contexts.risk.rules import FEW
from maiam.core.risk import latest
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_GET
def risk(request: ActorRequest, case_id: UUID) -> HttpResponse:
    page = queries.risk_page(request.actor, case_id, timezone.now())
    return _page(request, page, RaiseForm(levels=page.higher_levels), LoweringForm())


@require_GET
def badge(request: ActorRequest, case_id: UUID) -> HttpResponse:
    """The level in one word, for the page of the case."""
    shown = {"standing": queries.standing(request.actor, case_id), "case_id": case_id}
    return render(request, "risk/_badge.html", shown)


@require_http_methods(["GET", "POST"])
def assess(request: ActorRequest, case_id: UUID) -> HttpResponse:
    request.actor.require(Permission.ASSESS_RISK)
    now, made_with = timezone.now(), latest()
    page = queries.risk_page(request.actor, case_id, now)
    known = queries.known_answers(request.actor, case_id, now)
    begun = queries.last_answers(request.actor, case_id) | known
    form = AssessForm(request.POST or None, instrument=made_with, known=known, initial=begun)
    if form.is_valid():
        try:
            services.sign_assessment(
                actor=request.actor, case_id=case_id, answers=form.answers(), note=form.cleaned_data["note"], now=now
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("risk:case", case_id)
    return render(request, "risk/assess.html", {"page": page, "form": form, "instrument": made_with})


@require_POST
def raise_level(request: ActorRequest, case_id: UUID) -> HttpResponse:
    request.actor.require(Permission.RAISE_RISK)
    now = timezone.now()
    page = queries.risk_page(request.actor, case_id, now)
    form = RaiseForm(request.POST, levels=page.higher_levels)
    if form.is_valid():
        told = form.cleaned_data
        try:
            services.raise_level(
                actor=request.actor,
                case_id=case_id,
                to=told["level"],
                reason=told["reason"],
                words=told["words"],
                now=now,
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("risk:case", case_id)
    return _page(request, page, form, LoweringForm())


@require_POST
def decide_lowering(request: ActorRequest, case_id: UUID, assessment_id: UUID) -> HttpResponse:
    request.actor.require(Permission.LOWER_RISK)
    now = timezone.now()
    page = queries.risk_page(request.actor, case_id, now)
    form = LoweringForm(request.POST)
    if form.is_valid():
        try:
            services.decide_lowering(
                actor=request.actor, assessment_id=assessment_id, agrees=form.cleaned_data["agrees"], now=now
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("risk:case", case_id)
    return _page(request, page, RaiseForm(levels=page.higher_levels), form)


@require_GET
def calibration(request: ActorRequest) -> HttpResponse:
    lines = queries.calibration(request.actor, timezone.now())
    return render(request, "risk/calibration.html", {"lines": lines, "few": FEW, "instrument": latest()})


def _page(request: ActorRequest, page: queries.RiskPage, form: RaiseForm, lowering: LoweringForm) -> HttpResponse:
    waiting = page.waiting
    may_lower = bool(
        waiting
        and request.actor.can(Permission.LOWER_RISK)
        and waiting.row.signed_by_account_id != request.actor.account_id
    )
    shown = {"page": page, "form": form, "lowering": lowering, "may_lower": may_lower}
    return render(request, "risk/case.html", shown)
