"""Set a period, preview what is over it, propose, agree, carry out in steps."""

from maiam.contexts.retention.services.carrying import carry_previews
from maiam.contexts.retention.services.deciding import (
    NotNowError,
    OutdatedError,
    ReasonMissingError,
    SamePersonError,
    decide_preview,
    propose_preview,
)
from maiam.contexts.retention.services.periods import PeriodOutOfBoundsError, set_period
from maiam.contexts.retention.services.previewing import make_previews

__all__ = [
    "NotNowError",
    "OutdatedError",
    "PeriodOutOfBoundsError",
    "ReasonMissingError",
    "SamePersonError",
    "carry_previews",
    "decide_preview",
    "make_previews",
    "propose_preview",
    "set_period",
]
