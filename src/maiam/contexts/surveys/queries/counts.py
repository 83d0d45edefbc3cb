"""How many households, or people, gave each answer: one query over whole rounds, for the statistics above."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

from maiam.contexts.surveys.models import QuestionnaireVersion, Sheet
from maiam.contexts.surveys.rules.definition import COUNTED
from maiam.contexts.surveys.rules.rounds import RoundState, SheetKind
from maiam.platform.access import Actor, Permission

# Answers of the household stand under "household", those of members under "members" by the member's id; of several
# choices each counts. `held` is whatever rows the actor may read, so the scope is the same as everywhere.
_COUNT = """
SELECT held.commune_id, held.village_id, held.round_id, held.version_id, told.question, told.value, told.of_members,
       count(*)
FROM ({held}) AS held
CROSS JOIN LATERAL (
    SELECT answer.key AS question, answer.value AS given, false AS of_members
    FROM jsonb_each(coalesce(held.answers -> 'household', '{{}}')) AS answer
    UNION ALL
    SELECT answer.key, answer.value, true
    FROM jsonb_each(coalesce(held.answers -> 'members', '{{}}')) AS member
    CROSS JOIN LATERAL jsonb_each(member.value) AS answer
) AS every
CROSS JOIN LATERAL (
    SELECT every.question, every.of_members, single.value
    FROM jsonb_array_elements_text(
        CASE jsonb_typeof(every.given) WHEN 'array' THEN every.given ELSE jsonb_build_array(every.given) END
    ) AS single
) AS told
WHERE told.question = ANY(%s)
GROUP BY 1, 2, 3, 4, 5, 6, 7
ORDER BY 1, 2, 3, 5, 6
"""


@dataclass(frozen=True)
class AnswerCount:
    """How many households (or members, `of_members`) of one village gave this answer in a round.

    `value` is the choice's stored name, or a number as text; labels stand in the version's definition
    (`queries.version(actor, version_id).asked.questions[question].labels`). `village_id` is None where unknown.
    """

    commune_id: int
    village_id: int | None
    round_id: UUID
    version_id: UUID
    question: str
    value: str
    of_members: bool
    count: int


def answer_counts(
    actor: Actor,
    *,
    commune_ids: Collection[int] | None = None,
    round_ids: Collection[UUID] | None = None,
    questions: Collection[str] | None = None,
    closed_from: date | None = None,
    closed_until: date | None = None,
    only_closed: bool = True,
) -> list[AnswerCount]:
    """Counts of answers by village, round and question: choices and numbers only, never a text or a household.

    Of each household the sheet that counts in its round; households not met are in no count. A village's counts are
    exact and may be small: whoever shows them hides small cells. Days are compared with the closing of the round,
    from the first to the day before the last.
    """
    actor.require(Permission.VIEW_STATISTICS)
    sheets = Sheet.objects.visible_to(actor).filter(is_current=True).exclude(kind=SheetKind.NOT_MET)
    narrowed = {
        "commune_id__in": commune_ids,
        "round_id__in": round_ids,
        "round__closed_at__date__gte": closed_from,
        "round__closed_at__date__lt": closed_until,
        "round__state": RoundState.CLOSED if only_closed else None,
    }
    sheets = sheets.filter(**{name: value for name, value in narrowed.items() if value is not None})
    wanted = _countable(actor) if questions is None else _countable(actor) & set(questions)
    held = sheets.values("commune_id", "village_id", "round_id", "version_id", "answers")
    inner, values = held.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(held=inner), [*values, sorted(wanted)])
        return [AnswerCount(*row) for row in cursor.fetchall()]


def _countable(actor: Actor) -> set[str]:
    """The questions of every published version whose answers may be counted."""
    versions = QuestionnaireVersion.objects.visible_to(actor).filter(published_at__isnull=False)
    return {question.name for version in versions for _, question in version.asked.asked() if question.type in COUNTED}
