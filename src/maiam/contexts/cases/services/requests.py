"""Somebody asks for a no-contact measure: the chairman's clock starts at the earliest moment we can prove we knew."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.cases.models import Case, IncidentReport, NoContact, NoContactRequest
from maiam.contexts.cases.queries.pairs import Pair, pair_in_case
from maiam.contexts.cases.queries.people import residence_of_victim
from maiam.contexts.cases.queries.posts import answering_post
from maiam.contexts.cases.queries.speakers import is_perpetrator_named
from maiam.contexts.cases.rules import no_contact as rules
from maiam.contexts.cases.rules.no_contact import RequestChannel
from maiam.contexts.duties import services as duties
from maiam.core.law import no_contact as law
from maiam.core.law.no_contact import Ground, Requester
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.errors import DomainError


class CaseClosedError(DomainError):
    code = "cases.closed"
    message = "Vụ việc đã kết thúc. Hãy mở lại vụ việc trước."


class AlreadyRequestedError(DomainError):
    code = "no_contact.already_requested"
    message = "Đã có đề nghị cấm tiếp xúc cho hai người này đang chờ Chủ tịch xã quyết định."


class ConsentMissingError(DomainError):
    code = "no_contact.consent_missing"
    message = (
        "Cơ quan, tổ chức chỉ đề nghị được khi người bị bạo lực (hoặc người giám hộ) đồng ý. "
        "Hãy ghi ai đồng ý, lúc nào."
    )
    field = "consent_by"


class AskedInFutureError(DomainError):
    code = "no_contact.asked_in_future"
    message = "Lúc đề nghị không thể sau bây giờ."
    field = "asked_at"


class GuardianIsPerpetratorError(DomainError):
    code = "cases.guardian_is_perpetrator"
    message = (
        "Người này là người có hành vi bạo lực trong vụ việc, nên không thay mặt người bị bạo lực được. "
        "Hãy hỏi người giám hộ khác hoặc người làm công tác bảo vệ trẻ em."
    )
    field = "requester_name"


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was asked, by whom, through what; `report_id` when the wish was already told in a report."""

    perpetrator_id: UUID
    requester: Requester
    requester_name: str
    channel: RequestChannel
    asked_at: datetime
    told: str
    report_id: UUID | None = None
    consent_by: str = ""
    consent_at: datetime | None = None
    perpetrator_residence: str = ""


@transaction.atomic
def request_no_contact(*, actor: Actor, case_id: UUID, request: Request, now: datetime) -> NoContact:
    """Record a request and start the chairman's clock.

    Raises `CaseClosedError`, `AlreadyRequestedError`, `ConsentMissingError`, `AskedInFutureError`, `NotAPairError`,
    `GuardianIsPerpetratorError`.
    """
    actor.require(Permission.REQUEST_NO_CONTACT)
    case = Case.objects.find(actor, case_id)
    if case.is_closed:
        raise CaseClosedError
    _check(request, now)
    check_representative(actor=actor, case=case, requester=request.requester, name=request.requester_name, now=now)
    check_representative(actor=actor, case=case, requester=Requester.GUARDIAN, name=request.consent_by, now=now)
    pair = pair_in_case(actor, case, request.perpetrator_id)
    requested_at = rules.clock_start(request.asked_at, *_told_in_report(actor, pair, request))
    measure = _record(actor, case, pair, request, requested_at=requested_at, now=now)
    _start_clock(actor, measure, requested_at, now)
    audit.record(actor, "cases.no_contact.requested", measure, at=now)
    return measure


def check_representative(*, actor: Actor, case: Case, requester: Requester, name: str, now: datetime) -> None:  # noqa: ARG001
    """Refuse who speaks for a person and is who hurt that person. Raises `GuardianIsPerpetratorError`."""
    if requester is Requester.GUARDIAN and is_perpetrator_named(actor, case, name):
        raise GuardianIsPerpetratorError


def _check(request: Request, now: datetime) -> None:
    if request.asked_at > now:
        raise AskedInFutureError
    consented = request.consent_at is not None and request.consent_by
    if law.needs_victim_consent(request.requester) and not consented:
        raise ConsentMissingError


def _record(
    actor: Actor, case: Case, pair: Pair, request: Request, *, requested_at: datetime, now: datetime
) -> NoContact:
    NoContact.objects.lock_pair(case.person_id, request.perpetrator_id)
    if NoContact.objects.of_pair(case.person_id, request.perpetrator_id).waiting().exists():
        raise AlreadyRequestedError
    measure = NoContact(
        case=case,
        ground=Ground.REQUESTED,
        requested_at=requested_at,
        recorded_at=now,
        perpetrator_residence=request.perpetrator_residence,
        **pair.as_printed(),
        **residence_of_victim(actor, case),
    )
    measure.save(force_insert=True)
    asked = NoContactRequest(
        no_contact=measure,
        commune_id=measure.commune_id,
        requester=request.requester,
        requester_name=request.requester_name,
        channel=request.channel,
        asked_at=request.asked_at,
        consent_by=request.consent_by,
        consent_at=request.consent_at,
    )
    asked.tell(request.told)
    asked.save(force_insert=True)
    return measure


def _told_in_report(actor: Actor, pair: Pair, request: Request) -> list[datetime]:
    """When the wish stood in a report, we knew of it when we knew of the report."""
    if request.report_id is None:
        return []
    links = IncidentReport.objects.visible_to(actor).filter(incident=pair.incident, report_id=request.report_id)
    return [link.report.told_at for link in links.select_related("report")]


def _start_clock(actor: Actor, measure: NoContact, requested_at: datetime, now: datetime) -> None:
    chairman = answering_post(Role.COMMUNE_CHAIRMAN, measure.commune)
    duties.start_obligation(
        actor=actor,
        rule=law.DECIDE.code,
        subject=measure.subject,
        commune_id=measure.commune_id,
        owner_post_id=chairman.id,
        what="Quyết định hoặc trả lời đề nghị cấm tiếp xúc",
        started_at=requested_at,
        now=now,
    )
    duties.notify(
        actor=actor,
        to_post_id=chairman.id,
        what="Có đề nghị cấm tiếp xúc đang chờ quyết định",
        subject=measure.subject,
        now=now,
        key=f"{measure.id}:requested",
    )
