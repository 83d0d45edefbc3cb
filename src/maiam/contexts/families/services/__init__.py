"""Every change of the register: what is first written down, and every event after. One noun a file."""

from maiam.contexts.families.services.births import record_birth
from maiam.contexts.families.services.bulk import (
    ChangedSinceWrittenError,
    HomeOfList,
    Written,
    register_homes,
    take_homes_back,
)
from maiam.contexts.families.services.chronicle import (
    AlreadyHasHeadError,
    AlreadyHasHomeError,
    HouseholdGoneError,
    NotYetError,
    TooEarlyError,
)
from maiam.contexts.families.services.couples import (
    AlreadyMarriedError,
    NotMarriedError,
    SexesNotFitError,
    TooCloseError,
    record_divorce,
    record_marriage,
)
from maiam.contexts.families.services.deaths import DiedBeforeBornError, record_death
from maiam.contexts.families.services.homes import (
    FirstIsHeadError,
    NextHeadNeededError,
    NextHeadNotFitError,
    PersonDeadError,
    VillageNotHereError,
)
from maiam.contexts.families.services.households import CodeTakenError, add_member, register_household
from maiam.contexts.families.services.kinship import (
    CircularKinshipError,
    KinshipExistsError,
    OwnKinError,
    ParentTooYoungError,
    end_kinship,
    record_kinship,
)
from maiam.contexts.families.services.merging import (
    AlreadyUndoneError,
    ChangedSinceError,
    NotMergeableError,
    SamePersonError,
    merge_persons,
    unmerge_persons,
)
from maiam.contexts.families.services.moves import (
    LivesHereError,
    NobodyMovesError,
    move_household,
    move_in,
    move_out,
)
from maiam.contexts.families.services.people import (
    BirthNotPossibleError,
    NumberTakenError,
    PersonFacts,
    PlaceUnknownError,
    correct_person,
    register_person,
)
from maiam.contexts.families.services.privacy import (
    ERASED_NAME,
    AlreadyErasedError,
    erase_person,
    lift_restriction,
    restrict_person,
)
from maiam.contexts.families.services.revocations import (
    AlreadyRevokedError,
    NotRevocableError,
    ReasonNeededError,
    revoke_event,
)
from maiam.contexts.families.services.splits import (
    NewHome,
    SameHouseholdError,
    SomebodyStaysError,
    dissolve_household,
    merge_households,
    split_household,
)
from maiam.contexts.families.services.stays import (
    HeadStaysError,
    StayEndedError,
    StayFacts,
    change_head,
    change_stay,
    correct_stay,
)
from maiam.contexts.families.services.whole import NewHousehold, NewMember, register_whole_household
from maiam.contexts.families.services.words import tidy_words

__all__ = [
    "ERASED_NAME",
    "AlreadyErasedError",
    "AlreadyHasHeadError",
    "AlreadyHasHomeError",
    "AlreadyMarriedError",
    "AlreadyRevokedError",
    "AlreadyUndoneError",
    "BirthNotPossibleError",
    "ChangedSinceError",
    "ChangedSinceWrittenError",
    "CircularKinshipError",
    "CodeTakenError",
    "DiedBeforeBornError",
    "FirstIsHeadError",
    "HeadStaysError",
    "HomeOfList",
    "HouseholdGoneError",
    "KinshipExistsError",
    "LivesHereError",
    "NewHome",
    "NewHousehold",
    "NewMember",
    "NextHeadNeededError",
    "NextHeadNotFitError",
    "NobodyMovesError",
    "NotMarriedError",
    "NotMergeableError",
    "NotRevocableError",
    "NotYetError",
    "NumberTakenError",
    "OwnKinError",
    "ParentTooYoungError",
    "PersonDeadError",
    "PersonFacts",
    "PlaceUnknownError",
    "ReasonNeededError",
    "SameHouseholdError",
    "SamePersonError",
    "SexesNotFitError",
    "SomebodyStaysError",
    "StayEndedError",
    "StayFacts",
    "TooCloseError",
    "TooEarlyError",
    "VillageNotHereError",
    "Written",
    "add_member",
    "change_head",
    "change_stay",
    "correct_person",
    "correct_stay",
    "dissolve_household",
    "end_kinship",
    "erase_person",
    "lift_restriction",
    "merge_households",
    "merge_persons",
    "move_household",
    "move_in",
    "move_out",
    "record_birth",
    "record_death",
    "record_divorce",
    "record_kinship",
    "record_marriage",
    "register_homes",
    "register_household",
    "register_person",
    "register_whole_household",
    "restrict_person",
    "revoke_event",
    "split_household",
    "take_homes_back",
    "tidy_words",
    "unmerge_persons",
]
