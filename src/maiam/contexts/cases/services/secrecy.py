"""A case only named people see; and one case read in an emergency, for an hour, by somebody it is not open to."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.accounts.models import Post
from maiam.contexts.cases.models import Case, CaseIncident, IncidentParty, IncidentReport, PerpetratorFile
from maiam.contexts.cases.rules.cases import Status, read_code
from maiam.contexts.cases.rules.incidents import PartyRole
from maiam.contexts.conflicts import queries as free
from maiam.contexts.conflicts import services as conflicts
from maiam.contexts.conflicts.rules import FEWEST_WORDS, GLASS_LASTS, Emergency, Finding, Probe
from maiam.contexts.duties import services as duties
from maiam.contexts.duties.rules import Subject
from maiam.core.text import fold
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role, acting
from maiam.platform.access.models import Block, Glass, Seal, Tie
from maiam.platform.errors import DomainError

HOUSE = Actor.system("broken glass")
REVIEW = "GLASS_REVIEW"


class CaseUnknownError(DomainError):
    code = "cases.code_unknown"
    message = "Xã này không có vụ việc nào mang mã ấy."
    field = "code"


class AlreadySealedError(DomainError):
    code = "cases.already_sealed"
    message = "Vụ việc này đang niêm."


class MoreWordsNeededError(DomainError):
    code = "cases.glass_words_needed"
    message = f"Hãy ghi rõ vì sao, ít nhất {FEWEST_WORDS} chữ cái: người xem lại sẽ đọc."
    field = "words"


class GlassNotNeededError(DomainError):
    code = "cases.glass_not_needed"
    message = "Bạn đã xem được vụ việc này, không cần mở khẩn cấp."
    field = "code"


class ReviewedAlreadyError(DomainError):
    code = "cases.glass_reviewed"
    message = "Lần mở này đã có người xem lại."


class OwnGlassError(DomainError):
    code = "cases.own_glass"
    message = "Không ai tự xem lại lần mở của chính mình."


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The case somebody must read now, as its code is told over the telephone; and why."""

    commune_id: int
    code: str
    why: Emergency
    words: str


@transaction.atomic
def seal_case(*, actor: Actor, case_id: UUID, people: Collection[int], reason: str, now: datetime) -> Seal:
    """Let only these people and the one who seals see a case with all that is tied to it.

    Raises `AlreadySealedError`, what `seal_record` raises; `NotFoundError`.
    """
    actor.require(Permission.SEAL_MATTERS)
    case = Case.objects.find(actor, case_id)
    own_id, _ = accounts.own_seat(actor)
    return _seal(actor, case, {*people, own_id}, reason, now)


@transaction.atomic
def seal_case_by_code(
    *, actor: Actor, commune_id: int, code: str, people: Collection[int], reason: str, now: datetime
) -> Seal:
    """The same for whoever watches over cases without reading them: the inspector, the province's leader.

    Raises `CaseUnknownError`, `AlreadySealedError`, what `seal_record` raises.
    """
    actor.require(Permission.SEAL_MATTERS)
    return _seal(actor, _case_of(actor, commune_id, code, now), set(people), reason, now)


@transaction.atomic
def break_glass(*, actor: Actor, asked: Asked, now: datetime) -> Glass:
    """Read one case for an hour. The inspector and the post that answers for the case hear of it at once.

    Whoever is in conflict with the case hears that there is none. Raises `CaseUnknownError`, `MoreWordsNeededError`,
    `GlassNotNeededError`.
    """
    actor.require(Permission.BREAK_GLASS)
    own_id, post_id = accounts.own_seat(actor)
    if len(asked.words.strip()) < FEWEST_WORDS:
        raise MoreWordsNeededError
    case = _case_of(actor, asked.commune_id, asked.code, now)
    if Case.objects.visible_to(actor).filter(id=case.id).exists():
        raise GlassNotNeededError
    _shut()
    glass = Glass(
        row_id=case.id,
        row_ids=_records_of(case),
        label=f"{case.code}, {case.commune.name}"[:60],
        account_id=own_id,
        by_name=actor.name,
        by_post_id=post_id,
        why=asked.why,
        opened_at=now,
        until=now + GLASS_LASTS,
    )
    glass.tell(asked.words)
    glass.save(force_insert=True)
    audit.record(actor, "conflicts.glass.broken", glass, at=now)
    with acting(HOUSE):
        _tell(case, glass, now)
    return glass


@transaction.atomic
def hand_on_cases(*, actor: Actor, now: datetime) -> int:
    """Give each open case whose post has nobody free to one that has; return how many. Duties move by themselves."""
    actor.require(Permission.KEEP_HOUSE)
    closed = free.closed_records(actor).values("row_id")
    cases = Case.objects.select_for_update(skip_locked=True, of=("self",)).exclude(status=Status.CLOSED)
    return sum(_hand_on(actor, case, now) for case in cases.filter(id__in=closed).order_by("id"))


def _hand_on(actor: Actor, case: Case, now: datetime) -> bool:
    free_id = free.free_post(actor, case.responsible_post_id, record_id=case.id, now=now)
    if free_id == case.responsible_post_id:
        return False
    case.responsible_post_id = free_id
    case.save(update_fields=["responsible_post"])
    audit.record(actor, "cases.case.handed_on", case, at=now)
    return True


@transaction.atomic
def note_search(*, actor: Actor, text: str, now: datetime) -> int:
    """Raise the silent alarm where somebody looks for the code of a case closed to them by a conflict."""
    year, number = read_code(fold(text)) or (None, 0)
    if not number:
        return 0
    with acting(HOUSE):
        cases = Case.objects.filter(commune_id__in=actor.commune_ids, number=number)
        found = list((cases.filter(year=year) if year else cases).values_list("id", flat=True))
    return conflicts.note_probe(actor=actor, record_ids=found, probe=Probe.SEARCH, now=now)


@transaction.atomic
def shut_glass(*, actor: Actor, now: datetime) -> None:
    """Close what one opened, before its hour is over."""
    own_id, _ = accounts.own_seat(actor)
    _shut()
    audit.record(actor, "conflicts.glass.shut", ("access.glass", str(own_id)), at=now)


@transaction.atomic
def review_glass(*, actor: Actor, glass_id: UUID, finding: Finding, words: str, now: datetime) -> Glass:
    """Say, as another person, whether the glass was broken for a reason.

    Raises `ReviewedAlreadyError`, `OwnGlassError`; `NotFoundError`.
    """
    actor.require(Permission.WATCH_CONFLICTS)
    own_id, _ = accounts.own_seat(actor)
    glass = Glass.objects.select_for_update().find(actor, glass_id)
    if glass.finding:
        raise ReviewedAlreadyError
    if glass.account_id == own_id:
        raise OwnGlassError
    glass.reviewed_at, glass.reviewed_by_id, glass.reviewed_by_name = now, own_id, actor.name
    glass.finding, glass.finding_words = finding, words
    glass.save(update_fields=["reviewed_at", "reviewed_by_id", "reviewed_by_name", "finding", "finding_words"])
    with acting(HOUSE):
        duties.meet_obligation(
            actor=HOUSE, rule=REVIEW, subject=_subject(glass), met_at=now, now=now, proof="conflicts.glass.reviewed"
        )
    audit.record(actor, "conflicts.glass.reviewed", glass, at=now, fields=[finding])
    return glass


def _case_of(actor: Actor, commune_id: int, code: str, now: datetime) -> Case:
    """The case of this code, unless it stands in conflict with whoever asks."""
    year, number = read_code(fold(code)) or (None, 0)
    with acting(HOUSE):
        cases = Case.objects.filter(commune_id=commune_id, number=number).select_related("commune")
        case = (cases.filter(year=year) if year else cases).order_by("-year").first()
        matters = Tie.objects.filter(row_id__in=[case.id] if case else []).values_list("matter_id", flat=True)
        blocks = Block.objects.filter(account_id__in=actor.people, matter_id__in=list(matters), ended_at__isnull=True)
        is_blocked = blocks.exists()
    if case and is_blocked:
        conflicts.note_probe(actor=actor, record_ids=[case.id], probe=Probe.SEARCH, now=now)
    if case is None or is_blocked:
        raise CaseUnknownError
    return case


def _seal(actor: Actor, case: Case, people: set[int], reason: str, now: datetime) -> Seal:
    with acting(HOUSE):
        if Seal.objects.filter(row_id=case.id, lifted_at__isnull=True).exists():
            raise AlreadySealedError
        files = _files_of_this_alone(case)
    for file_id in files:
        conflicts.seal_record(actor=actor, record_id=file_id, people=people, reason=reason, now=now)
    return conflicts.seal_record(actor=actor, record_id=case.id, people=people, reason=reason, now=now)


def _files_of_this_alone(case: Case) -> list[UUID]:
    """The files on its perpetrators; not one in which another matter stands too, which its own people go on seeing."""
    matter = Tie.objects.filter(row_id=case.id).values("matter_id")
    within = Tie.objects.filter(matter_id__in=matter).values("row_id")
    accused = IncidentParty.objects.filter(role=PartyRole.AGGRESSOR)
    here = accused.filter(incident__in=within).values("person_id")
    elsewhere = accused.exclude(incident__in=within).values("person_id")
    files = PerpetratorFile.objects.filter(person_id__in=here).exclude(person_id__in=elsewhere)
    sealed = Seal.objects.filter(lifted_at__isnull=True).values("row_id")
    return list(files.exclude(id__in=sealed).values_list("id", flat=True))


def _records_of(case: Case) -> list[UUID]:
    """The case, the incidents it answers, the reports that told of them; not the cases of others in the home."""
    with acting(HOUSE):
        incidents = list(CaseIncident.objects.filter(case=case).values_list("incident_id", flat=True))
        reports = IncidentReport.objects.filter(incident__in=incidents).values_list("report_id", flat=True)
        return [case.id, *incidents, *reports]


def _tell(case: Case, glass: Glass, now: datetime) -> None:
    reviewer = _reviewer(case)
    if reviewer:
        # Of the province, not of the commune: what a commune's desk lists tells nobody that the case is there.
        duties.start_obligation(
            actor=HOUSE,
            rule=REVIEW,
            subject=_subject(glass),
            commune_id=case.commune.province_id or case.commune_id,
            owner_post_id=reviewer.id,
            what="Xem lại một lần mở khẩn cấp",
            started_at=now,
            now=now,
        )
        _notify(reviewer.id, "Có người vừa mở khẩn cấp một vụ việc", _subject(glass), glass, now)
    what = f"{case.code} vừa được người khác mở khẩn cấp để đọc"
    _notify(case.responsible_post_id, what, case.subject, glass, now)


def _notify(post_id: int, what: str, subject: Subject, glass: Glass, now: datetime) -> None:
    duties.notify(actor=HOUSE, to_post_id=post_id, what=what, subject=subject, now=now, key=f"{glass.id}:broken")


def _reviewer(case: Case) -> Post | None:
    seats = (accounts.province_post(role, case.commune.province_id) for role in (Role.INSPECTOR, Role.PROVINCE_LEADER))
    return next((post for post in seats if post), None)


def _subject(glass: Glass) -> Subject:
    return Subject("conflicts.glass", glass.id)


def _shut() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.shut_glass()")
