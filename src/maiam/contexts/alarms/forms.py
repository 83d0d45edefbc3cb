"""What is typed on the pages of alarms: who was chosen, and why an alarm is set aside."""

from uuid import UUID

from django import forms
from django.http import QueryDict

from maiam.contexts.alarms.queries.people import Named
from maiam.contexts.alarms.rules.found import REASON_LABELS, Reason
from maiam.contexts.cases.rules.incidents import PartyRole
from maiam.platform.ui.forms import VietnameseForm

MOST_PEOPLE = 30


class SetAsideForm(VietnameseForm):
    reason = forms.TypedChoiceField(
        label="Vì sao gác lại",
        coerce=Reason,
        choices=[(reason.value, label) for reason, label in REASON_LABELS.items()],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(label="Ghi thêm", required=False, max_length=1000, widget=forms.Textarea)


def named_in(typed: QueryDict) -> Named:
    """The people chosen on the page of an incident, each with the role that stands in their box, if any."""
    chosen: dict[UUID, PartyRole | None] = {}
    for person in typed.getlist("person")[:MOST_PEOPLE]:
        try:
            person_id = UUID(person)
        except ValueError:
            continue
        role = typed.get(f"role-{person_id}", "")
        chosen[person_id] = PartyRole(role) if role in list(PartyRole) else None
    return chosen
