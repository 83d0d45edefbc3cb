"""How one person may be reached, for the record that means them; what they are to be told; each message."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from maiam.contexts.contacts import events, queries, services
from maiam.contexts.contacts.forms import DropForm, RuleForm, TellForm, ToldForm
from maiam.contexts.contacts.rules.messages import OPEN
from maiam.contexts.contacts.rules.safe_rule import SafeRule
from maiam.contexts.contacts.services import Telling
from maiam.contexts.duties.rules import SUBJECT_PAGES, Subject
from maiam.platform.access import ActorRequest, Permission
from maiam.platform.errors import DomainError
from maiam.platform.ids import new_id


@require_GET
def waiting(request: ActorRequest) -> HttpResponse:
    """What of the place waits for its hour, or for somebody to do it."""
    return render(request, "contacts/waiting.html", {"lines": queries.messages_waiting(request.actor)})


@require_GET
def person(request: ActorRequest, kind: str, record_id: UUID) -> HttpResponse:
    return _person(request, kind, record_id)


@require_http_methods(["GET", "POST"])
def rule(request: ActorRequest, kind: str, record_id: UUID) -> HttpResponse:
    """Lay down a new version of the rule, after asking the person."""
    now = timezone.now()
    to = _to(request, kind, record_id)
    known = queries.guidance(request.actor, to.recipient, to.record, now)
    begun = known.rule or to.told_before or SafeRule()
    form = RuleForm(request.POST or None, known=begun)
    if form.is_valid():
        try:
            services.lay_down_rule(actor=request.actor, to=to, rule=form.rule(), now=now)
        except DomainError as refusal:
            form.refuse(refusal)
        else:
            return redirect(_page(kind), record_id)
    is_from_report = known.rule is None and to.told_before is not None
    page = {
        "to": to,
        "form": form,
        "back": _page(kind),
        "is_from_report": is_from_report,
        "is_from_elsewhere": known.is_from_elsewhere,
    }
    return render(request, "contacts/rule.html", page)


@require_http_methods(["GET", "POST"])
def tell(request: ActorRequest, kind: str, record_id: UUID) -> HttpResponse:
    """Ask that the person be told; the door decides how it goes on."""
    to = _to(request, kind, record_id)
    form = TellForm(request.POST or None)
    if not form.is_valid():
        return _person(request, kind, record_id, form if form.is_bound else None)
    telling = Telling(key=f"asked:{new_id()}", **form.cleaned_data)
    message = services.tell_person(actor=request.actor, to=to, telling=telling, now=timezone.now())
    return redirect("contacts:message", message.id)


@require_POST
def call(request: ActorRequest, kind: str, record_id: UUID) -> HttpResponse:
    """Open the number, within the rule; or turn the call into a task."""
    now = timezone.now()
    to = events.addressed(request.actor, Subject(kind, record_id), now)
    opened = services.open_number(actor=request.actor, to=to, now=now)
    keeps_rules = request.actor.can(Permission.KEEP_CONTACT_RULES)
    back = _page(kind) if keeps_rules else SUBJECT_PAGES[kind]
    return render(request, "contacts/called.html", {"to": to, "opened": opened, "back": back})


@require_http_methods(["GET", "POST"])
def message(request: ActorRequest, message_id: UUID) -> HttpResponse:
    """One message; a POST records what a colleague did, or drops it."""
    now = timezone.now()
    page = queries.message(request.actor, message_id, now)
    guidance = queries.guidance_if_kept(request.actor, page.row.recipient, page.row.record, now)
    is_drop = "drop" in request.POST
    way = guidance.allowed[0].way if guidance and guidance.allowed else page.row.way
    told = ToldForm(None if is_drop else request.POST or None, initial={"at": now, "way": way})
    drop = DropForm(request.POST if is_drop else None)
    if told.is_valid() or drop.is_valid():
        try:
            if is_drop:
                services.drop_message(
                    actor=request.actor, message_id=message_id, words=drop.cleaned_data["words"], now=now
                )
            else:
                services.record_told(actor=request.actor, message_id=message_id, told=told.told(), now=now)
        except DomainError as refusal:
            (drop if is_drop else told).refuse(refusal)
        else:
            return redirect("contacts:message", message_id)
    context = {
        "page": page,
        "guidance": guidance,
        "told": told,
        "drop": drop,
        "is_open": page.line.state in OPEN,
        "record_page": SUBJECT_PAGES[page.row.record_kind],
        "call_page": _call_page(page.row.record_kind) if guidance is None or guidance.allows_calls else "",
        "now": now,
    }
    return render(request, "contacts/message.html", context)


def _person(request: ActorRequest, kind: str, record_id: UUID, form: TellForm | None = None) -> HttpResponse:
    now = timezone.now()
    to = _to(request, kind, record_id)
    context = {
        "to": to,
        "kind": kind,
        "guidance": queries.guidance(request.actor, to.recipient, to.record, now),
        "lines": queries.messages_of(request.actor, to.recipient),
        "form": form or TellForm(),
        "record_page": SUBJECT_PAGES[kind],
        "rule_page": f"{_page(kind)}_rule",
        "tell_page": f"{_page(kind)}_tell",
        "call_page": f"{_page(kind)}_call",
        "now": now,
    }
    return render(request, "contacts/person.html", context)


def _to(request: ActorRequest, kind: str, record_id: UUID) -> events.Addressed:
    request.actor.require(Permission.KEEP_CONTACT_RULES)
    return events.addressed(request.actor, Subject(kind, record_id), timezone.now())


def _call_page(kind: str) -> str:
    """Where the number is opened; of other records there is nobody to call."""
    return f"{_PAGES[kind]}_call" if kind in _PAGES else ""


def _page(kind: str) -> str:
    return _PAGES[kind]


_PAGES = {"cases.case": "contacts:of_case", "reports.report": "contacts:of_report"}
