"""Finding and reading people and households."""

from maiam.contexts.families.queries.counts import Count, event_counts, state_counts
from maiam.contexts.families.queries.events import EventLine, event, household_history, person_history
from maiam.contexts.families.queries.gone import gone_before
from maiam.contexts.families.queries.heads import candidates, proposed_head
from maiam.contexts.families.queries.homes import homes_on
from maiam.contexts.families.queries.households import (
    HomeHit,
    HouseholdFilter,
    HouseholdLine,
    HouseholdOn,
    HouseholdPage,
    MemberLine,
    Order,
    homes_of_code,
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
from maiam.contexts.families.queries.kin import open_kinship, people_near, spouses_of
from maiam.contexts.families.queries.listing import (
    KeyPage,
    household_version,
    household_with_members,
    households_by_key,
    people_by_key,
    person_version,
    version_now,
)
from maiam.contexts.families.queries.matching import Matches, RegisteredPerson, matches, numbers_held
from maiam.contexts.families.queries.people import (
    HomeLine,
    KinLine,
    PersonPage,
    identity_number,
    identity_numbers,
    person,
)
from maiam.contexts.families.queries.search import Bearer, PersonHit, persons_named, search_persons
from maiam.contexts.families.queries.standing import PlaceOn, place_on, unit_name

__all__ = [
    "Bearer",
    "Count",
    "EventLine",
    "Folded",
    "HomeHit",
    "HomeLine",
    "HouseholdFilter",
    "HouseholdLine",
    "HouseholdOn",
    "HouseholdPage",
    "KeyPage",
    "KinLine",
    "Matches",
    "MemberLine",
    "Order",
    "PersonHit",
    "PersonPage",
    "PlaceOn",
    "RegisteredPerson",
    "all_ids_of",
    "candidates",
    "current_person_id",
    "current_person_ids",
    "event",
    "event_counts",
    "folded_into",
    "gone_before",
    "homes_of_code",
    "homes_on",
    "household",
    "household_by_code",
    "household_history",
    "household_members",
    "household_on",
    "household_version",
    "household_with_members",
    "households_by_key",
    "households_page",
    "identity_number",
    "identity_numbers",
    "matches",
    "members_on",
    "merge_between",
    "numbers_held",
    "open_kinship",
    "people_by_key",
    "people_near",
    "person",
    "person_history",
    "person_version",
    "persons_named",
    "place_on",
    "proposed_head",
    "search_persons",
    "spouses_of",
    "state_counts",
    "unit_name",
    "version_now",
]
