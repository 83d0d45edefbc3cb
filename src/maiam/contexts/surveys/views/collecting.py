"""The village's side: households of a round, a household page by page, handing in."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.surveys import queries, services
from maiam.contexts.surveys.forms import typed_in
from maiam.contexts.surveys.forms.pages import PageForm
from maiam.contexts.surveys.forms.rounds import ActForm, GiveBackForm, HandInForm, NotMetForm
from maiam.contexts.surveys.queries import AssignmentPage, HouseholdSheet
from maiam.contexts.surveys.rules.rounds import SheetKind
from maiam.contexts.surveys.services import Sent
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError
from maiam.platform.ids import new_id


@require_GET
def index(request: ActorRequest) -> HttpResponse:
    """What I am to collect; and for who runs rounds, the rounds."""
    may_run = request.actor.can(Permission.RUN_ROUNDS)
    shown = {
        "villages": queries.my_villages(request.actor),
        "rounds": queries.rounds(request.actor) if may_run else [],
        "may_run": may_run,
        "now": timezone.now(),
    }
    return render(request, "surveys/list.html", shown)


@require_http_methods(["GET", "POST"])
def assignment(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """A village's households; with POST the village is handed in."""
    page = queries.assignment_page(request.actor, assignment_id, timezone.now())
    form = HandInForm(typed_in(request))
    if request.method == "POST":
        try:
            affirms = form.is_valid() and form.cleaned_data["affirms_nil"]
            services.hand_in(actor=request.actor, assignment_id=assignment_id, affirms_nil=affirms, now=timezone.now())
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect("surveys:assignment", assignment_id)
    return _assignment(request, page, form, GiveBackForm())


def _assignment(request: ActorRequest, page: AssignmentPage, form: HandInForm, back: GiveBackForm) -> HttpResponse:
    may_give_back = page.may_be_given_back and request.actor.can(Permission.RUN_ROUNDS)
    shown = {"page": page, "form": form, "back": back, "may_give_back": may_give_back, "now": timezone.now()}
    return render(request, "surveys/assignment.html", shown)


@require_POST
def give_back(request: ActorRequest, assignment_id: UUID) -> HttpResponse:
    """The officer gives a handed-in village back, with the reason."""
    page = queries.assignment_page(request.actor, assignment_id, timezone.now())
    back = GiveBackForm(request.POST)
    if back.is_valid():
        try:
            services.give_back(
                actor=request.actor, assignment_id=assignment_id, why=back.cleaned_data["why"], now=timezone.now()
            )
        except DomainError as refusal:
            back.refuse(refusal)
        else:
            return redirect("surveys:assignment", assignment_id)
    return _assignment(request, page, HandInForm(), back)


@require_GET
def household(request: ActorRequest, assignment_id: UUID, household_id: UUID) -> HttpResponse:
    """A household: what the register tells, its pages, and the ways to finish."""
    sheet = queries.household_sheet(request.actor, assignment_id, household_id, timezone.now())
    return _household(request, sheet, NotMetForm())


def _household(
    request: ActorRequest, sheet: HouseholdSheet, form: NotMetForm, act: ActForm | None = None
) -> HttpResponse:
    return render(request, "surveys/household.html", {"sheet": sheet, "form": form, "act": act})


@require_http_methods(["GET", "POST"])
def page(request: ActorRequest, assignment_id: UUID, household_id: UUID, key: str) -> HttpResponse:
    """One page of questions; what is typed is kept when the page is left."""
    sheet = queries.household_sheet(request.actor, assignment_id, household_id, timezone.now())
    current = sheet.page(key)
    is_later = "later" in request.POST
    form = PageForm(typed_in(request), sheet=sheet, page=current, is_later=is_later)
    # A page of notes alone posts nothing to judge.
    if request.method == "POST" and form.is_valid() and (is_later or not form.brings_up):
        try:
            services.save_page(
                actor=request.actor,
                assignment_id=assignment_id,
                household_id=household_id,
                page=key,
                member=current.member_id,
                values=form.values,
                reasons=form.reasons,
                now=timezone.now(),
            )
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return _onward(request, assignment_id, household_id, key, is_later=is_later)
    return render(request, "surveys/page.html", {"sheet": sheet, "page": current, "form": form})


def _onward(
    request: ActorRequest, assignment_id: UUID, household_id: UUID, key: str, *, is_later: bool
) -> HttpResponse:
    """The next page that is asked, given what has just been answered; after the last, the whole household."""
    sheet = queries.household_sheet(request.actor, assignment_id, household_id, timezone.now())
    following = None if is_later else sheet.after(key)
    if following:
        return redirect("surveys:page", assignment_id, household_id, following.key)
    return redirect("surveys:household", assignment_id, household_id)


@require_POST
def check(request: ActorRequest, assignment_id: UUID, household_id: UUID, key: str) -> HttpResponse:
    """The questions of a page as they stand now, with what is wrong or odd in what was typed; nothing is kept."""
    sheet = queries.household_sheet(request.actor, assignment_id, household_id, timezone.now())
    form = PageForm(request.POST, sheet=sheet, page=sheet.page(key), is_later=True)
    form.is_valid()
    form.say_wrong()
    return render(request, "surveys/_questions.html", {"form": form, "sheet": sheet, "page": form.page})


@require_POST
def send(request: ActorRequest, assignment_id: UUID, household_id: UUID) -> HttpResponse:
    """Send the sheet as it was asked."""
    return _send(request, assignment_id, household_id, kind=SheetKind.ANSWERED)


@require_POST
def unchanged(request: ActorRequest, assignment_id: UUID, household_id: UUID) -> HttpResponse:
    """Say that nothing changed since the round before."""
    return _send(request, assignment_id, household_id, kind=SheetKind.UNCHANGED)


@require_POST
def not_met(request: ActorRequest, assignment_id: UUID, household_id: UUID) -> HttpResponse:
    """Say why the household was not met."""
    form = NotMetForm(request.POST)
    if not form.is_valid():
        sheet = queries.household_sheet(request.actor, assignment_id, household_id, timezone.now())
        return _household(request, sheet, form)
    return _send(request, assignment_id, household_id, kind=SheetKind.NOT_MET, **form.cleaned_data)


def _send(
    request: ActorRequest,
    assignment_id: UUID,
    household_id: UUID,
    *,
    kind: SheetKind,
    **told: Any,
) -> HttpResponse:
    now = timezone.now()
    sheet = queries.household_sheet(request.actor, assignment_id, household_id, now)
    draft, current = sheet.draft, sheet.current
    number = (current.number or 0) if current else 0
    sent = Sent(
        round_id=sheet.assignment.round_id,
        household_id=household_id,
        client_id=draft.client_id if draft else new_id(),
        base=draft.base if draft and kind is SheetKind.ANSWERED else number,
        kind=kind,
        answers=sheet.answers if kind is SheetKind.ANSWERED else {},
        reasons=sheet.reasons if kind is SheetKind.ANSWERED else {},
        collected_at=now,
        **told,
    )
    try:
        services.submit_sheet(actor=request.actor, sent=sent, now=now)
    except DomainError as refusal:
        act = ActForm(request.POST)
        act.refuse(refusal)
        return _household(request, sheet, NotMetForm(initial=told), act)
    return redirect("surveys:assignment", assignment_id)


@require_POST
def forget(request: ActorRequest, assignment_id: UUID, household_id: UUID) -> HttpResponse:
    """Throw the draft away."""
    services.forget_draft(
        actor=request.actor, assignment_id=assignment_id, household_id=household_id, now=timezone.now()
    )
    return redirect("surveys:household", assignment_id, household_id)
