"""Take a request down, answer it, give the copy, erase by two people."""

from maiam.contexts.rights.services.answering import (
    NoChangeYetError,
    NoCopyYetError,
    WordsMissingError,
    answer_first,
    finish,
    follow_change,
    join_change,
    refuse,
    take_back,
)
from maiam.contexts.rights.services.asking import (
    AlreadyAskedError,
    Asked,
    GoneError,
    NotForThisPersonError,
    RepresentativeMissingError,
    ask,
)
from maiam.contexts.rights.services.consents import NoConsentError
from maiam.contexts.rights.services.erasing import (
    HeldError,
    SamePersonError,
    carry_next_erasure,
    decide_erasure,
    propose_erasure,
    reapply_erasures,
)
from maiam.contexts.rights.services.forgetting import erase_long_gone, forget_ended_request
from maiam.contexts.rights.services.giving import CopyGoneError, fetch_copy, forget_copies, make_copy
from maiam.contexts.rights.services.hand import NotNowError

__all__ = [
    "AlreadyAskedError",
    "Asked",
    "CopyGoneError",
    "GoneError",
    "HeldError",
    "NoChangeYetError",
    "NoConsentError",
    "NoCopyYetError",
    "NotForThisPersonError",
    "NotNowError",
    "RepresentativeMissingError",
    "SamePersonError",
    "WordsMissingError",
    "answer_first",
    "ask",
    "carry_next_erasure",
    "decide_erasure",
    "erase_long_gone",
    "fetch_copy",
    "finish",
    "follow_change",
    "forget_copies",
    "forget_ended_request",
    "join_change",
    "make_copy",
    "propose_erasure",
    "reapply_erasures",
    "refuse",
    "take_back",
]
