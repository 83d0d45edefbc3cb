"""Finding and reading people and households."""

from maiam.contexts.families.queries.people import (
    HouseholdPage,
    MemberLine,
    PersonPage,
    household,
    household_by_code,
    household_members,
    identity_number,
    person,
)
from maiam.contexts.families.queries.search import PersonHit, search_persons

__all__ = [
    "HouseholdPage",
    "MemberLine",
    "PersonHit",
    "PersonPage",
    "household",
    "household_by_code",
    "household_members",
    "identity_number",
    "person",
    "search_persons",
]
