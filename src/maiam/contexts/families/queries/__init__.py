"""Finding and reading people and households."""

from maiam.contexts.families.queries.events import EventLine, event, household_history, person_history
from maiam.contexts.families.queries.heads import candidates, proposed_head
from maiam.contexts.families.queries.households import (
    HouseholdFilter,
    HouseholdLine,
    HouseholdOn,
    HouseholdPage,
    MemberLine,
    Order,
    household,
    household_by_code,
    household_members,
    household_on,
    households_page,
    members_on,
)
from maiam.contexts.families.queries.identity import (
    Folded,
    all_ids_of,
    current_person_id,
    current_person_ids,
    folded_into,
    merge_between,
)
from maiam.contexts.families.queries.people import (
    HomeLine,
    KinLine,
    PersonPage,
    identity_number,
    identity_numbers,
    person,
)
from maiam.contexts.families.queries.search import PersonHit, search_persons
from maiam.contexts.families.queries.standing import PlaceOn, place_on, unit_name

__all__ = [
    "EventLine",
    "Folded",
    "HomeLine",
    "HouseholdFilter",
    "HouseholdLine",
    "HouseholdOn",
    "HouseholdPage",
    "KinLine",
    "MemberLine",
    "Order",
    "PersonHit",
    "PersonPage",
    "PlaceOn",
    "all_ids_of",
    "candidates",
    "current_person_id",
    "current_person_ids",
    "event",
    "folded_into",
    "household",
    "household_by_code",
    "household_history",
    "household_members",
    "household_on",
    "households_page",
    "identity_number",
    "identity_numbers",
    "members_on",
    "merge_between",
    "person",
    "person_history",
    "place_on",
    "proposed_head",
    "search_persons",
    "unit_name",
]
