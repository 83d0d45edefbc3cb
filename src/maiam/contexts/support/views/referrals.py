"""Help from others: her consent, what is asked of whom, the helper's list and answer, a need nobody met."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.cases import queries as cases
from maiam.contexts.support import queries, services
from maiam.contexts.support.forms.referrals import AnswerForm, ConsentForm, ReferralForm, UnmetForm
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_GET
def inbox(request: ActorRequest) -> HttpResponse:
    """What was asked of the reader's own post."""
    return render(request, "support/inbox.html", {"lines": queries.referrals_to(request.actor)})


@require_http_methods(["GET", "POST"])
def referral(request: ActorRequest, referral_id: UUID) -> HttpResponse:
    """One referral; a POST answers or ends it."""
    now = timezone.now()
    page = queries.referral(request.actor, referral_id, now)
    form = AnswerForm(request.POST or None, states=page.next_states)
    if form.is_valid():
        told = form.cleaned_data
        try:
            services.move_referral(
                actor=request.actor, referral_id=referral_id, to=told["to"], words=told["words"], now=now
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("support:referral", referral_id)
    return render(request, "support/referral.html", {"page": page, "form": form, "now": now})


@require_http_methods(["GET", "POST"])
def give_consent(request: ActorRequest, case_id: UUID) -> HttpResponse:
    request.actor.require(Permission.PLAN_SUPPORT)
    now = timezone.now()
    page = queries.support_page(request.actor, case_id, now)
    form = ConsentForm(
        request.POST or None,
        helpers=queries.helpers_near(page.case),
        speakers=cases.speakers_for(request.actor, page.case, now),
        initial={"given_at": now},
    )
    if form.is_valid():
        try:
            services.give_consent(actor=request.actor, case_id=case_id, given=form.given(), now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("support:case", case_id)
    return render(request, "support/give_consent.html", {"page": page, "form": form})


@require_POST
def withdraw_consent(request: ActorRequest, case_id: UUID, consent_id: UUID) -> HttpResponse:
    services.withdraw_consent(actor=request.actor, consent_id=consent_id, now=timezone.now())
    return redirect("support:case", case_id)


@require_http_methods(["GET", "POST"])
def send(request: ActorRequest, case_id: UUID) -> HttpResponse:
    request.actor.require(Permission.PLAN_SUPPORT)
    now = timezone.now()
    page = queries.support_page(request.actor, case_id, now)
    form = ReferralForm(request.POST or None, helpers=queries.helpers_near(page.case), consents=page.live_consents)
    if form.is_valid():
        try:
            services.send_referral(actor=request.actor, case_id=case_id, sent=form.sent(), now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("support:case", case_id)
    return render(request, "support/send.html", {"page": page, "form": form})


@require_http_methods(["GET", "POST"])
def unmet(request: ActorRequest, case_id: UUID) -> HttpResponse:
    request.actor.require(Permission.PLAN_SUPPORT)
    now = timezone.now()
    page = queries.support_page(request.actor, case_id, now)
    form = UnmetForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        services.record_unmet_need(
            actor=request.actor, case_id=case_id, need=told["need"], reason=told["reason"], now=now
        )
        return redirect("support:case", case_id)
    return render(request, "support/unmet.html", {"page": page, "form": form})
