"""One person's support; a contact recorded; her safety plan."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from maiam.contexts.cases import queries as cases
from maiam.contexts.support import queries, services
from maiam.contexts.support.forms.contacts import PLAN_QUESTIONS, ContactForm, SafetyPlanForm
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError


@require_GET
def support(request: ActorRequest, case_id: UUID) -> HttpResponse:
    now = timezone.now()
    page = queries.support_page(request.actor, case_id, now)
    return render(request, "support/case.html", {"page": page, "now": now})


@require_http_methods(["GET", "POST"])
def record_contact(request: ActorRequest, case_id: UUID) -> HttpResponse:
    request.actor.require(Permission.PLAN_SUPPORT)
    now = timezone.now()
    page = queries.support_page(request.actor, case_id, now)
    speakers = cases.speakers_for(request.actor, page.case, now)
    form = ContactForm(request.POST or None, speakers=speakers, initial={"tried_at": now})
    if form.is_valid():
        try:
            services.record_contact(actor=request.actor, case_id=case_id, contact=form.made(), now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("support:case", case_id)
    return render(request, "support/record_contact.html", {"page": page, "form": form})


@require_http_methods(["GET", "POST"])
def safety_plan(request: ActorRequest, case_id: UUID) -> HttpResponse:
    request.actor.require(Permission.PLAN_SUPPORT)
    now = timezone.now()
    page = queries.support_page(request.actor, case_id, now)
    form = SafetyPlanForm(request.POST or None, initial=page.plan.answers if page.plan else {})
    if form.is_valid():
        answers = {name: form.cleaned_data[name] for name in PLAN_QUESTIONS if form.cleaned_data[name]}
        services.write_safety_plan(actor=request.actor, case_id=case_id, answers=answers, now=now)
        return redirect("support:case", case_id)
    return render(request, "support/safety_plan.html", {"page": page, "form": form})
