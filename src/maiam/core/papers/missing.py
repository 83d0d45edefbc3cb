"""What a paper still lacks: a fact that blocks it, or a gap left on purpose for a pen."""

from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeVar, cast

T = TypeVar("T")


class ByHand(Enum):
    """Says of a fact: it will be written on the paper by hand (a number at the registry, a date at signing)."""

    BY_HAND = "viết tay"


BY_HAND: Final = ByHand.BY_HAND


@dataclass(frozen=True, slots=True)
class MissingFact:
    """One fact the form needs: the field's name for code, its label for people."""

    field: str
    label: str


class MissingFactError(ValueError):
    """The paper cannot be made yet. `missing` names every fact it waits for; `field` and `label` the first."""

    def __init__(self, *missing: MissingFact) -> None:
        self.missing = missing
        self.field = missing[0].field
        self.label = missing[0].label
        super().__init__(f"Chưa lập được văn bản, còn thiếu: {', '.join(fact.label for fact in missing)}.")


class Needs:
    """Gathers what is missing, so that one refusal names it all and nobody has to try five times."""

    def __init__(self) -> None:
        self._missing: list[MissingFact] = []

    def __call__(self, value: T | None, field: str, label: str) -> T:
        """Hand the value on; note it when it is missing. Nothing may be built from it before `check`."""
        if value is None or (isinstance(value, str) and not value.strip()):
            self._missing.append(MissingFact(field, label))
        return cast(T, value)

    def or_by_hand(self, value: T | ByHand | None, field: str, label: str) -> T | ByHand:
        """As above, for a fact that may also be left to the pen when somebody says so."""
        return value if isinstance(value, ByHand) else self(value, field, label)

    def check(self) -> None:
        """Raise `MissingFactError` when anything asked for so far is missing."""
        if self._missing:
            raise MissingFactError(*self._missing)
