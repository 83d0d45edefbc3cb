"""How many households, or people, last gave each answer: one query over ended rounds. The house alone counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from maiam.contexts.surveys.rules.rounds import RoundState, SheetKind
from maiam.core.text import VIETNAM
from maiam.platform.access import Actor, Permission

# Of each household the sheet that counts in the last round that ended by the day and met it; alike ones are counted
# together before they are taken apart by question. What was not asked is the empty answer: each question divides all.
_COUNT = """
WITH latest AS (
    SELECT DISTINCT ON (sheet.household_id) sheet.commune_id, sheet.village_id, sheet.answers
    FROM surveys_sheet AS sheet
    JOIN surveys_round AS round ON round.id = sheet.round_id
    JOIN surveys_questionnaireversion AS version ON version.id = sheet.version_id
    JOIN places_unit AS commune ON commune.id = sheet.commune_id
    JOIN families_household AS household ON household.id = sheet.household_id
    WHERE sheet.is_current AND sheet.kind <> %(not_met)s AND round.state = %(closed)s AND round.closed_at < %(until)s
      AND commune.province_id = %(province)s
      AND (%(questionnaire)s::uuid IS NULL OR version.questionnaire_id = %(questionnaire)s)
      AND (household.dissolved_on IS NULL OR household.dissolved_on > %(day)s)
    ORDER BY sheet.household_id, round.closed_at DESC, sheet.received_at DESC
), told AS (
    SELECT latest.commune_id, latest.village_id, false AS of_members, ARRAY(
        SELECT coalesce(latest.answers -> 'household' ->> asked.name, '')
        FROM unnest(%(of_households)s::text[]) WITH ORDINALITY AS asked (name, place) ORDER BY asked.place) AS answers
    FROM latest
    UNION ALL
    SELECT latest.commune_id, latest.village_id, true, ARRAY(
        SELECT coalesce(member.value ->> asked.name, '')
        FROM unnest(%(of_members)s::text[]) WITH ORDINALITY AS asked (name, place) ORDER BY asked.place)
    FROM latest CROSS JOIN LATERAL jsonb_each(coalesce(latest.answers -> 'members', '{}')) AS member
    WHERE NOT EXISTS (
        SELECT 1 FROM families_person AS person WHERE person.id::text = member.key
          AND (person.restricted_at IS NOT NULL OR person.died_on <= %(day)s))
), alike AS (
    SELECT commune_id, village_id, of_members, answers, count(*) AS how_many FROM told GROUP BY 1, 2, 3, 4
)
SELECT alike.commune_id, alike.village_id, alike.of_members, asked.name, alike.answers[asked.place],
    sum(alike.how_many)::bigint
FROM alike CROSS JOIN LATERAL unnest(
    CASE WHEN alike.of_members THEN %(of_members)s::text[] ELSE %(of_households)s::text[] END
) WITH ORDINALITY AS asked (name, place)
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 3, 4, 5
"""


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many households (or people in them, `of_members`) of a village gave this answer; '' is no answer.

    `value` is the choice's stored name, or a number as text; labels stand in the version's definition. `village_id` is
    None where unknown.
    """

    commune_id: int
    village_id: int | None
    of_members: bool
    question: str
    value: str
    how_many: int


def latest_answer_counts(
    actor: Actor,
    day: date,
    *,
    province_id: int,
    of_households: Sequence[str],
    of_members: Sequence[str],
    questionnaire_id: UUID | None = None,
) -> list[AnswerCount]:
    """Counts of answers as last given by a day, in a province: choices and numbers, never a household.

    With a questionnaire, only rounds that asked one of its versions count: two may ask something under one name.
    Households never met in an ended round are in no count. Counts are exact and may be small: whoever shows them hides
    small ones.
    """
    actor.require(Permission.KEEP_HOUSE)
    asked: dict[str, Any] = {
        "day": day,
        "until": datetime.combine(day + timedelta(days=1), time(), VIETNAM),
        "province": province_id,
        "not_met": SheetKind.NOT_MET,
        "closed": RoundState.CLOSED,
        "questionnaire": questionnaire_id,
        "of_households": list(of_households),
        "of_members": list(of_members),
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, asked)
        return [AnswerCount(*row) for row in cursor.fetchall()]
