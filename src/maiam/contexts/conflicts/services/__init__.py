"""Who is who, who steps back, who is told; seals and broken glass."""

from maiam.contexts.conflicts.services.alarms import note_probe
from maiam.contexts.conflicts.services.declaring import (
    NobodyChosenError,
    NumberUnknownError,
    WordsNeededError,
    declare_conflict,
    declare_for_another,
    lift_conflict,
)
from maiam.contexts.conflicts.services.nearness import set_nearness
from maiam.contexts.conflicts.services.officials import ConsentNeededError, forget_official, record_official
from maiam.contexts.conflicts.services.seals import NobodyAdmittedError, ReasonNeededError, lift_seal, seal_record

__all__ = [
    "ConsentNeededError",
    "NobodyAdmittedError",
    "NobodyChosenError",
    "NumberUnknownError",
    "ReasonNeededError",
    "WordsNeededError",
    "declare_conflict",
    "declare_for_another",
    "forget_official",
    "lift_conflict",
    "lift_seal",
    "note_probe",
    "record_official",
    "seal_record",
    "set_nearness",
]
