"""Every change of the register: households, people, who lives where, who is related how."""

from maiam.contexts.families.services.households import (
    AlreadyHasHeadError,
    AlreadyHasHomeError,
    CodeTakenError,
    add_member,
    change_head,
    end_membership,
    register_household,
)
from maiam.contexts.families.services.kinship import OwnKinError, record_kinship
from maiam.contexts.families.services.merging import (
    AlreadyUndoneError,
    ChangedSinceError,
    NotMergeableError,
    SamePersonError,
    merge_persons,
    unmerge_persons,
)
from maiam.contexts.families.services.people import (
    BirthNotPossibleError,
    NumberTakenError,
    PersonFacts,
    correct_person,
    record_death,
    register_person,
)
from maiam.contexts.families.services.privacy import (
    ERASED_NAME,
    AlreadyErasedError,
    erase_person,
    lift_restriction,
    restrict_person,
)
from maiam.contexts.families.services.whole import NewHousehold, NewMember, register_whole_household

__all__ = [
    "ERASED_NAME",
    "AlreadyErasedError",
    "AlreadyHasHeadError",
    "AlreadyHasHomeError",
    "AlreadyUndoneError",
    "BirthNotPossibleError",
    "ChangedSinceError",
    "CodeTakenError",
    "NewHousehold",
    "NewMember",
    "NotMergeableError",
    "NumberTakenError",
    "OwnKinError",
    "PersonFacts",
    "SamePersonError",
    "add_member",
    "change_head",
    "correct_person",
    "end_membership",
    "erase_person",
    "lift_restriction",
    "merge_persons",
    "record_death",
    "record_kinship",
    "register_household",
    "register_person",
    "register_whole_household",
    "restrict_person",
    "unmerge_persons",
]
