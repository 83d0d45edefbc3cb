"""Every change of duties, one noun a file."""

from maiam.contexts.duties.services.above import (
    DecidedOutOfTimeError,
    EndMissingError,
    NotAboveError,
    OutcomeMissingError,
    SignedOutOfTimeError,
    record_decision_above,
)
from maiam.contexts.duties.services.clocks import (
    lapse_obligation,
    meet_obligation,
    start_obligation,
)
from maiam.contexts.duties.services.excuses import (
    ExcuseAnsweredError,
    ExcuseReasonMissingError,
    ExcuseWaitsError,
    SamePersonExcusesError,
    ask_excuse,
    decide_excuse,
)
from maiam.contexts.duties.services.hand import (
    AlreadyClosedError,
)
from maiam.contexts.duties.services.handing import (
    hand_on_from_conflicted,
    hand_over_obligations,
    move_obligation,
    transfer_obligation,
)
from maiam.contexts.duties.services.telling import (
    escalate,
    notify,
    read_notices,
)

__all__ = [
    "AlreadyClosedError",
    "DecidedOutOfTimeError",
    "EndMissingError",
    "ExcuseAnsweredError",
    "ExcuseReasonMissingError",
    "ExcuseWaitsError",
    "NotAboveError",
    "OutcomeMissingError",
    "SamePersonExcusesError",
    "SignedOutOfTimeError",
    "ask_excuse",
    "decide_excuse",
    "escalate",
    "hand_on_from_conflicted",
    "hand_over_obligations",
    "lapse_obligation",
    "meet_obligation",
    "move_obligation",
    "notify",
    "read_notices",
    "record_decision_above",
    "start_obligation",
    "transfer_obligation",
]
