"""What a court may have of a case, what stays, and the files made so far."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.models import Breach, Case, Delivery, IncidentParty, IncidentReport
from maiam.contexts.cases.rules.incidents import PartyRole
from maiam.contexts.cases.rules.no_contact import ADDRESSEE_LABELS, BREACH_KIND_LABELS, Addressee, BreachKind
from maiam.contexts.cases.rules.papers import DOCUMENT_LABELS, DocumentKind
from maiam.contexts.contacts import queries as contacts
from maiam.contexts.contacts.rules.safe_rule import Recipient, RecipientKind
from maiam.contexts.disclosures import papers
from maiam.contexts.disclosures.models import CourtFile
from maiam.contexts.disclosures.papers import Held, why_left_out
from maiam.contexts.disclosures.rules import STATE_COLOURS, STATE_LABELS, Kept, Secret, State
from maiam.contexts.measures import queries as measures
from maiam.contexts.measures.models import ShelterPlace
from maiam.contexts.reports import queries as reports
from maiam.contexts.risk import queries as risk
from maiam.contexts.support.models import Contact, Referral, SafetyPlan
from maiam.core.papers import OfficialPaper
from maiam.core.papers.content import read_content
from maiam.core.text import write_datetime
from maiam.platform import audit
from maiam.platform.access import Actor, Permission

NAMED = (PartyRole.AGGRESSOR,)


@dataclass(frozen=True)
class FileLine:
    id: UUID
    state: State
    state_label: str
    state_colour: str
    number: str
    authority: str
    asked_at: datetime
    asked_by_name: str


@dataclass(frozen=True)
class FilePage:
    """One file: what was asked, the paper as it stands or as it would be, what is left out, who may sign."""

    row: CourtFile
    line: FileLine
    case_code: str
    request: dict[str, str]
    paper: OfficialPaper
    left_out: list[tuple[str, str]]
    may_answer: bool


@dataclass(frozen=True)
class CaseFiles:
    case: Case
    lines: list[FileLine]
    left_out: list[tuple[str, str]]


@dataclass(frozen=True)
class PrintedFile:
    paper: OfficialPaper
    file_name: str


def files_of_case(actor: Actor, case_id: UUID, now: datetime) -> CaseFiles:
    """The files made of a case, and what the next would leave out. Raises `NotFoundError`."""
    case = cases.case_summary(actor, case_id)
    audit.record_read(actor, "disclosures.case.read", case, at=now)
    rows = CourtFile.objects.visible_to(actor).filter(case=case).order_by("-asked_at", "-id")
    return CaseFiles(case, [_line(row) for row in rows], why_left_out(_left_out(actor, case)))


def court_file(actor: Actor, file_id: UUID, now: datetime) -> FilePage:
    """One file as it was signed, or as it would be signed now. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_CASES)
    row = CourtFile.objects.select_related("commune", "case").find(actor, file_id)
    audit.record_read(actor, "disclosures.file.read", row, at=now)
    is_issued = row.state == State.ISSUED
    held = None if is_issued else held_of_case(actor, row.case_id, now)
    paper = papers.write(row, held, signer="(người ký)", at=None) if held else read_content(row.content)
    may_answer = row.state == State.ASKED and actor.can(Permission.ISSUE_COURT_FILE)
    return FilePage(
        row=row,
        line=_line(row),
        case_code=row.case.code,
        request=row.request,
        paper=paper,
        left_out=why_left_out(held.left_out) if held else [(what, why) for what, why in row.left_out],
        may_answer=may_answer and row.asked_by_id != actor.account_id,
    )


def printed_file(actor: Actor, file_id: UUID, now: datetime) -> PrintedFile:
    """A signed file to print, word for word; a draft prints as one. Raises `NotFoundError`."""
    page = court_file(actor, file_id, now)
    audit.record_read(actor, "disclosures.file.printed", page.row, at=now)
    name = page.row.number_text.replace("/", "-") or "du-thao"
    return PrintedFile(page.paper, f"ho-so-{page.case_code}-{name}")


def held_of_case(actor: Actor, case_id: UUID, now: datetime) -> Held:
    """Everything on record that may leave, as this actor reads it, and how much stays."""
    case = cases.case_detail(actor, case_id, now)
    served = Delivery.objects.visible_to(actor).filter(no_contact__case_id=case_id).with_paper()
    broken = Breach.objects.visible_to(actor).filter(no_contact__case_id=case_id).order_by("occurred_at", "id")
    signed = risk.risk_page(actor, case_id, now).assessments
    return Held(
        case=case,
        measures=measures.measures_of_case(actor, case_id).lines,
        levels=[(one.row.signed_at, one.level_label) for one in reversed(signed)],
        deliveries=[_delivered(row) for row in served.order_by("delivered_at", "id")],
        breaches=[(row.occurred_at, BREACH_KIND_LABELS[BreachKind(row.kind)]) for row in broken],
        left_out=_left_out(actor, case.case),
    )


def secrets_of_case(actor: Actor, case_id: UUID, now: datetime) -> list[Kept]:
    """The very words that may not leave: read by the house, held against the paper, shown to nobody."""
    actor.require(Permission.KEEP_HOUSE)
    case = Case.objects.find(actor, case_id)
    return [*_reporters(actor, case, now), *_safe_contact(actor, case), *_refuges(actor, case), *_third(actor, case)]


def _reporters(actor: Actor, case: Case, now: datetime) -> Iterator[Kept]:
    for report_id in _report_ids(actor, case):
        reporter = reports.reporter(actor, report_id, now)
        # Who reports for themselves is the person the file is about: only their number stays.
        words = [reporter.full_name, reporter.phone, reporter.contact.phone] if reporter else []
        yield from (Kept(Secret.REPORTERS, one) for one in words if one and one != case.person_name)


def _safe_contact(actor: Actor, case: Case) -> Iterator[Kept]:
    row = contacts.rule_in_force(actor, Recipient(RecipientKind.PERSON, case.person_id))
    if row:
        rule = row.rule
        for words in (rule.phone, rule.cover_words, rule.letter_to, rule.through_whom):
            yield Kept(Secret.SAFE_CONTACT, words)


def _refuges(actor: Actor, case: Case) -> Iterator[Kept]:
    for row in ShelterPlace.objects.visible_to(actor).filter(measure__case=case):
        yield Kept(Secret.REFUGES, row.place)


def _third(actor: Actor, case: Case) -> Iterator[Kept]:
    for name in _third_people(actor, case).values_list("name", flat=True):
        yield Kept(Secret.THIRD_PEOPLE, name)


def _third_people(actor: Actor, case: Case) -> QuerySet[IncidentParty]:
    parties = IncidentParty.objects.visible_to(actor).filter(incident__case_links__case=case)
    return parties.exclude(role__in=NAMED).exclude(person_id=case.person_id)


def _report_ids(actor: Actor, case: Case) -> list[UUID]:
    links = IncidentReport.objects.visible_to(actor).filter(incident__case_links__case=case)
    return list(links.values_list("report_id", flat=True).distinct())


def _left_out(actor: Actor, case: Case) -> dict[Secret, int]:
    """How much of each kind stays, as far as the actor may know."""
    plans = SafetyPlan.objects.visible_to(actor).filter(case=case).exists()
    helped = Referral.objects.visible_to(actor).filter(case=case).count()
    told = Contact.objects.visible_to(actor).filter(case=case).count()
    refuges = ShelterPlace.objects.visible_to(actor).filter(measure__case=case).count()
    has_rule = contacts.has_rule(actor, Recipient(RecipientKind.PERSON, case.person_id))
    third = _third_people(actor, case).values("person_id").distinct().count()
    assessed = risk.has_assessment(actor, case.id)
    return Counter(
        {
            Secret.REPORTERS: len(_report_ids(actor, case)),
            Secret.SAFE_CONTACT: int(has_rule),
            Secret.REFUGES: refuges,
            Secret.HOME: 1,
            Secret.WORDS: told + 1,
            Secret.PLANS: int(plans) + helped,
            Secret.THIRD_PEOPLE: third,
            Secret.RISK_ANSWERS: int(assessed),
        }
    )


def _delivered(row: Delivery) -> tuple[str, str, str]:
    label = DOCUMENT_LABELS[DocumentKind(row.paper.kind)]
    return (
        f"{label} {row.paper.number_text}",
        ADDRESSEE_LABELS[Addressee(row.addressee)],
        write_datetime(row.delivered_at),
    )


def _line(row: CourtFile) -> FileLine:
    state = State(row.state)
    return FileLine(
        id=row.id,
        state=state,
        state_label=STATE_LABELS[state],
        state_colour=STATE_COLOURS[state],
        number=row.number_text,
        authority=row.request["authority"],
        asked_at=row.asked_at,
        asked_by_name=row.asked_by_name,
    )
