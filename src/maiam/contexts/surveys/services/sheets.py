"""Take a household's sheet in: once for each sending, never over another one; where two differ a person chooses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from maiam.contexts.families.models import Household
from maiam.contexts.surveys.models import Assignment, Draft, Round, Sheet
from maiam.contexts.surveys.queries.settings import own_post, previous_sheet, setting_of
from maiam.contexts.surveys.rules.answering import Fault, Setting, judge
from maiam.contexts.surveys.rules.definition import Definition
from maiam.contexts.surveys.rules.rounds import RoundState, SheetKind, Standing, WhyNotMet, WhyWaiting, digest
from maiam.contexts.surveys.services.rounds import NotRunningError
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError, NotFoundError

MOST_TOLD = 5


class AnswersRefusedError(DomainError):
    """Answers that are missing or wrong, or look odd and carry no reason."""

    code = "surveys.answers_refused"

    def __init__(self, definition: Definition, faults: list[Fault]) -> None:
        lines = [f"{definition.questions[fault.question].label} {fault.message}" for fault in faults[:MOST_TOLD]]
        super().__init__(f"Còn {len(faults)} câu phải xem lại. " + " ".join(lines))
        self.faults = faults


class NothingBeforeError(DomainError):
    code = "surveys.nothing_before"
    message = "Hộ này chưa có phiếu đợt trước, hoặc đã có người mới, câu hỏi mới. Hãy hỏi lại cả phiếu."


class WhyMissingError(DomainError):
    code = "surveys.why_missing"
    message = "Ghi rõ vì sao chưa gặp được."
    field = "words"


class AlreadySettledError(DomainError):
    code = "surveys.already_settled"
    message = "Phiếu này đã có người chọn rồi."


class TooLateToTakeError(DomainError):
    code = "surveys.too_late"
    message = "Đợt đã kết thúc, số liệu không đổi nữa. Phiếu này chỉ giữ để xem."


class Outcome(StrEnum):
    TAKEN = "taken"
    REPLAYED = "replayed"
    KEPT = "kept_for_decision"


@dataclass(frozen=True, kw_only=True)
class Sent:
    """One sheet as a client sends it: under its own id, on top of the number it had seen."""

    round_id: UUID
    household_id: UUID
    client_id: UUID
    base: int
    kind: SheetKind
    answers: Mapping[str, Any] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    why_not_met: str = ""
    words: str = ""
    collected_at: datetime

    @property
    def digest(self) -> str:
        told = (self.kind, self.answers, self.reasons, self.why_not_met, self.words)
        return digest({"told": told, "base": self.base, "about": f"{self.round_id} {self.household_id}"})


@dataclass(frozen=True)
class Receipt:
    sheet: Sheet
    outcome: Outcome


@transaction.atomic
def submit_sheet(*, actor: Actor, sent: Sent, now: datetime) -> Receipt:
    """Take a sheet in. The same sent twice is one; another one under the same id, on an old number or after the end
    is kept beside until a person chooses.

    Raises `AnswersRefusedError`, `NothingBeforeError`, `WhyMissingError`, `NotRunningError`; `NotFoundError`.
    """
    actor.require(Permission.COLLECT_ANSWERS)
    post_id = own_post(actor)
    row = Round.objects.select_related("version").find(actor, sent.round_id)
    household = Household.objects.find(actor, sent.household_id)
    assignment = _assignment(actor, row, household)
    mine = Sheet.objects.visible_to(actor).filter(by_post_id=post_id, client_id=sent.client_id)
    twin = mine.filter(digest=sent.digest).first()
    if twin:
        return Receipt(twin, Outcome.REPLAYED)
    # The end of a round waits for those who hold a village, and is seen by those who come after.
    row.refresh_from_db(fields=["state"])
    if row.state == RoundState.PREPARED:
        raise NotRunningError
    # A phone's clock may be wrong; nobody asked before the round was there, or after now.
    collected_at = min(max(sent.collected_at, row.prepared_at), now)
    sheet = Sheet(
        round=row,
        assignment=assignment,
        household=household,
        commune_id=household.commune_id,
        village_id=household.village_id,
        version=row.version,
        kind=sent.kind,
        client_id=sent.client_id,
        digest=sent.digest,
        base=sent.base,
        by_post_id=post_id,
        by_account_id=actor.account_id,
        by_name=actor.name,
        collected_at=collected_at,
        received_at=now,
    )
    _fill(actor, sheet, sent)
    current = _sheets(actor, sheet).filter(is_current=True).first()
    why = WhyWaiting.SAME_KEY if mine.exists() else _why_waiting(row, sheet, current)
    is_known = why is None and current is not None and _say_the_same(current, sheet)
    _keep(actor, sheet, why, is_known=is_known, now=now)
    _close_draft(actor, sheet, now)
    audit.record(actor, f"surveys.sheet.{sheet.standing}", sheet, at=now)
    return Receipt(sheet, Outcome.REPLAYED if is_known else Outcome.KEPT if why else Outcome.TAKEN)


def _keep(actor: Actor, sheet: Sheet, why: WhyWaiting | None, *, is_known: bool, now: datetime) -> None:
    """Take a sheet, or keep it beside; what says nothing new is put aside, so that it is known when sent again."""
    if is_known:
        sheet.standing, sheet.settled_at, sheet.settled_by = Standing.ASIDE, now, actor.name
        sheet.save(force_insert=True)
    elif why:
        sheet.standing, sheet.why_waiting = Standing.WAITING, why
        sheet.save(force_insert=True)
    else:
        _take(actor, sheet, is_new=True)


def _assignment(actor: Actor, row: Round, household: Household) -> Assignment:
    """The village's part of the round, held so that of two who send at once the second finds the first."""
    rows = Assignment.objects.select_for_update(of=("self",)).visible_to(actor).filter(round=row)
    village_id = household.village_id
    found = (rows.filter(village_id=village_id) if village_id else rows.filter(village__isnull=True)).first()
    if found is None or household.commune_id != row.commune_id:
        raise NotFoundError
    return found


def _fill(actor: Actor, sheet: Sheet, sent: Sent) -> None:
    """Write what was told, once the rules allow it."""
    setting = setting_of(actor, sheet.household, sheet.collected_at)
    sheet.told = dict(setting.told)
    if sheet.kind == SheetKind.NOT_MET:
        if sent.why_not_met not in set(WhyNotMet) or (sent.why_not_met == WhyNotMet.OTHER and not sent.words):
            raise WhyMissingError
        sheet.why_not_met, sheet.words = sent.why_not_met, sent.words
    elif sheet.kind == SheetKind.UNCHANGED:
        _as_before(actor, sheet, setting)
    else:
        definition = sheet.version.asked
        verdict = judge(definition, sent.answers, setting)
        wrong = verdict.hard or verdict.unexplained(sent.reasons)
        if wrong:
            raise AnswersRefusedError(definition, wrong)
        odd = {fault.key for fault in verdict.soft}
        sheet.answers = verdict.answers
        sheet.reasons = {key: why for key, why in sent.reasons.items() if key in odd}


def _as_before(actor: Actor, sheet: Sheet, setting: Setting) -> None:
    """Take over what was answered the last time, where it still answers every question."""
    before = previous_sheet(actor, sheet.round, sheet.household_id)
    verdict = judge(sheet.version.asked, before.answers, setting) if before else None
    if before is None or verdict is None or verdict.hard:
        raise NothingBeforeError
    sheet.answers, sheet.reasons = verdict.answers, before.reasons


def _sheets(actor: Actor, sheet: Sheet) -> Any:
    return Sheet.objects.visible_to(actor).filter(round_id=sheet.round_id, household_id=sheet.household_id)


def _why_waiting(row: Round, sheet: Sheet, current: Sheet | None) -> WhyWaiting | None:
    if row.state == RoundState.CLOSED:
        return WhyWaiting.LATE
    if current and sheet.base != current.number and not _say_the_same(current, sheet):
        return WhyWaiting.STALE
    return None


def _say_the_same(one: Sheet, other: Sheet) -> bool:
    return all(
        getattr(one, name) == getattr(other, name) for name in ("kind", "answers", "reasons", "why_not_met", "words")
    )


def _take(actor: Actor, sheet: Sheet, *, is_new: bool) -> None:
    """Make a sheet the one that counts; the one before stays as it was."""
    rows = _sheets(actor, sheet)
    rows.filter(is_current=True).update(is_current=False)
    sheet.number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    sheet.standing, sheet.is_current = Standing.TAKEN, True
    sheet.save(force_insert=is_new)


def _close_draft(actor: Actor, sheet: Sheet, now: datetime) -> None:
    drafts = Draft.objects.visible_to(actor).filter(
        assignment_id=sheet.assignment_id, household_id=sheet.household_id, sent_at__isnull=True
    )
    drafts.update(sent_at=now, answers={}, reasons={})


@transaction.atomic
def settle_sheet(*, actor: Actor, sheet_id: UUID, is_taken: bool, now: datetime) -> Sheet:
    """Choose: the waiting sheet counts from now on, or it is put aside. Both stay.

    Raises `AlreadySettledError`, `TooLateToTakeError`; `NotFoundError`.
    """
    actor.require(Permission.COLLECT_ANSWERS)
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("round").find(actor, sheet_id)
    if not sheet.is_waiting:
        raise AlreadySettledError
    if is_taken and not sheet.round.is_running:
        raise TooLateToTakeError
    sheet.settled_at, sheet.settled_by = now, actor.name
    if is_taken:
        _take(actor, sheet, is_new=False)
    else:
        sheet.standing = Standing.ASIDE
        sheet.save(update_fields=["standing", "settled_at", "settled_by"])
    audit.record(actor, "surveys.sheet.settled", sheet, at=now, reason=sheet.standing)
    return sheet
