"""How great is the danger: two scales side by side, each point with its reason, and no level called "none".

The instrument is data (`instrument_*.yaml`), versioned; this package reads it and scores answers. A score puts
people in an order and starts duties; it is no probability, and nobody may refuse help because of it.
"""

from maiam.core.risk.instrument import (
    NO,
    REFUSED,
    UNKNOWN,
    YES,
    Choice,
    Evidence,
    Instrument,
    Question,
    instrument,
    latest,
)
from maiam.core.risk.levels import (
    ASK_AGAIN,
    FIRST,
    LEVEL_LABELS,
    LOOK_AGAIN,
    RISK_DUTIES,
    SCALE_LABELS,
    Level,
    Scale,
    again,
    higher,
)
from maiam.core.risk.scoring import (
    AnswerNotKnownError,
    Assessment,
    Reason,
    ScaleScore,
    assess,
)

__all__ = [
    "ASK_AGAIN",
    "FIRST",
    "LEVEL_LABELS",
    "LOOK_AGAIN",
    "NO",
    "REFUSED",
    "RISK_DUTIES",
    "SCALE_LABELS",
    "UNKNOWN",
    "YES",
    "AnswerNotKnownError",
    "Assessment",
    "Choice",
    "Evidence",
    "Instrument",
    "Level",
    "Question",
    "Reason",
    "Scale",
    "ScaleScore",
    "again",
    "assess",
    "higher",
    "instrument",
    "latest",
]
