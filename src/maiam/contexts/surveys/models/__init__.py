"""The tables of collection. No row of them marks violence on a household (rules/violence.py).

surveys_questionnaire         what the province asks under one code; surveys_questionnaireversion: as asked from a day
surveys_round                 one round of one commune, of one version; surveys_assignment: one village of it, one post
surveys_sheet                 one household in one round, as it was sent: the one that `is_current` counts
surveys_draft                 what a collector has typed and not sent yet
surveys_recheck               a household drawn to be asked again by another person
"""

from maiam.contexts.surveys.models.questionnaires import Questionnaire, QuestionnaireVersion
from maiam.contexts.surveys.models.rounds import Assignment, Round
from maiam.contexts.surveys.models.sheets import Draft, Recheck, Sheet

__all__ = ["Assignment", "Draft", "Questionnaire", "QuestionnaireVersion", "Recheck", "Round", "Sheet"]
