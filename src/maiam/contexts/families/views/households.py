"""Households on screen: as they are, as they were on any day, and who comes to live there."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from maiam.contexts.families import queries, services
from maiam.contexts.families.forms import EVENT_FORMS, DayForm, HouseholdForm, MemberForm
from maiam.contexts.families.rules import MemberRole
from maiam.contexts.families.views.people import own_commune
from maiam.contexts.families.views.seeking import sought, typed_in
from maiam.platform.access import ActorRequest
from maiam.platform.errors import DomainError


@require_GET
def household(request: ActorRequest, household_id: UUID) -> HttpResponse:
    """A household as it is, or with `?ngay=1/7/2020` as it was; and all that happened to it."""
    now, form = timezone.now(), DayForm(request.GET or None)
    day = form.cleaned_data["ngay"] if form.is_valid() else None
    page = (
        queries.household_on(request.actor, household_id, day, now)
        if day
        else queries.household(request.actor, household_id, now)
    )
    history = queries.household_history(request.actor, household_id)
    # Titles, not the classes: a template would call them.
    shown = {
        "page": page,
        "form": form,
        "history": history,
        "acts": [(slug, form.title) for slug, form in EVENT_FORMS.items()],
    }
    return render(request, "families/household.html", shown)


@require_http_methods(["GET", "POST"])
def add_household(request: ActorRequest) -> HttpResponse:
    form = HouseholdForm(request.POST or None, commune_id=own_commune(request))
    if form.is_valid():
        try:
            added = services.register_household(
                actor=request.actor, commune_id=form.commune_id, now=timezone.now(), **form.cleaned_data
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("families:household", added.id)
    return render(request, "families/add_household.html", {"form": form})


@require_http_methods(["GET", "POST"])
def add_member(request: ActorRequest, household_id: UUID) -> HttpResponse:
    """Choose a person of the register and let them live here from a day on."""
    page = queries.household(request.actor, household_id, timezone.now())
    typed, begins = typed_in(request)
    form = MemberForm(typed, initial=begins)
    if form.is_valid():
        try:
            services.add_member(
                actor=request.actor,
                household_id=household_id,
                person_id=form.cleaned_data["person"],
                role=MemberRole(form.cleaned_data["role"]),
                starts_on=form.cleaned_data["starts_on"],
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("families:household", household_id)
    found = sought(request, form, "person", near_commune_id=page.household.commune_id)
    return render(request, "families/add_member.html", {"page": page, "form": form} | found)
