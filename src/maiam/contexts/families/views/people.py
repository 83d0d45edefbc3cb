"""People of the register on screen: find, open, add, correct."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.families import queries, services
from maiam.contexts.families.forms import PersonForm
from maiam.core.text import PartialDate
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError, NotFoundError

LIKENESSES_SHOWN = 5


@require_GET
def search(request: ActorRequest) -> HttpResponse:
    """People like what was typed: the whole page, or only the list when it was asked for while typing."""
    typed = request.GET.get("q", "")
    now = timezone.now()
    hits, homes = (
        queries.search_persons(request.actor, typed, now=now),
        queries.homes_of_code(request.actor, typed, now),
    )
    template = "families/_hits.html" if request.headers.get("HX-Request") else "families/search.html"
    return render(request, template, {"typed": typed, "hits": hits, "homes": homes})


@require_GET
def pick(request: ActorRequest) -> HttpResponse:
    """The same people as choices of another page's form; `name` is that form's field."""
    typed, name = request.GET.get("q", ""), request.GET.get("name", "person")
    hits = queries.search_persons(request.actor, typed, now=timezone.now())
    shown = {"typed": typed, "hits": hits, "name": name if name.isidentifier() else "person"}
    template = "families/_choices.html" if request.headers.get("HX-Request") else "families/pick.html"
    return render(request, template, shown)


@require_GET
def person(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """A person; a row that was merged leads to the one it became."""
    today = queries.current_person_id(request.actor, person_id)
    if today != person_id:
        return redirect("families:person", today)
    page = queries.person(request.actor, person_id, timezone.now())
    return render(request, "families/person.html", {"page": page})


@require_POST
def identity_number(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Show the sealed number, on its own press."""
    page = queries.person(request.actor, person_id, timezone.now())
    number = queries.identity_number(request.actor, person_id, timezone.now())
    return render(request, "families/person.html", {"page": page, "identity_number": number})


@require_http_methods(["GET", "POST"])
def add_person(request: ActorRequest) -> HttpResponse:
    """Register a person, after showing who in the register is very like them."""
    form = PersonForm(
        request.POST or None, commune_id=own_commune(request), initial={"full_name": request.GET.get("q", "")}
    )
    alike: list[queries.PersonHit] = []
    if form.is_valid():
        if not form.cleaned_data["is_new_for_sure"]:
            now = timezone.now()
            alike = queries.search_persons(
                request.actor, form.cleaned_data["full_name"], now=now, limit=LIKENESSES_SHOWN
            )
        if not alike:
            try:
                added = services.register_person(actor=request.actor, facts=form.facts(), now=timezone.now())
            except DomainError as refusal:
                form.refuse(refusal)
            else:
                return redirect("families:person", added.id)
    return render(request, "families/edit_person.html", {"form": form, "alike": alike})


@require_http_methods(["GET", "POST"])
def edit_person(request: ActorRequest, person_id: UUID) -> HttpResponse:
    known = queries.person(request.actor, person_id, timezone.now()).person
    birth = known.birth
    initial = {
        "full_name": known.full_name,
        "other_names": known.other_names,
        "sex": known.sex,
        "birth": PartialDate(birth.year, birth.month, birth.day, birth.is_approximate) if birth else None,
        "ethnicity": known.ethnicity,
        "phone": known.phone,
        "village_id": known.village_id,
    }
    form = PersonForm(request.POST or None, commune_id=known.commune_id, initial=initial)
    if form.is_valid():
        try:
            services.correct_person(actor=request.actor, person_id=known.id, facts=form.facts(), now=timezone.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("families:person", known.id)
    return render(request, "families/edit_person.html", {"form": form, "person": known})


def own_commune(request: ActorRequest) -> int:
    """The commune whose register the actor keeps."""
    request.actor.require(Permission.EDIT_FAMILIES)
    if not request.actor.commune_ids:
        raise NotFoundError
    return request.actor.commune_ids[0]
