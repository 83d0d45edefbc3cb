"""What becomes of homes as things stand: against the register of this moment, and the answers given so far."""

from collections.abc import Container, Sequence
from uuid import UUID

from maiam.contexts.imports.models import ImportedList, ListAnswer, ListPart
from maiam.contexts.imports.queries import opened, register_for
from maiam.contexts.imports.rules import CHOOSES, Decision, FoundHome, decided
from maiam.platform.access import Actor


class Judge:
    """Decides on homes of one list. Whom the list itself has brought in by now is nobody the register knew before."""

    def __init__(self, actor: Actor, row: ImportedList, brought: Container[UUID] = ()) -> None:
        self._actor, self._row, self._brought = actor, row, brought
        answers = ListAnswer.objects.visible_to(actor).filter(imported=row)
        self.answers = dict(answers.values_list("place", "answer"))

    def decides(self, homes: Sequence[FoundHome]) -> list[Decision]:
        register = register_for(self._actor, self._row.commune_id, homes).without(self._brought)
        return [decided(home, register, self.answers) for home in homes]

    def decides_again(self, part: ListPart) -> list[Decision]:
        return self.decides(opened(self._actor, part).homes)

    def wants(self, decision: Decision) -> bool:
        """Whether a home has somebody to write, and is among those chosen."""
        is_chosen = self._row.takes_all or self.answers.get(decision.home.place) in CHOOSES
        return is_chosen and bool(decision.new_people)
