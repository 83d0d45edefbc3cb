"""Prepare a file for a court, sign it as another person, with its number; a secret that slipped in stops it."""

from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.cases.models import Case
from maiam.contexts.cases.services import register_paper, tell_protected
from maiam.contexts.contacts.rules.words import Purpose
from maiam.contexts.disclosures import papers, queries
from maiam.contexts.disclosures.models import CourtFile
from maiam.contexts.disclosures.papers import why_left_out
from maiam.contexts.disclosures.rules import LEFT_OUT, State, slipped_in
from maiam.contexts.duties import services as duties
from maiam.core.papers import MissingFactError, OfficialPaper
from maiam.core.papers.content import write_content
from maiam.platform import audit
from maiam.platform.access import Actor, Permission, Role, acting
from maiam.platform.errors import DomainError

HOUSE = Actor.system("court file")


class SecretSlippedInError(DomainError):
    code = "disclosures.secret_slipped_in"
    message = "Bản này để lộ điều không được đưa ra."
    field = "ground"


class FactsMissingError(DomainError):
    code = "disclosures.facts_missing"
    message = "Còn thiếu thông tin."
    field = "request"


class AnsweredAlreadyError(DomainError):
    code = "disclosures.answered_already"
    message = "Bản này đã có người ký hoặc trả lời."


class SamePersonSignsError(DomainError):
    code = "disclosures.same_person"
    message = "Người soạn không tự ký được. Cần một người khác."


@dataclass(frozen=True, kw_only=True)
class Request:
    """Who asks, by which paper of theirs, on which ground of law; whether the person may be told of it."""

    authority: str
    request: str
    ground: str
    tells_person: bool = True


@transaction.atomic
def ask_court_file(*, actor: Actor, case_id: UUID, request: Request, now: datetime) -> CourtFile:
    """Prepare a file: the draft is whole, holds no secret, and waits for another person's signature.

    Raises `FactsMissingError`, `SecretSlippedInError`; `NotFoundError`.
    """
    actor.require(Permission.ASK_COURT_FILE)
    account_id, post_id = accounts.answering_seat(actor)
    case = Case.objects.select_related("commune").find(actor, case_id)
    row = CourtFile(
        case=case,
        commune=case.commune,
        tells_person=request.tells_person,
        asked_at=now,
        asked_by_id=account_id,
        asked_by_name=actor.name,
        asked_by_post_id=post_id,
    )
    told = asdict(request)
    row.ask({name: told[name].strip() for name in ("authority", "request", "ground")})
    _written(actor, row, signer="(người ký)", at=None, now=now)
    row.save(force_insert=True)
    _tell_chairman(actor, row, now)
    audit.record(actor, "disclosures.file.asked", row, at=now)
    return row


@transaction.atomic
def answer_court_file(*, actor: Actor, file_id: UUID, agrees: bool, now: datetime) -> CourtFile:
    """Sign the file as the second person: it takes its number and is kept word for word; or say no.

    Raises `AnsweredAlreadyError`, `SamePersonSignsError`, `SecretSlippedInError`; `NotFoundError`.
    """
    actor.require(Permission.ISSUE_COURT_FILE)
    account_id, _ = accounts.own_seat(actor)
    row = CourtFile.objects.select_for_update(of=("self",)).select_related("case", "commune").find(actor, file_id)
    if row.state != State.ASKED:
        raise AnsweredAlreadyError
    if row.asked_by_id == account_id:
        raise SamePersonSignsError
    row.state = State.ISSUED if agrees else State.DECLINED
    row.answered_at, row.answered_by_id, row.answered_by_name = now, account_id, actor.name
    if agrees:
        _issue(actor, row, now)
    row.save()
    what = "Bản tổng hợp hồ sơ cho Tòa án đã ký" if agrees else "Bản tổng hợp hồ sơ cho Tòa án không được ký"
    key = f"court file:{row.id}"
    duties.notify(actor=actor, to_post_id=row.asked_by_post_id, what=what, subject=row.subject, now=now, key=key)
    audit.record(actor, f"disclosures.file.{row.state}", row, at=now)
    return row


def _issue(actor: Actor, row: CourtFile, now: datetime) -> None:
    paper, left_out = _written(actor, row, signer=actor.name, at=now, now=now)
    entered = register_paper(
        actor=actor, paper=paper, paper_id=row.id, template="court_file", commune_id=row.commune_id, now=now
    )
    row.year, row.symbol, row.number = entered.year, entered.symbol, entered.number
    row.left_out = left_out
    row.keep(entered.content)
    if row.tells_person:
        tell_protected(actor=actor, case_id=row.case_id, purpose=Purpose.CALL_BACK, key=f"court file:{row.id}", now=now)


def _written(
    actor: Actor, row: CourtFile, *, signer: str, at: datetime | None, now: datetime
) -> tuple[OfficialPaper, list[tuple[str, str]]]:
    """The paper and what it leaves out; never one in which a secret stands."""
    held = queries.held_of_case(actor, row.case_id, now)
    try:
        paper = papers.write(row, held, signer=signer, at=at)
    except MissingFactError as missing:
        raise FactsMissingError(str(missing)) from missing
    with acting(HOUSE):
        kept = queries.secrets_of_case(HOUSE, row.case_id, now)
    found = slipped_in(write_content(paper), kept)
    if found:
        what = "; ".join(LEFT_OUT[secret][0].lower() for secret in found)
        raise SecretSlippedInError(f"Chữ đã gõ để lộ: {what}. Hãy viết lại.")
    return paper, why_left_out(held.left_out)


def _tell_chairman(actor: Actor, row: CourtFile, now: datetime) -> None:
    chairman = accounts.post_for(Role.COMMUNE_CHAIRMAN, commune_id=row.commune_id)
    if chairman:
        what, key = "Có bản tổng hợp hồ sơ cho Tòa án chờ ký", f"court file asked:{row.id}"
        duties.notify(actor=actor, to_post_id=chairman.id, what=what, subject=row.subject, now=now, key=key)
