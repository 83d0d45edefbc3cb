"""Ask a sample of households again, by another person, and keep how far the two agree."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.duties import services as duties
from maiam.contexts.surveys.models import Recheck, Round, Sheet
from maiam.contexts.surveys.rules.definition import HOUSEHOLD
from maiam.contexts.surveys.rules.rounds import RECHECK_LIMIT, SheetKind, comparable, compare, draw
from maiam.contexts.surveys.services.rounds import NotRunningError
from maiam.platform import audit
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError


class AlreadyDrawnError(DomainError):
    code = "surveys.already_drawn"
    message = "Mẫu phúc tra của đợt này đã chọn rồi."


class NothingToDrawError(DomainError):
    code = "surveys.nothing_to_draw"
    message = "Chưa có hộ nào được hỏi trong đợt này."


class SamePersonError(DomainError):
    code = "surveys.same_person"
    message = "Bạn đã hỏi hộ này. Phúc tra phải do người khác làm."


class AlreadyRecheckedError(DomainError):
    code = "surveys.already_rechecked"
    message = "Hộ này đã phúc tra rồi."


@transaction.atomic
def draw_sample(*, actor: Actor, round_id: UUID, share: float, seed: int, now: datetime) -> list[Recheck]:
    """Draw households to ask again; the seed is kept, so that anyone can draw the same.

    Raises `NotRunningError`, `AlreadyDrawnError`, `NothingToDrawError`; `NotFoundError`.
    """
    actor.require(Permission.RUN_ROUNDS)
    row = Round.objects.select_for_update(of=("self",)).find(actor, round_id)
    if not row.is_running:
        raise NotRunningError
    if row.sampled_at:
        raise AlreadyDrawnError
    sheets = Sheet.objects.visible_to(actor).filter(round=row, is_current=True).exclude(kind=SheetKind.NOT_MET)
    by_household = {sheet.household_id: sheet for sheet in sheets}
    drawn = draw(list(by_household), share=share, seed=seed)
    if not drawn:
        raise NothingToDrawError
    rechecks = [_recheck(row, by_household[household_id]) for household_id in drawn]
    Recheck.objects.bulk_create(rechecks)
    row.sample_share, row.sample_seed, row.sampled_at = share, seed, now
    row.save(update_fields=["sample_share", "sample_seed", "sampled_at"])
    duties.start_obligation(
        actor=actor,
        rule=RECHECK_LIMIT,
        subject=row.subject,
        commune_id=row.commune_id,
        owner_post_id=row.by_post_id,
        what=f"Phúc tra {row.title}: {len(rechecks)} hộ"[:200],
        started_at=now,
        now=now,
    )
    audit.record(actor, "surveys.sample.drawn", row, at=now)
    return rechecks


def _recheck(row: Round, sheet: Sheet) -> Recheck:
    return Recheck(
        round=row,
        sheet=sheet,
        household_id=sheet.household_id,
        commune_id=sheet.commune_id,
        village_id=sheet.village_id,
        collected_by_id=sheet.by_account_id,
    )


def _asked_before(row: Recheck, account_id: int, post_id: int) -> bool:
    """The same person; of a sheet a machine sent, whoever sits in its post."""
    return row.collected_by_id == account_id or (row.collected_by_id is None and row.sheet.by_post_id == post_id)


@transaction.atomic
def record_recheck(*, actor: Actor, recheck_id: UUID, values: Mapping[str, Any], now: datetime) -> Recheck:
    """Write what another person heard in the same household.

    Raises `SamePersonError`, `AlreadyRecheckedError`, `NotRunningError`; `NotFoundError`.
    """
    actor.require(Permission.COLLECT_ANSWERS)
    account_id, post_id = accounts.own_seat(actor)
    rows = Recheck.objects.select_for_update(of=("self",)).select_related("round", "sheet__version")
    row = rows.find(actor, recheck_id)
    if row.done_at:
        raise AlreadyRecheckedError
    if not row.round.is_running:
        raise NotRunningError
    if _asked_before(row, account_id, post_id):
        raise SamePersonError
    definition = row.sheet.version.asked
    names = {question.name for _, question in comparable(definition)}
    heard = {name: value for name, value in values.items() if name in names and value not in (None, "", [])}
    row.answers = {HOUSEHOLD: heard}
    row.same = compare(definition, row.sheet.answers, row.answers)
    row.by_account_id, row.by_name, row.done_at = account_id, actor.name, now
    row.save(update_fields=["answers", "same", "by_account", "by_name", "done_at"])
    audit.record(actor, "surveys.recheck.done", row, at=now)
    if not Recheck.objects.visible_to(actor).filter(round_id=row.round_id, done_at__isnull=True).exists():
        duties.meet_obligation(
            actor=actor,
            rule=RECHECK_LIMIT,
            subject=row.round.subject,
            met_at=now,
            now=now,
            proof="surveys.recheck.done",
        )
    return row
