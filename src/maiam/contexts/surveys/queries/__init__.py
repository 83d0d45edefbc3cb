"""Reading questionnaires, rounds and sheets; and, for statistics, the counts of answers (`latest_answer_counts`)."""

from maiam.contexts.surveys.queries.counts import AnswerCount, latest_answer_counts
from maiam.contexts.surveys.queries.drafts import drafts_left_before
from maiam.contexts.surveys.queries.progress import Progress, VillageLine, progress_of
from maiam.contexts.surveys.queries.questionnaires import (
    OwnQuestion,
    QuestionnaireLine,
    VersionPage,
    published_versions,
    questionnaires,
    questions_of_the_province,
    version,
    version_page,
    version_to_ask,
)
from maiam.contexts.surveys.queries.rechecks import RecheckPage, Sample, recheck, sample_of
from maiam.contexts.surveys.queries.rounds import (
    AssignmentPage,
    HouseholdLine,
    MyVillage,
    RoundPage,
    assignment_page,
    collectors,
    my_villages,
    round_page,
    rounds,
)
from maiam.contexts.surveys.queries.settings import current_sheet, previous_sheet, setting_of
from maiam.contexts.surveys.queries.sheets import (
    ConflictPage,
    HouseholdSheet,
    PageOfSheet,
    conflict,
    household_sheet,
)
from maiam.contexts.surveys.queries.work import HouseholdToDo, households_to_do

__all__ = [
    "AnswerCount",
    "AssignmentPage",
    "ConflictPage",
    "HouseholdLine",
    "HouseholdSheet",
    "HouseholdToDo",
    "MyVillage",
    "OwnQuestion",
    "PageOfSheet",
    "Progress",
    "QuestionnaireLine",
    "RecheckPage",
    "RoundPage",
    "Sample",
    "VersionPage",
    "VillageLine",
    "assignment_page",
    "collectors",
    "conflict",
    "current_sheet",
    "drafts_left_before",
    "household_sheet",
    "households_to_do",
    "latest_answer_counts",
    "my_villages",
    "previous_sheet",
    "progress_of",
    "published_versions",
    "questionnaires",
    "questions_of_the_province",
    "recheck",
    "round_page",
    "rounds",
    "sample_of",
    "setting_of",
    "version",
    "version_page",
    "version_to_ask",
]
