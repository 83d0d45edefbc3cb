"""The tables of the family register. Nothing in them says or hints at violence.

families_household            a household as it stands today: code, commune, village, address, dissolved_on
families_formeraddress        where it stood before: commune (perhaps one of before a merger), village, address, until
families_person               a person: whole name, sex, birth as far as known, number sealed and hashed, died_on
families_formernumber         numbers they bore before (CMND of 9 digits), each sealed and hashed
families_earliervalue         what a corrected field said before
families_householdmembership  a stay: person in household as `role`, `residence` (permanent, temporary, absent)
families_kinship              `relative` is the `relation` of `person`, from a day to a day; always with its mirror
families_mergerecord          two rows of one person made one, undone exactly
families_familyevent          what happened, when, told when and by whom; families_eventpart: who took part as what

A row of a stay, a kinship or an address holds on the days starts_on <= day < ends_on (`ends_on` empty: still so),
and is known since recorded_at. Who copies rows in bulk fills household, person, role, starts_on and may leave the rest.
"""

from maiam.contexts.families.models.events import EventPart, FamilyEvent
from maiam.contexts.families.models.history import HistoryQuerySet, HistoryRow
from maiam.contexts.families.models.households import Household
from maiam.contexts.families.models.kinship import Kinship
from maiam.contexts.families.models.merging import MergeRecord
from maiam.contexts.families.models.people import EarlierValue, FormerNumber, Person, words_to_find
from maiam.contexts.families.models.stays import FormerAddress, HouseholdMembership

__all__ = [
    "EarlierValue",
    "EventPart",
    "FamilyEvent",
    "FormerAddress",
    "FormerNumber",
    "HistoryQuerySet",
    "HistoryRow",
    "Household",
    "HouseholdMembership",
    "Kinship",
    "MergeRecord",
    "Person",
    "words_to_find",
]
