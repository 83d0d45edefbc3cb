"""How much harm a leaked row does."""

from enum import StrEnum


class Protection(StrEnum):
    """How much harm a leaked row does (docs/threat-model.md): life, case, person, work, public."""

    P4 = "life"
    P3 = "case"
    P2 = "person"
    P1 = "work"
    P0 = "public"
