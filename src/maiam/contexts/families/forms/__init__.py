"""What an officer types about people, households, and what happens to them."""

from maiam.contexts.families.forms.events import EVENT_FORMS, EventForm, RevokeForm
from maiam.contexts.families.forms.kinship import EndKinForm, KinshipForm
from maiam.contexts.families.forms.people import DayForm, HouseholdForm, MemberForm, PersonForm

__all__ = [
    "EVENT_FORMS",
    "DayForm",
    "EndKinForm",
    "EventForm",
    "HouseholdForm",
    "KinshipForm",
    "MemberForm",
    "PersonForm",
    "RevokeForm",
]
