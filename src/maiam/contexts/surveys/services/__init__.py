"""Keep questionnaires, run rounds, take sheets, ask a sample again."""

from maiam.contexts.surveys.services.drafts import forget_draft, save_page
from maiam.contexts.surveys.services.forgetting import forget_left_draft, forget_person
from maiam.contexts.surveys.services.questionnaires import (
    NotTakenError,
    publish_situation,
    publish_version,
    upload_version,
)
from maiam.contexts.surveys.services.rechecks import draw_sample, record_recheck
from maiam.contexts.surveys.services.rounds import (
    NotRunningError,
    assign_village,
    close_round,
    give_back,
    hand_in,
    prepare_round,
    start_round,
)
from maiam.contexts.surveys.services.sheets import (
    AnswersRefusedError,
    Outcome,
    Receipt,
    Sent,
    settle_sheet,
    submit_sheet,
)

__all__ = [
    "AnswersRefusedError",
    "NotRunningError",
    "NotTakenError",
    "Outcome",
    "Receipt",
    "Sent",
    "assign_village",
    "close_round",
    "draw_sample",
    "forget_draft",
    "forget_left_draft",
    "forget_person",
    "give_back",
    "hand_in",
    "prepare_round",
    "publish_situation",
    "publish_version",
    "record_recheck",
    "save_page",
    "settle_sheet",
    "start_round",
    "submit_sheet",
    "upload_version",
]
