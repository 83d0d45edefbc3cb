"""The two people of a no-contact measure, as the incidents of a case know them."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from maiam.contexts.cases.models import Case, Incident, IncidentParty, IncidentRelation
from maiam.core.law.codes import relations
from maiam.platform.access import Actor
from maiam.platform.errors import DomainError


class NotAPairError(DomainError):
    code = "no_contact.not_a_pair"
    message = "Người này không phải người có hành vi bạo lực trong các sự việc của vụ việc."
    field = "perpetrator_id"


@dataclass(frozen=True)
class Pair:
    """The victim of a case and one perpetrator, in the newest incident that has them both."""

    incident: Incident
    victim: IncidentParty
    perpetrator: IncidentParty
    relation: str

    @property
    def label(self) -> str:
        return f"{self.perpetrator.name} ({relations()[self.relation].vi.lower()})"

    def as_printed(self) -> dict[str, Any]:
        """The columns of a measure that name the two and the commune where it happened."""
        return {
            "incident": self.incident,
            "commune_id": self.incident.commune_id,
            "victim_id": self.victim.person_id,
            "victim_name": self.victim.name,
            "victim_birth_year": self.victim.birth_year,
            "perpetrator_id": self.perpetrator.person_id,
            "perpetrator_name": self.perpetrator.name,
            "perpetrator_birth_year": self.perpetrator.birth_year,
            "relation": self.relation,
        }


def pairs_of_case(actor: Actor, case: Case) -> list[Pair]:
    """The victim with each perpetrator of the case, each once, newest incident first."""
    between = (
        IncidentRelation.objects.visible_to(actor)
        .filter(incident__case_links__case=case, victim__person_id=case.person_id)
        .select_related("incident", "perpetrator", "victim")
        .order_by("-incident__occurred_at", "id")
    )
    pairs: dict[UUID, Pair] = {}
    for row in between:
        pairs.setdefault(row.perpetrator.person_id, Pair(row.incident, row.victim, row.perpetrator, row.relation))
    return list(pairs.values())


def pair_in_case(actor: Actor, case: Case, perpetrator_id: UUID) -> Pair:
    """The victim of the case with this perpetrator. Raises `NotAPairError`."""
    for pair in pairs_of_case(actor, case):
        if pair.perpetrator.person_id == perpetrator_id:
            return pair
    raise NotAPairError
