"""What happens to a household, told on its page; and what was told by mistake, taken back."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from maiam.contexts.families import queries, services
from maiam.contexts.families.forms import EVENT_FORMS, EndKinForm, KinshipForm, RevokeForm
from maiam.contexts.families.views.seeking import sought, typed_in
from maiam.core.law import codes
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError, NotFoundError

SERVICES: dict[str, Callable[..., object]] = {
    "sinh": services.record_birth,
    "mat": services.record_death,
    "ket-hon": services.record_marriage,
    "ly-hon": services.record_divorce,
    "chuyen-den": services.move_in,
    "chuyen-di": services.move_out,
    "doi-cho-o": services.move_household,
    "tach-ho": services.split_household,
    "nhap-ho": services.merge_households,
    "xoa-ho": services.dissolve_household,
    "doi-chu-ho": services.change_head,
    "doi-cu-tru": services.change_stay,
}


@require_http_methods(["GET", "POST"])
def record_event(request: ActorRequest, household_id: UUID, slug: str) -> HttpResponse:
    """Tell one thing that happened to a household."""
    request.actor.require(Permission.EDIT_FAMILIES)
    if slug not in EVENT_FORMS:
        raise NotFoundError
    now = timezone.now()
    page = queries.household(request.actor, household_id, now)
    typed, begins = typed_in(request)
    form = EVENT_FORMS[slug](typed, actor=request.actor, page=page, initial=begins)
    if form.is_valid():
        try:
            SERVICES[slug](actor=request.actor, now=now, **form.arguments())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("families:household", household_id)
    shown = {"page": page, "form": form, "title": form.title, "advice": form.advice, "sought": form.sought}
    found = sought(request, form, form.sought, near_commune_id=page.household.commune_id)
    return render(request, "families/record_event.html", shown | found)


@require_http_methods(["GET", "POST"])
def revoke_event(request: ActorRequest, event_id: UUID) -> HttpResponse:
    """Take back what was told by mistake."""
    request.actor.require(Permission.EDIT_FAMILIES)
    event = queries.event(request.actor, event_id)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        try:
            services.revoke_event(
                actor=request.actor, event_id=event_id, reason=form.cleaned_data["reason"], now=timezone.now()
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return (
                redirect("families:household", event.household.id) if event.household else redirect("families:search")
            )
    return render(request, "families/revoke_event.html", {"event": event, "form": form})


@require_http_methods(["GET", "POST"])
def add_kin(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Tell that two people are related, wherever they live."""
    request.actor.require(Permission.EDIT_FAMILIES)
    page = queries.person(request.actor, person_id, timezone.now())
    typed, begins = typed_in(request)
    form = KinshipForm(typed, initial=begins)
    if form.is_valid():
        known = form.cleaned_data
        try:
            services.record_kinship(
                actor=request.actor,
                person_id=person_id,
                relative_id=known["relative"],
                relation=known["relation"],
                starts_on=known["starts_on"],
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("families:person", person_id)
    found = sought(request, form, "relative", near_commune_id=page.person.commune_id)
    return render(request, "families/add_kin.html", {"page": page, "form": form} | found)


@require_http_methods(["GET", "POST"])
def end_kin(request: ActorRequest, person_id: UUID, kinship_id: UUID) -> HttpResponse:
    """Tell that what two people were to each other is over."""
    request.actor.require(Permission.EDIT_FAMILIES)
    link = queries.open_kinship(request.actor, kinship_id)
    if link.person_id != person_id:
        raise NotFoundError
    form = EndKinForm(request.POST or None)
    if form.is_valid():
        try:
            services.end_kinship(actor=request.actor, kinship_id=link.id, now=timezone.now(), **form.cleaned_data)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("families:person", person_id)
    shown = {"link": link, "form": form, "relation_label": codes.relations()[link.relation].vi}
    return render(request, "families/end_kin.html", shown)
