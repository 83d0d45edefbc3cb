"""Draw who stands near an official, whenever the register, a merge, a declared number or a declaration says otherwise.

The circle is walked in the database, so that whatever writes kin and homes, a bulk copy too, changes it at once.
`conflicts.rules.kin_of` walks it a second time in Python; tests hold the two against each other.
"""

from django.db import migrations

CIRCLES = """
CREATE FUNCTION access.draw_circles(people bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
BEGIN
    IF people IS NULL OR people = '{}' THEN
        RETURN;
    END IF;
    PERFORM access.hold_matters();
    WITH RECURSIVE setting AS (
        SELECT degree AS most, in_laws, same_household FROM conflicts_nearnesssetting LIMIT 1
    ), own AS (
        SELECT official.account_id, official.person_id FROM conflicts_official AS official
        WHERE official.account_id = ANY(people) AND official.person_id IS NOT NULL
        UNION
        SELECT official.account_id, person.id FROM conflicts_official AS official
        JOIN families_person AS person ON person.identity_number_index = official.identity_number_index
        WHERE official.account_id = ANY(people) AND official.identity_number_index <> ''
        AND person.identity_number_index <> ''
        UNION
        SELECT official.account_id, former.person_id FROM conflicts_official AS official
        JOIN families_formernumber AS former ON former.number_index = official.identity_number_index
        WHERE official.account_id = ANY(people) AND official.identity_number_index <> ''
    ), walk AS (
        SELECT account_id, person_id, 0 AS degree, 0 AS marriages FROM own
        UNION
        SELECT walk.account_id, step.other, walk.degree + step.degree, walk.marriages + step.marriages
        FROM walk CROSS JOIN setting CROSS JOIN LATERAL (
            SELECT kin.relative_id AS other, rule.degree::int AS degree, rule.marriages::int AS marriages, false AS is_same
            FROM families_kinship AS kin JOIN conflicts_kinstep AS rule ON rule.relation = kin.relation
            WHERE kin.person_id = walk.person_id AND kin.withdrawn_at IS NULL
            AND (kin.ends_on IS NULL OR kin.ends_on > current_date)
            UNION ALL
            SELECT merged_into_id, 0, 0, true FROM families_person
            WHERE id = walk.person_id AND merged_into_id IS NOT NULL
            UNION ALL
            SELECT id, 0, 0, true FROM families_person WHERE merged_into_id = walk.person_id
        ) AS step
        WHERE walk.degree + step.degree <= setting.most AND walk.marriages + step.marriages <= 1
        AND (setting.in_laws OR step.is_same OR walk.marriages + step.marriages = 0
             OR walk.marriages = 0 AND walk.degree = 0 AND step.degree = 0)
    ), themselves AS (
        SELECT DISTINCT account_id, person_id FROM walk WHERE degree = 0 AND marriages = 0
    ), declared AS (
        SELECT account_id, person_id FROM access_declared
        WHERE account_id = ANY(people) AND person_id IS NOT NULL AND lifted_at IS NULL
        UNION
        SELECT declared.account_id, same.other FROM declared CROSS JOIN LATERAL (
            SELECT merged_into_id AS other FROM families_person
            WHERE id = declared.person_id AND merged_into_id IS NOT NULL
            UNION ALL
            SELECT id FROM families_person WHERE merged_into_id = declared.person_id
        ) AS same
    ), drawn AS MATERIALIZED (
    SELECT account_id, person_id, 'self' AS reason FROM themselves
    UNION
    SELECT walk.account_id, walk.person_id, 'kin' FROM walk LEFT JOIN themselves USING (account_id, person_id)
    WHERE themselves.person_id IS NULL
    UNION
    SELECT themselves.account_id, other.person_id, 'household' FROM themselves CROSS JOIN setting
    JOIN families_householdmembership AS mine ON mine.person_id = themselves.person_id
    JOIN families_householdmembership AS other ON other.household_id = mine.household_id
    WHERE setting.same_household AND (mine.ends_on IS NULL OR mine.ends_on > current_date)
    AND (other.ends_on IS NULL OR other.ends_on > current_date)
    AND NOT EXISTS (SELECT 1 FROM themselves AS me WHERE me.account_id = themselves.account_id
                    AND me.person_id = other.person_id)
    UNION
    SELECT account_id, person_id, 'declared' FROM declared
    ), gone AS (
        DELETE FROM access_circle AS circle WHERE circle.account_id = ANY(people) AND NOT EXISTS (
            SELECT 1 FROM drawn WHERE drawn.account_id = circle.account_id
            AND drawn.person_id = circle.person_id AND drawn.reason = circle.reason)
    )
    INSERT INTO access_circle (id, account_id, person_id, reason)
    SELECT gen_random_uuid(), account_id, person_id, reason FROM drawn
    ON CONFLICT (account_id, person_id, reason) DO NOTHING;
    PERFORM access.draw_blocks_of_people(people);
END $$;

CREATE FUNCTION access.draw_all_circles() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
BEGIN
    PERFORM access.draw_circles(ARRAY(
        SELECT account_id FROM conflicts_official UNION SELECT account_id FROM access_declared));
END $$;

-- Whose circles a change of these people may touch: those in which one of them stands already. A new relation joins a
-- circle only at a person who is in it; a number joins it by the official who declared that number.
CREATE FUNCTION access.draw_circles_around(changed uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
BEGIN
    PERFORM access.draw_circles(ARRAY(
        SELECT account_id FROM access_circle WHERE person_id = ANY(changed)
        UNION
        SELECT official.account_id FROM conflicts_official AS official
        JOIN families_person AS person ON person.identity_number_index = official.identity_number_index
        WHERE person.id = ANY(changed) AND official.identity_number_index <> ''
        UNION
        SELECT official.account_id FROM conflicts_official AS official
        JOIN families_formernumber AS former ON former.number_index = official.identity_number_index
        WHERE former.person_id = ANY(changed) AND official.identity_number_index <> ''
        UNION
        SELECT account_id FROM conflicts_official WHERE person_id = ANY(changed)));
END $$;

REVOKE ALL ON FUNCTION access.draw_circles(bigint[]), access.draw_all_circles(), access.draw_circles_around(uuid[])
    FROM PUBLIC;
"""

# Table, name, what is drawn, from which of the written rows.
TRIGGERS = (
    ("conflicts_official", "draws", "access.draw_circles(array_agg(account_id))", "true"),
    (
        "access_declared",
        "draws",
        "access.draw_declared(array_agg(account_id), array_agg(row_id) FILTER (WHERE row_id IS NOT NULL))",
        "true",
    ),
    (
        "families_kinship",
        "draws",
        "access.draw_circles_around(array_agg(person_id) || array_agg(relative_id))",
        "EXISTS (SELECT 1 FROM access_circle) AND EXISTS (SELECT 1 FROM access_circle AS circle "
        "WHERE circle.person_id IN (written.person_id, written.relative_id))",
    ),
    (
        "families_householdmembership",
        "draws",
        "access.draw_circles_around(ARRAY(SELECT stay.person_id FROM families_householdmembership AS stay "
        "JOIN access_circle AS circle ON circle.person_id = stay.person_id AND circle.reason = 'self' "
        "WHERE stay.household_id IN (SELECT household_id FROM written)) || array_agg(person_id))",
        "EXISTS (SELECT 1 FROM conflicts_official)",
    ),
    (
        "families_person",
        "draws",
        "access.draw_circles_around(array_agg(written.id) || "
        "(array_agg(merged_into_id) FILTER (WHERE merged_into_id IS NOT NULL)))",
        "EXISTS (SELECT 1 FROM conflicts_official) AND (EXISTS (SELECT 1 FROM access_circle AS circle "
        "WHERE circle.person_id IN (written.id, written.merged_into_id)) "
        "OR written.identity_number_index <> '' AND EXISTS (SELECT 1 FROM conflicts_official AS official "
        "WHERE official.identity_number_index = written.identity_number_index))",
    ),
    (
        "families_formernumber",
        "draws",
        "access.draw_circles_around(array_agg(person_id))",
        "EXISTS (SELECT 1 FROM conflicts_official AS official WHERE official.identity_number_index = written.number_index)",
    ),
)

DECLARED = """
CREATE FUNCTION access.draw_declared(people bigint[], records uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
BEGIN
    PERFORM access.tie(record) FROM unnest(records) AS record;
    PERFORM access.draw_circles(people);
END $$;
REVOKE ALL ON FUNCTION access.draw_declared(bigint[], uuid[]) FROM PUBLIC;
"""


def _trigger(table: str, name: str, call: str, which: str) -> str:
    function = f"access.{table}_{name}"
    return f"""
CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_catalog, pg_temp AS $$ BEGIN
    PERFORM {call} FROM written WHERE {which} HAVING count(*) > 0;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION {function}() FROM PUBLIC;
CREATE TRIGGER {name}_on_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
CREATE TRIGGER {name}_on_update AFTER UPDATE ON {table} REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION {function}();
"""


def _gone(table: str, name: str, *_: str) -> str:
    return (
        f"DROP TRIGGER {name}_on_insert ON {table}; DROP TRIGGER {name}_on_update ON {table}; "
        f"DROP FUNCTION access.{table}_{name}();"
    )


class Migration(migrations.Migration):
    dependencies = [("conflicts", "0001_initial"), ("access", "0004_closed_matters")]
    operations = [
        migrations.RunSQL(
            CIRCLES,
            "DROP FUNCTION access.draw_circles_around(uuid[]), access.draw_all_circles(), access.draw_circles(bigint[]);",
        ),
        migrations.RunSQL(DECLARED, "DROP FUNCTION access.draw_declared(bigint[], uuid[]);"),
        *(migrations.RunSQL(_trigger(*row), _gone(*row)) for row in TRIGGERS),
    ]
