"""Give a person a copy of their own data: made once with a number, sealed, fetched once, gone in a day."""

import tempfile
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from maiam.contexts.accounts import queries as accounts
from maiam.contexts.exports.rules import hidden_mark, new_serial
from maiam.contexts.rights.models import Copy, RightsRequest
from maiam.contexts.rights.queries.own_data import NOT_HERE, OwnFact, own_data
from maiam.contexts.rights.rules import Right, State
from maiam.contexts.rights.services.hand import Hand, NotNowError
from maiam.core.text import write_datetime
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import DomainError
from maiam.platform.sheets import Sheet, write_xlsx


class CopyGoneError(DomainError):
    code = "rights.copy_gone"
    message = "Bản sao này đã được tải về hoặc đã hết hạn. Hãy lập bản mới."


@transaction.atomic
def make_copy(*, actor: Actor, request_id: UUID, now: datetime) -> Copy:
    """Write down everything that is the person's own, and seal it.

    Raises `NotNowError`; `NotFoundError`.
    """
    actor.require(Permission.ANSWER_RIGHTS)
    request = Hand(actor, now).holds(request_id)
    if request.right != Right.SEE or State(request.state) not in {State.RECEIVED, State.IN_WORK}:
        raise NotNowError
    account_id, _ = accounts.own_seat(actor)
    copy = Copy(
        request=request,
        serial=new_serial(),
        made_at=now,
        made_by_account_id=account_id,
        made_by_name=actor.name,
    )
    facts = own_data(actor, request.person_id, now)
    copy.sealed = vault.seal_bytes(_written(request, copy, facts), place=copy.place)
    copy.save(force_insert=True)
    audit.record(actor, "rights.copy.made", copy, at=now)
    return copy


@transaction.atomic
def fetch_copy(*, actor: Actor, copy_id: UUID, now: datetime) -> Copy:
    """Let who made it take the file; again within minutes, when the line broke.

    Raises `CopyGoneError`; `NotFoundError`.
    """
    actor.require(Permission.ANSWER_RIGHTS)
    copy = Copy.objects.select_for_update(of=("self",)).find(actor, copy_id)
    if copy.gone_at or now >= copy.lifetime.ends_at or copy.made_by_account_id != actor.account_id:
        raise CopyGoneError
    if copy.fetched_at is None:
        copy.fetched_at = now
        copy.save(update_fields=["fetched_at"])
    audit.record_read(actor, "rights.copy.fetched", copy, at=now)
    return copy


@transaction.atomic
def forget_copies(*, actor: Actor, now: datetime) -> int:
    """Empty the copies whose life has ended; that they were made stays. Return how many."""
    actor.require(Permission.KEEP_HOUSE)
    alive = Copy.objects.select_for_update(of=("self",)).filter(gone_at__isnull=True)
    ended = [copy for copy in alive if now >= copy.lifetime.ends_at]
    for copy in ended:
        copy.sealed, copy.gone_at = b"", now
        copy.save(update_fields=["sealed", "gone_at"])
        audit.record(actor, "rights.copy.gone", copy, at=now)
    return len(ended)


def _written(request: RightsRequest, copy: Copy, facts: list[OwnFact]) -> bytes:
    mark = hidden_mark(copy.serial)
    sheet = Sheet(
        title="Thông tin sổ hộ gia đình đang giữ về một người",
        headings=[f"Mục{mark}", f"Thông tin{mark}", f"Nội dung{mark}"],
        rows=[[fact.section, fact.label, fact.value] for fact in facts],
        notes=(
            f"Bản số {copy.serial}, lập lúc {write_datetime(copy.made_at)} theo yêu cầu ngày "
            f"{write_datetime(request.asked_at)}. Người lập: {copy.made_by_name}.",
            NOT_HERE,
        ),
        serial=copy.serial,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "copy.xlsx"
        write_xlsx(sheet, path)
        return path.read_bytes()
