"""The state of a province's families on a day, told of its villages in one pass; only the house counts.

The functions of 0008 went through the register twice and were open to whoever reads statistics. What is counted now
is kept once (statistics), so that no two countings can be held against each other (docs/decisions/statistics.md).
"""

from importlib import import_module

from django.db import migrations

BEFORE = import_module("maiam.contexts.families.migrations.0008_counts")
BEFORE_IN_MEMORY = import_module("maiam.contexts.families.migrations.0011_counts_in_memory")

COUNTABLE = """
CREATE FUNCTION families_countable(of_province bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog AS $$
    WITH RECURSIVE actor AS MATERIALIZED (
        SELECT access.everywhere() AND access.may('statistics.table.viewed') AS may_count
    ), reach AS (
        SELECT unit.id FROM places_unit AS unit, actor
        WHERE actor.may_count AND unit.level = 'commune' AND unit.province_id = of_province
        UNION
        SELECT way.old_id FROM places_succession AS way JOIN reach ON way.new_id = reach.id
    )
    SELECT coalesce(array_agg(reach.id), '{}') FROM reach
$$;
"""

# Whole years on a day; where month or day are unknown, the fewest they may be.
AGE = """
    extract(year FROM day)::int - person.birth_year
        - (extract(month FROM day)::int * 100 + extract(day FROM day)::int
           < coalesce(person.birth_month, 12) * 100 + coalesce(person.birth_day, 31))::int
"""
# A number is told by the lower edge of its band.
HEAD_BAND = "head_edges[width_bucket(made_up.head_age, head_edges)]"
AGE_BAND = "age_edges[width_bucket(counted.age, age_edges)]"

# Everyone is counted once: in the permanent home of the day, else the temporary one come to last.
STATE = f"""
CREATE FUNCTION families_count_state(
    day date, of_province bigint, child_below integer, elderly_from integer, head_edges integer[], age_edges integer[])
RETURNS TABLE (subject text, commune_id bigint, village_id bigint, fact text, key text, how_many bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_catalog SET work_mem = '256MB' AS $$
DECLARE
    units bigint[] := families_countable(of_province);
BEGIN
    RETURN QUERY
    WITH home AS MATERIALIZED (
        SELECT household.id, coalesce(stood.commune_id, household.commune_id) AS commune_id,
            CASE WHEN stood.id IS NULL THEN household.village_id ELSE stood.village_id END AS village_id
        FROM families_household AS household
        LEFT JOIN families_formeraddress AS stood ON stood.household_id = household.id AND stood.withdrawn_at IS NULL
            AND (stood.starts_on IS NULL OR stood.starts_on <= day) AND stood.ends_on > day
        WHERE (household.dissolved_on IS NULL OR household.dissolved_on > day)
          AND coalesce(stood.commune_id, household.commune_id) = ANY(units)
    ), counted AS MATERIALIZED (
        SELECT stay.household_id, stay.role, stay.residence, person.sex, person.ethnicity, {AGE} AS age
        FROM families_householdmembership AS stay
        JOIN families_person AS person ON person.id = stay.person_id
        WHERE stay.starts_on <= day AND (stay.ends_on IS NULL OR stay.ends_on > day)
          AND person.merged_into_id IS NULL AND person.restricted_at IS NULL
          AND (person.died_on IS NULL OR person.died_on > day)
          AND (stay.is_permanent OR stay.id = (
              SELECT other.id FROM families_householdmembership AS other
              WHERE other.person_id = stay.person_id AND other.starts_on <= day
                AND (other.ends_on IS NULL OR other.ends_on > day)
              ORDER BY other.is_permanent DESC, other.starts_on DESC, other.id DESC LIMIT 1))
    ), made_up AS (
        SELECT counted.household_id, count(*)::int AS size,
            bit_or(CASE counted.role WHEN 'head' THEN 1 WHEN 'spouse' THEN 2 WHEN 'child' THEN 4 WHEN 'parent' THEN 8
                WHEN 'sibling' THEN 16 WHEN 'grandchild' THEN 32 WHEN 'grandparent' THEN 64 WHEN 'child_in_law' THEN 128
                ELSE 256 END) AS roles,
            bit_or(CASE WHEN counted.role <> 'parent' THEN 0 WHEN counted.sex = 'female' THEN 1
                WHEN counted.sex = 'male' THEN 2 ELSE 4 END) AS parents,
            count(*) FILTER (WHERE counted.role = 'parent')::int AS parent_count,
            max(counted.sex) FILTER (WHERE counted.role = 'head') AS head_sex,
            max(counted.age) FILTER (WHERE counted.role = 'head') AS head_age,
            max(counted.ethnicity) FILTER (WHERE counted.role = 'head') AS head_ethnicity,
            coalesce(bool_or(counted.age < child_below), false) AS has_child,
            coalesce(bool_or(counted.age >= elderly_from), false) AS has_elderly
        FROM counted GROUP BY counted.household_id
    ), alike AS (
        SELECT home.commune_id, home.village_id, made_up.roles, made_up.parents, made_up.parent_count,
            made_up.head_sex, {HEAD_BAND} AS head_band, made_up.size, made_up.head_ethnicity, made_up.has_child,
            made_up.has_elderly, count(*) AS how_many
        FROM made_up JOIN home ON home.id = made_up.household_id
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11
    ), people AS (
        SELECT home.commune_id, home.village_id, counted.sex, {AGE_BAND} AS band, counted.ethnicity,
            counted.residence, count(*) AS how_many
        FROM counted JOIN home ON home.id = counted.household_id
        GROUP BY 1, 2, 3, 4, 5, 6
    )
    SELECT 'households', alike.commune_id, alike.village_id,
        CASE WHEN grouping(alike.roles) = 0 THEN 'members' WHEN grouping(alike.size) = 0 THEN 'size'
             WHEN grouping(alike.head_band) = 0 THEN 'head' WHEN grouping(alike.head_ethnicity) = 0 THEN 'ethnicity'
             WHEN grouping(alike.has_child) = 0 THEN 'child' ELSE 'elderly' END,
        CASE WHEN grouping(alike.roles) = 0
                THEN concat_ws(' ', alike.roles, alike.parents, alike.parent_count, coalesce(alike.head_sex, 'unknown'))
             WHEN grouping(alike.size) = 0 THEN alike.size::text
             WHEN grouping(alike.head_band) = 0
                THEN concat_ws(' ', coalesce(alike.head_sex, 'none'), alike.head_band)
             WHEN grouping(alike.head_ethnicity) = 0 THEN coalesce(alike.head_ethnicity, '')
             WHEN grouping(alike.has_child) = 0 THEN alike.has_child::text ELSE alike.has_elderly::text END,
        sum(alike.how_many)::bigint
    FROM alike
    GROUP BY GROUPING SETS (
        (alike.commune_id, alike.village_id, alike.roles, alike.parents, alike.parent_count, alike.head_sex),
        (alike.commune_id, alike.village_id, alike.size),
        (alike.commune_id, alike.village_id, alike.head_sex, alike.head_band),
        (alike.commune_id, alike.village_id, alike.head_ethnicity),
        (alike.commune_id, alike.village_id, alike.has_child),
        (alike.commune_id, alike.village_id, alike.has_elderly))
    UNION ALL
    SELECT 'people', people.commune_id, people.village_id,
        CASE WHEN grouping(people.band) = 0 THEN 'age' WHEN grouping(people.ethnicity) = 0 THEN 'ethnicity'
             ELSE 'residence' END,
        CASE WHEN grouping(people.band) = 0 THEN concat_ws(' ', people.sex, people.band)
             WHEN grouping(people.ethnicity) = 0 THEN people.ethnicity::text ELSE people.residence::text END,
        sum(people.how_many)::bigint
    FROM people
    GROUP BY GROUPING SETS (
        (people.commune_id, people.village_id, people.sex, people.band),
        (people.commune_id, people.village_id, people.ethnicity),
        (people.commune_id, people.village_id, people.residence));
END $$;
"""  # noqa: S608 - made of constants

# Of births, deaths and moves the people are counted, of the others the events; what was revoked did not happen.
EVENTS = """
CREATE FUNCTION families_count_events(since date, until date, of_province bigint)
RETURNS TABLE (commune_id bigint, village_id bigint, fact text, key text, how_many bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE
    units bigint[] := families_countable(of_province);
BEGIN
    RETURN QUERY
    SELECT event.commune_id, event.village_id, event.kind::text, to_char(event.happened_on, 'YYYY-MM'), count(*)
    FROM families_familyevent AS event
    LEFT JOIN families_eventpart AS part ON part.event_id = event.id
        AND part.part = CASE event.kind WHEN 'birth' THEN 'child' WHEN 'death' THEN 'deceased'
                            WHEN 'move_in' THEN 'mover' WHEN 'move_out' THEN 'mover' END
    WHERE event.happened_on >= since AND event.happened_on < until AND event.commune_id = ANY(units)
      AND NOT EXISTS (SELECT 1 FROM families_familyevent AS taken_back WHERE taken_back.revokes_id = event.id)
    GROUP BY 1, 2, 3, 4;
END $$;
"""
FORGET = """
DROP FUNCTION families_count_events(date, date, bigint);
DROP FUNCTION families_count_state(date, bigint, integer, integer, integer[], integer[]);
DROP FUNCTION families_countable(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("families", "0011_counts_in_memory")]
    operations = [
        migrations.RunSQL(
            BEFORE.FORGET + COUNTABLE + STATE + EVENTS,
            FORGET + BEFORE.COUNTABLE + BEFORE.HOUSEHOLDS + BEFORE.PEOPLE + BEFORE.EVENTS + BEFORE_IN_MEMORY.IN_MEMORY,
        )
    ]
