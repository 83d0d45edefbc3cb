"""Requests in lists and one opened; the one who watches sees what was asked and its clocks, never whose it was."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.contacts import queries as contacts
from maiam.contexts.contacts.queries import MessageLine
from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.queries import Clock
from maiam.contexts.families.models import Person
from maiam.contexts.rights import rules
from maiam.contexts.rights.models import Copy, ErasureProof, RightsRequest, RightsStep
from maiam.contexts.rights.queries.holds import holds_on
from maiam.contexts.rights.queries.proofs import is_genuine
from maiam.contexts.rights.rules import OPEN, Act, Ground, Hold, Right, State
from maiam.core.law.citations import in_vietnamese
from maiam.core.law.limits import TimeLimit, due_at
from maiam.core.law.retention import Old
from maiam.platform import audit, vault
from maiam.platform.access import Actor, Permission
from maiam.platform.errors import NotFoundError

LONGEST_LIST = 200
HIDDEN_NAME = "(không hiện tên)"
_FINISH_LABELS = {
    Right.SEE: "Đã trao bản sao",
    Right.CORRECT: "Đã sửa xong trong sổ",
    Right.RESTRICT: "Hạn chế sử dụng thông tin từ bây giờ",
    Right.LIFT: "Cho dùng lại thông tin từ bây giờ",
    Right.WITHDRAW: "Rút mọi sự đồng ý đang có hiệu lực",
    Right.ERASE: "Đã xóa",
}


@dataclass(frozen=True)
class RequestLine:
    id: UUID
    who: str
    commune: str
    right_label: str
    state_label: str
    state_colour: str
    by_name: str
    asked_at: datetime
    due_at: datetime
    ended_at: datetime | None

    @property
    def is_late(self) -> bool:
        """Ended after the law's time. What still runs shows its own clock."""
        return self.ended_at is not None and self.ended_at > self.due_at


@dataclass(frozen=True)
class RequestPage:
    """One request with its steps, clocks, copies and proof, and what the actor may do to it now."""

    request: RightsRequest
    who: str
    steps: list[RightsStep]
    clocks: list[Clock]
    copies: list[Copy]
    proof: ErasureProof | None
    holds: list[Hold]
    may: frozenset[Act]
    is_named: bool
    told: list[MessageLine] | None

    @property
    def limit(self) -> TimeLimit:
        return rules.limit_of(Right(self.request.right))

    @property
    def due_at(self) -> datetime:
        return due_at(self.limit, self.request.asked_at)

    @property
    def hold_labels(self) -> list[str]:
        return [rules.HOLD_LABELS[hold] for hold in self.holds]

    @property
    def ground_article(self) -> str:
        legal = Ground(self.request.ground).text.legal if self.request.ground else ""
        return in_vietnamese(legal) if legal else ""

    @property
    def is_ground_doubtful(self) -> bool:
        return bool(self.request.ground) and Ground(self.request.ground).text.is_doubtful_law

    @property
    def is_proof_genuine(self) -> bool:
        return self.proof is not None and is_genuine(self.proof)

    @property
    def can_decide(self) -> bool:
        return Act.APPROVE in self.may

    @property
    def can_finish(self) -> bool:
        return Act.FINISH in self.may

    @property
    def finish_label(self) -> str:
        return _FINISH_LABELS[Right(self.request.right)]

    @property
    def can_answer(self) -> bool:
        return bool(self.may & {Act.FIRST_ANSWER, Act.REFUSE})


def requests(actor: Actor, *, is_open: bool) -> list[RequestLine]:
    """Requests still open, the oldest first; or those that have ended, the latest first."""
    _require(actor)
    rows = RightsRequest.objects.visible_to(actor).select_related("commune")
    rows = rows.filter(state__in=OPEN) if is_open else rows.exclude(state__in=OPEN)
    found = list(rows.order_by("asked_at" if is_open else "-ended_at", "id")[:LONGEST_LIST])
    names = _names(actor, [row.person_id for row in found])
    return [_line(row, names.get(row.person_id, HIDDEN_NAME)) for row in found]


def request(actor: Actor, request_id: UUID, now: datetime) -> RequestPage:
    """Open one request. Raises `NotFoundError`."""
    _require(actor)
    row = RightsRequest.objects.select_related("commune", "change").find(actor, request_id)
    names = _names(actor, [row.person_id])
    audit.record_read(actor, "rights.request.opened", row, at=now)
    return RequestPage(
        request=row,
        who=names.get(row.person_id, HIDDEN_NAME),
        steps=list(RightsStep.objects.visible_to(actor).filter(request=row).order_by("at", "id")),
        clocks=duties.obligations_of(actor, row.subject),
        copies=list(Copy.objects.visible_to(actor).filter(request=row).order_by("-made_at", "id")),
        proof=ErasureProof.objects.visible_to(actor).filter(request=row).first(),
        holds=_holds(actor, row),
        may=_may(actor, row),
        is_named=row.person_id in names,
        told=contacts.messages_about(actor, row.subject) if actor.can(Permission.KEEP_CONTACT_RULES) else None,
    )


def names_of(actor: Actor, ids: Collection[UUID]) -> dict[UUID, str]:
    """What these requests ask, as far as the actor reaches them."""
    return {
        row.id: f"Yêu cầu: {row.right_label.lower()}"
        for row in RightsRequest.objects.visible_to(actor).filter(id__in=ids)
    }


def copy_bytes(actor: Actor, copy_id: UUID) -> bytes:
    """The file of a copy that was just fetched. Raises `NotFoundError` when it has gone."""
    actor.require(Permission.ANSWER_RIGHTS)
    copy = Copy.objects.find(actor, copy_id)
    if not copy.sealed or copy.made_by_account_id != actor.account_id:
        raise NotFoundError
    return vault.unseal_bytes(copy.sealed, place=copy.place)


def copy(actor: Actor, copy_id: UUID) -> Copy:
    """A copy, to be printed. Raises `NotFoundError` when it has gone."""
    actor.require(Permission.ANSWER_RIGHTS)
    row = Copy.objects.select_related("request").find(actor, copy_id)
    if row.gone_at or row.made_by_account_id != actor.account_id:
        raise NotFoundError
    return row


def person(actor: Actor, person_id: UUID) -> Person:
    """Whose request is about to be taken down. Raises `NotFoundError`."""
    actor.require(Permission.ANSWER_RIGHTS)
    return Person.objects.select_related("village", "commune").find(actor, person_id)


def _require(actor: Actor) -> None:
    actor.require_one(Permission.VIEW_RIGHTS, Permission.WATCH_RIGHTS)


def _names(actor: Actor, ids: list[UUID]) -> dict[UUID, str]:
    return dict(Person.objects.visible_to(actor).filter(id__in=ids).values_list("id", "full_name"))


def _holds(actor: Actor, row: RightsRequest) -> list[Hold]:
    if row.right != Right.ERASE or not row.is_open or not actor.can(Permission.VIEW_RIGHTS):
        return []
    return holds_on(actor, row.person_id, but=row.id)


def _may(actor: Actor, row: RightsRequest) -> frozenset[Act]:
    answers = {Act.FIRST_ANSWER, Act.PROPOSE, Act.FINISH, Act.REFUSE, Act.TAKE_BACK}
    mine = answers if actor.can(Permission.ANSWER_RIGHTS) else set()
    if actor.can(Permission.APPROVE_ERASURE):
        mine = mine | {Act.APPROVE, Act.SEND_BACK}
    return frozenset(act for act in mine if rules.after(Right(row.right), State(row.state), act))


def _line(row: RightsRequest, who: str) -> RequestLine:
    return RequestLine(
        id=row.id,
        who=who,
        commune=row.commune.name,
        right_label=row.right_label,
        state_label=row.state_label,
        state_colour=row.state_colour,
        by_name=row.by_name,
        asked_at=row.asked_at,
        due_at=due_at(rules.limit_of(Right(row.right)), row.asked_at),
        ended_at=row.ended_at,
    )


def ended_before(actor: Actor, before: datetime, *, among: Collection[UUID] | None = None) -> Iterator[Old]:
    """Requests that ended before a moment and still hold what was said, longest ended first."""
    actor.require(Permission.VIEW_RIGHTS)
    rows = RightsRequest.objects.visible_to(actor).filter(ended_at__lt=before, forgotten_at__isnull=True)
    if among is not None:
        rows = rows.filter(id__in=among)
    told = rows.order_by("ended_at", "id").values_list("id", "commune_id", "ended_at", "person_id").iterator()
    return (Old(one, commune, at, person) for one, commune, at, person in told if at)
