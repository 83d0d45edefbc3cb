"""A case on its way to another commune, as either side may open it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maiam.contexts.cases.models import Case, CaseMove
from maiam.contexts.cases.rules.moves import ANSWER_LABELS, Answer
from maiam.contexts.duties import queries as duties
from maiam.contexts.duties.queries import Clock
from maiam.contexts.places import queries as places
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@dataclass(frozen=True)
class MovePage:
    """One hand-over: from where to where, what was written, how it was answered."""

    move: CaseMove
    answer_label: str
    clocks: list[Clock]
    may_answer: bool
    old_case_id: UUID | None
    new_case_id: UUID | None

    @property
    def is_waiting(self) -> bool:
        return self.move.answer == Answer.WAITING


def move_page(actor: Actor, move_id: UUID, now: datetime) -> MovePage:
    """Open one hand-over. Raises `NotFoundError`."""
    actor.require(Permission.VIEW_CASES)
    move = CaseMove.objects.select_related("commune", "to_commune").find(actor, move_id)
    audit.record_read(actor, "cases.case.move_read", move, at=now)
    mine = set(
        Case.objects.visible_to(actor).filter(id__in=[move.case_id, move.new_case_id]).values_list("id", flat=True)
    )
    return MovePage(
        move=move,
        answer_label=ANSWER_LABELS[Answer(move.answer)],
        clocks=duties.obligations_of(actor, move.subject),
        may_answer=actor.can(Permission.OPEN_CASES) and move.to_commune_id in actor.commune_ids,
        old_case_id=move.case_id if move.case_id in mine else None,
        new_case_id=move.new_case_id if move.new_case_id in mine else None,
    )


def waiting_move(actor: Actor, case: Case) -> CaseMove | None:
    """The hand-over that waits for an answer; None while the case goes nowhere."""
    rows = CaseMove.objects.visible_to(actor).filter(case=case, answer=Answer.WAITING)
    return rows.select_related("to_commune").first()


def communes_to_move_to(actor: Actor, case_id: UUID) -> list[tuple[str, str]]:
    """The other communes of the province, by name."""
    case = Case.objects.select_related("commune").find(actor, case_id)
    others = [unit for unit in places.communes_of(places.province_of(case.commune)) if unit.id != case.commune_id]
    return [(str(unit.id), unit.name) for unit in sorted(others, key=lambda unit: unit.name)]
