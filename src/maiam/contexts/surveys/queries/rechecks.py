"""The sample asked again: who is left, how far two people agree, and on what least."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from maiam.contexts.surveys.models import Recheck, Round
from maiam.contexts.surveys.rules.definition import Question
from maiam.contexts.surveys.rules.rounds import Agreement, agreement, comparable
from maiam.core.text import write_percent
from maiam.platform import audit
from maiam.platform.access import Actor, Permission


@dataclass(frozen=True)
class QuestionAgreement:
    label: str
    agreement: Agreement


@dataclass(frozen=True)
class Sample:
    """A round's sample as a whole."""

    rows: list[Recheck]
    agreement: Agreement
    by_question: list[QuestionAgreement]

    columns: ClassVar = ("Câu hỏi", "Khớp", "So được")

    @property
    def done(self) -> int:
        return sum(row.done_at is not None for row in self.rows)

    @property
    def percent(self) -> str:
        share = self.agreement.share
        return "" if share is None else write_percent(share)

    @property
    def table(self) -> list[tuple[str, int, int]]:
        return [(line.label, line.agreement.agreed, line.agreement.compared) for line in self.by_question]


@dataclass(frozen=True)
class RecheckPage:
    """One household to ask again; what was answered before is not shown."""

    recheck: Recheck
    questions: list[Question]
    is_own: bool

    @property
    def agreed(self) -> int:
        return sum(self.recheck.same.values())


def sample_of(actor: Actor, row: Round) -> Sample:
    """The households drawn in a round, and the agreement found so far; questions least agreed on first."""
    actor.require(Permission.RUN_ROUNDS)
    rows = Recheck.objects.visible_to(actor).filter(round=row).select_related("household", "village", "sheet")
    found = list(rows.order_by("village__folded_name", "household__code"))
    done = [one.same for one in found if one.done_at]
    return Sample(found, agreement(done), _by_question(row, done) if done else [])


def _by_question(row: Round, done: list[dict[str, bool]]) -> list[QuestionAgreement]:
    labels = {question.name: question.label for _, question in comparable(row.version.asked)}
    told: dict[str, list[bool]] = defaultdict(list)
    for same in done:
        for name, is_same in same.items():
            told[name].append(is_same)
    lines = [QuestionAgreement(labels.get(name, name), Agreement(sum(all_), len(all_))) for name, all_ in told.items()]
    return sorted(lines, key=lambda line: (line.agreement.share or 0, line.label))


def recheck(actor: Actor, recheck_id: UUID, now: datetime) -> RecheckPage:
    """Open one household to ask again. Raises `NotFoundError`."""
    actor.require(Permission.COLLECT_ANSWERS)
    rows = Recheck.objects.select_related("round", "household", "village", "sheet__version")
    row = rows.find(actor, recheck_id)
    questions = [question for _, question in comparable(row.sheet.version.asked)]
    audit.record_read(actor, "surveys.recheck.opened", row, at=now)
    return RecheckPage(row, questions, row.collected_by_id == actor.account_id)
