"""What is known of a report when it is opened, and of what happened before. Plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from maiam.contexts.cases.rules.incidents import PROTECTED_ROLES, Injury, PartyRole, Weapon
from maiam.core.text import VIETNAM


@dataclass(frozen=True)
class Someone:
    """A person a report may be about. `role` is None until somebody says it; a candidate is only a like name."""

    id: UUID
    name: str
    birth_year: int | None = None
    role: PartyRole | None = None
    is_certain: bool = True

    @property
    def in_words(self) -> str:
        return f"{self.name} (sinh năm {self.birth_year})" if self.birth_year else self.name


@dataclass(frozen=True)
class Party:
    person_id: UUID
    name: str
    role: PartyRole


@dataclass(frozen=True)
class Past:
    """An incident recorded before, with the case that answers it where the reader may open it."""

    id: UUID
    at: datetime
    when: str
    village_id: int | None
    parties: tuple[Party, ...] = ()
    injury: Injury = Injury.UNKNOWN
    weapon: Weapon = Weapon.UNKNOWN
    case_id: UUID | None = None
    case_code: str = ""

    @property
    def on(self) -> date:
        return self.at.astimezone(VIETNAM).date()

    @property
    def people(self) -> frozenset[UUID]:
        return frozenset(party.person_id for party in self.parties)

    @property
    def protected(self) -> frozenset[UUID]:
        return frozenset(party.person_id for party in self.parties if party.role in PROTECTED_ROLES)

    @property
    def accused(self) -> frozenset[UUID]:
        return frozenset(party.person_id for party in self.parties if party.role is PartyRole.AGGRESSOR)

    def involves(self, person_id: UUID) -> bool:
        """Whether it was done to this person, or by them: a witness or a helper is no repeat."""
        return person_id in self.protected | self.accused


@dataclass(frozen=True)
class Intake:
    """A report as it came in, with the people it may be about and those they live with on that day."""

    told_at: datetime
    village_id: int | None = None
    village: str = ""
    named: tuple[Someone, ...] = ()
    lives_with: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    has_weapon: bool = False

    @property
    def ids(self) -> frozenset[UUID]:
        return frozenset(someone.id for someone in self.named)

    def days_since(self, past: Past) -> int:
        return max((self.told_at.astimezone(VIETNAM).date() - past.on).days, 0)

    def is_within(self, past: Past, days: int) -> bool:
        return self.days_since(past) <= days
