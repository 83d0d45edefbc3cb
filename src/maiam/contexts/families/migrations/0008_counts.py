"""How many households, people and events there were: counts alone, for those who may see none of them.

A count is of the state on a day as we know it now. Everyone is counted once: in the permanent home they had on that day,
else in the temporary one they came to last. Folded, restricted and dead people are not counted; a household is where
somebody is counted in it, at the place it stood on that day.

With `of_commune`, the villages of one commune within reach are told apart; without it communes alone, in the whole
province, because what a table must hide is chosen over all of it (docs/decisions/statistics.md).
"""

from django.db import migrations

COUNTABLE = """
CREATE FUNCTION families_countable(of_commune bigint) RETURNS bigint[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog AS $$
    -- Who acts is asked once: each answer costs a signature.
    WITH RECURSIVE actor AS MATERIALIZED (
        SELECT access.may('statistics.table.viewed') AND access.villages() IS NULL AS may_count,
            access.everywhere() AS everywhere, access.communes() AS communes
    ), near AS MATERIALIZED (
        SELECT unit.province_id FROM places_unit AS unit, actor WHERE unit.id = ANY(actor.communes)
    ), own AS (
        SELECT unit.id FROM places_unit AS unit, actor
        WHERE actor.may_count AND unit.level = 'commune' AND (of_commune IS NULL OR unit.id = of_commune)
          AND (actor.everywhere OR unit.id = ANY(actor.communes)
               OR of_commune IS NULL AND unit.province_id IN (SELECT near.province_id FROM near))
    ), reach AS (
        SELECT own.id FROM own
        UNION
        SELECT way.old_id FROM places_succession AS way JOIN reach ON way.new_id = reach.id WHERE of_commune IS NULL
    )
    SELECT coalesce(array_agg(reach.id), '{}') FROM reach
$$;
"""

# Whole years on a day; where month or day are unknown, the fewest they may be.
AGE = """
    CASE WHEN person.birth_year IS NULL THEN NULL ELSE extract(year FROM day)::int - person.birth_year
        - (extract(month FROM day)::int * 100 + extract(day FROM day)::int
           < coalesce(person.birth_month, 12) * 100 + coalesce(person.birth_day, 31))::int END
"""

COUNTED = f"""
    counted AS (
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
    ), home AS (
        SELECT household.id, coalesce(stood.commune_id, household.commune_id) AS commune_id,
            CASE WHEN of_commune IS NULL THEN NULL WHEN stood.id IS NULL THEN household.village_id ELSE stood.village_id END
            AS village_id
        FROM families_household AS household
        LEFT JOIN families_formeraddress AS stood ON stood.household_id = household.id AND stood.withdrawn_at IS NULL
            AND (stood.starts_on IS NULL OR stood.starts_on <= day) AND stood.ends_on > day
        WHERE (household.dissolved_on IS NULL OR household.dissolved_on > day)
          AND coalesce(stood.commune_id, household.commune_id) = ANY(units)
    )
"""  # noqa: S608 - made of constants

HOUSEHOLDS = f"""
CREATE FUNCTION families_count_households(day date, of_commune bigint, child_below integer, elderly_from integer)
RETURNS TABLE (commune_id bigint, village_id bigint, fact text, key text, households bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE
    units bigint[] := families_countable(of_commune);
BEGIN
    RETURN QUERY
    WITH {COUNTED}, made_up AS (
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
    )
    SELECT home.commune_id, home.village_id,
        CASE WHEN grouping(made_up.roles) = 0 THEN 'members' WHEN grouping(made_up.size) = 0 THEN 'size'
             WHEN grouping(made_up.head_age) = 0 THEN 'head' WHEN grouping(made_up.head_ethnicity) = 0 THEN 'ethnicity'
             WHEN grouping(made_up.has_child) = 0 THEN 'child' ELSE 'elderly' END,
        CASE WHEN grouping(made_up.roles) = 0
                THEN concat_ws(' ', made_up.roles, made_up.parents, made_up.parent_count,
                               coalesce(made_up.head_sex, 'unknown'))
             WHEN grouping(made_up.size) = 0 THEN made_up.size::text
             WHEN grouping(made_up.head_age) = 0
                THEN concat_ws(' ', coalesce(made_up.head_sex, 'none'), made_up.head_age)
             WHEN grouping(made_up.head_ethnicity) = 0 THEN coalesce(made_up.head_ethnicity, '')
             WHEN grouping(made_up.has_child) = 0 THEN made_up.has_child::text ELSE made_up.has_elderly::text END,
        count(*)
    FROM made_up JOIN home ON home.id = made_up.household_id
    GROUP BY GROUPING SETS (
        (home.commune_id, home.village_id, made_up.roles, made_up.parents, made_up.parent_count, made_up.head_sex),
        (home.commune_id, home.village_id, made_up.size),
        (home.commune_id, home.village_id, made_up.head_sex, made_up.head_age),
        (home.commune_id, home.village_id, made_up.head_ethnicity),
        (home.commune_id, home.village_id, made_up.has_child),
        (home.commune_id, home.village_id, made_up.has_elderly));
END $$;
"""  # noqa: S608 - made of constants

PEOPLE = f"""
CREATE FUNCTION families_count_people(day date, of_commune bigint)
RETURNS TABLE (commune_id bigint, village_id bigint, fact text, key text, people bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE
    units bigint[] := families_countable(of_commune);
BEGIN
    RETURN QUERY
    WITH {COUNTED}
    SELECT home.commune_id, home.village_id,
        CASE WHEN grouping(counted.age) = 0 THEN 'age' WHEN grouping(counted.ethnicity) = 0 THEN 'ethnicity'
             ELSE 'residence' END,
        CASE WHEN grouping(counted.age) = 0 THEN concat_ws(' ', counted.sex, counted.age)
             WHEN grouping(counted.ethnicity) = 0 THEN counted.ethnicity::text ELSE counted.residence::text END,
        count(*)
    FROM counted JOIN home ON home.id = counted.household_id
    GROUP BY GROUPING SETS (
        (home.commune_id, home.village_id, counted.sex, counted.age),
        (home.commune_id, home.village_id, counted.ethnicity),
        (home.commune_id, home.village_id, counted.residence));
END $$;
"""  # noqa: S608 - made of constants

# Of births, deaths and moves the people are counted, of the others the events; what was revoked did not happen.
EVENTS = """
CREATE FUNCTION families_count_events(since date, until date, of_commune bigint)
RETURNS TABLE (commune_id bigint, village_id bigint, fact text, key text, happened bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE
    units bigint[] := families_countable(of_commune);
BEGIN
    RETURN QUERY
    SELECT event.commune_id, CASE WHEN of_commune IS NOT NULL THEN event.village_id END, event.kind::text,
        to_char(event.happened_on, 'YYYY-MM'), count(*)
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
DROP FUNCTION families_count_people(date, bigint);
DROP FUNCTION families_count_households(date, bigint, integer, integer);
DROP FUNCTION families_countable(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("families", "0007_take_back"), ("access", "0001_signed_context")]
    operations = [migrations.RunSQL(COUNTABLE + HOUSEHOLDS + PEOPLE + EVENTS, FORGET)]
