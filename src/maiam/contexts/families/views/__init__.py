"""The register on screen: people, households, and what happens to them."""

from maiam.contexts.families.views.events import add_kin, end_kin, record_event, revoke_event
from maiam.contexts.families.views.households import add_household, add_member, household
from maiam.contexts.families.views.people import add_person, edit_person, identity_number, person, pick, search

__all__ = [
    "add_household",
    "add_kin",
    "add_member",
    "add_person",
    "edit_person",
    "end_kin",
    "household",
    "identity_number",
    "person",
    "pick",
    "record_event",
    "revoke_event",
    "search",
]
