"""How a list of a commune is understood: which column is what, who lives with whom, what every cell says. Pure."""

from maiam.contexts.imports.rules.births import read_birth
from maiam.contexts.imports.rules.fields import FIELD_LABELS, Field, guess, heading_key, missing
from maiam.contexts.imports.rules.homes import (
    Decision,
    FoundHome,
    FoundPerson,
    Known,
    Register,
    Standing,
    counted,
    decided,
)
from maiam.contexts.imports.rules.layout import Layout, PageLayout, Seen, look_at
from maiam.contexts.imports.rules.memory import SeenRows
from maiam.contexts.imports.rules.problems import KIND_LABELS, SEVERITY_LABELS, Kind, Problem, Severity
from maiam.contexts.imports.rules.reading import ListReader, village_key
from maiam.contexts.imports.rules.settled import ELSEWHERE, OURS, UNKNOWN, Settled
from maiam.contexts.imports.rules.states import (
    ANSWER_LABELS,
    BUSY,
    CHOICES_OF_DOUBLE,
    CHOICES_OF_HOME,
    CHOOSES,
    KEPT_FOR,
    MAY_SETTLE,
    STATE_LABELS,
    Answer,
    State,
    can_undo,
    short_code,
)

__all__ = [
    "ANSWER_LABELS",
    "BUSY",
    "CHOICES_OF_DOUBLE",
    "CHOICES_OF_HOME",
    "CHOOSES",
    "ELSEWHERE",
    "FIELD_LABELS",
    "KEPT_FOR",
    "KIND_LABELS",
    "MAY_SETTLE",
    "OURS",
    "SEVERITY_LABELS",
    "STATE_LABELS",
    "UNKNOWN",
    "Answer",
    "Decision",
    "Field",
    "FoundHome",
    "FoundPerson",
    "Kind",
    "Known",
    "Layout",
    "ListReader",
    "PageLayout",
    "Problem",
    "Register",
    "Seen",
    "SeenRows",
    "Settled",
    "Severity",
    "Standing",
    "State",
    "can_undo",
    "counted",
    "decided",
    "guess",
    "heading_key",
    "look_at",
    "missing",
    "read_birth",
    "short_code",
    "village_key",
]
