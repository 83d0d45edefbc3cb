"""Who was in it: people found in the family database or added to it, each with a role, each pair with a relation."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import QueryDict

from maiam.contexts.cases.forms.choices import choices_after_blank
from maiam.contexts.cases.queries.people import KnownPerson
from maiam.contexts.cases.rules.incidents import PARTY_ROLE_LABELS, PROTECTED_ROLES, PartyRole
from maiam.contexts.cases.services.incidents import People
from maiam.core.law.codes import relations
from maiam.platform.ui.forms import VietnameseForm
from maiam.platform.ui.messages import speak_vietnamese

# In the form already; chosen among those found; to be taken away.
CHOSEN, ADDED, TAKEN_AWAY = "person", "found", "take_away"
MOST_PEOPLE = 20


def chosen_people(typed: QueryDict) -> list[UUID]:
    """The people already in the form, in their order, each once; what is no identifier is dropped."""
    found: dict[UUID, None] = {}
    for written in typed.getlist(CHOSEN)[:MOST_PEOPLE]:
        try:
            found[UUID(written)] = None
        except ValueError:
            continue
    return list(found)


def chosen_after(typed: QueryDict) -> list[UUID]:
    """The people in the form after the button that was pressed: one added, one taken away, or none."""
    with_added = typed.copy()
    with_added.appendlist(CHOSEN, typed.get(ADDED, ""))
    taken_away = typed.get(TAKEN_AWAY, "")
    return [person_id for person_id in chosen_people(with_added) if str(person_id) != taken_away]


class PeopleForm(VietnameseForm):
    """One select for the role of each person; one for each perpetrator with each protected person."""

    def __init__(self, *args: Any, people: Sequence[KnownPerson], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        for person in people:
            self._ask(
                _role(person.id),
                forms.TypedChoiceField(
                    label=f"{person.name} là ai trong sự việc?",
                    coerce=PartyRole,
                    choices=choices_after_blank(PARTY_ROLE_LABELS),
                ),
            )
        for aggressor, protected in self.pairs():
            self._ask(
                _relation(aggressor.id, protected.id),
                forms.ChoiceField(
                    label=f"{aggressor.name} là gì của {protected.name}?",
                    choices=choices_after_blank({code: row.vi for code, row in relations().items()}),
                ),
            )

    def pairs(self) -> list[tuple[KnownPerson, KnownPerson]]:
        """Each perpetrator with each protected person, as the roles now stand in the boxes."""
        stands = {person.id: str(self[_role(person.id)].value() or "") for person in self.people}
        return [
            (aggressor, protected)
            for aggressor in self.people
            if stands[aggressor.id] == PartyRole.AGGRESSOR
            for protected in self.people
            if stands[protected.id] in PROTECTED_ROLES
        ]

    def rows(self) -> list[tuple[KnownPerson, forms.BoundField]]:
        return [(person, self[_role(person.id)]) for person in self.people]

    def relation_fields(self) -> list[forms.BoundField]:
        return [self[_relation(aggressor.id, protected.id)] for aggressor, protected in self.pairs()]

    def told(self) -> People:
        return People(
            roles={person.id: self.cleaned_data[_role(person.id)] for person in self.people},
            relations={
                (aggressor.id, protected.id): self.cleaned_data[_relation(aggressor.id, protected.id)]
                for aggressor, protected in self.pairs()
            },
        )

    def _ask(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field
        speak_vietnamese(field, str(field.label))


def roles_as_typed(typed: QueryDict) -> dict[str, Any]:
    """The roles and relations that stand in the boxes of a form shown again before it is judged."""
    return {name: typed[name] for name in typed if name.startswith((_ROLE, _RELATION))}


_ROLE, _RELATION = "role-", "relation-"


def _role(person_id: UUID) -> str:
    return f"{_ROLE}{person_id}"


def _relation(aggressor_id: UUID, protected_id: UUID) -> str:
    return f"{_RELATION}{aggressor_id}-{protected_id}"
