"""What row-level security asks of matters: which records are closed to whom, and which are open by broken glass.

Only the owner's functions write ties, parties, circles and blocks; triggers call them (platform/access/ties.py). One lock
lets one transaction at a time draw them, so that none draws from what another is about to change.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION access.people() RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN RETURN ARRAY(SELECT jsonb_array_elements_text(coalesce(access.context() -> 'people', '[]'))::bigint); END $$;

-- Who asks about whom: the house about anyone, an official about themselves, nobody without saying who they are.
CREATE FUNCTION access.check_asker(asked bigint[]) RETURNS void
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
    IF access.context() IS NULL THEN
        IF current_setting('role') <> 'maiam_app' AND session_user <> 'maiam_app' THEN
            RETURN;
        END IF;
    ELSIF access.everywhere() OR asked <@ access.people() THEN
        RETURN;
    END IF;
    RAISE EXCEPTION 'nobody asks what is closed to another' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION access.closed_to(people bigint[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
BEGIN
    IF people = '{}' THEN
        RETURN '{}'::uuid[];
    END IF;
    PERFORM access.check_asker(people);
    RETURN ARRAY(
        SELECT tie.row_id FROM access_block AS block JOIN access_tie AS tie ON tie.matter_id = block.matter_id
        WHERE block.ended_at IS NULL AND block.account_id = ANY(people)
        UNION
        SELECT tie.row_id FROM access_seal AS seal JOIN access_tie AS tie ON tie.matter_id = seal.matter_id
        WHERE seal.lifted_at IS NULL AND EXISTS (
            SELECT 1 FROM unnest(people) AS person WHERE NOT EXISTS (
                SELECT 1 FROM access_admission AS admission WHERE admission.seal_id = seal.id
                AND admission.account_id = person AND admission.ended_at IS NULL)));
END $$;

CREATE FUNCTION access.closed() RETURNS uuid[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN RETURN access.closed_to(access.people()); END $$;

-- Open for as long as the glass is broken, its last second included; never to somebody in conflict.
CREATE FUNCTION access.opened_to(people bigint[]) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
BEGIN
    IF people = '{}' THEN
        RETURN '{}'::uuid[];
    END IF;
    PERFORM access.check_asker(people);
    RETURN ARRAY(
        SELECT opened FROM access_glass AS glass CROSS JOIN LATERAL unnest(glass.row_ids) AS opened
        WHERE glass.account_id = ANY(people) AND glass.ended_at IS NULL
        AND glass.opened_at <= now() AND glass.until >= now()
        EXCEPT
        SELECT tie.row_id FROM access_block AS block JOIN access_tie AS tie ON tie.matter_id = block.matter_id
        WHERE block.ended_at IS NULL AND block.account_id = ANY(people));
END $$;

CREATE FUNCTION access.opened() RETURNS uuid[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN
    IF NOT coalesce((access.context() ->> 'glass')::boolean, false) THEN
        RETURN '{}'::uuid[];
    END IF;
    RETURN access.opened_to(access.people());
END $$;

-- Of these people, those to whom the record is closed. Who does not reach it themselves learns nothing.
CREATE FUNCTION access.barred(record uuid, people bigint[]) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
DECLARE
    of_matter uuid := (SELECT matter_id FROM access_tie WHERE row_id = record);
BEGIN
    IF of_matter IS NULL OR access.context() IS NOT NULL AND record = ANY(access.closed()) THEN
        RETURN '{}'::bigint[];
    END IF;
    RETURN ARRAY(
        SELECT person FROM unnest(people) AS person WHERE EXISTS (
            SELECT 1 FROM access_block AS block WHERE block.account_id = person AND block.matter_id = of_matter
            AND block.ended_at IS NULL)
        OR EXISTS (
            SELECT 1 FROM access_seal AS seal WHERE seal.matter_id = of_matter AND seal.lifted_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM access_admission AS admission WHERE admission.seal_id = seal.id
                            AND admission.account_id = person AND admission.ended_at IS NULL)));
END $$;

-- The people on the list of a sealed record, for whoever reaches it.
CREATE FUNCTION access.admitted(record uuid) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
BEGIN
    IF access.context() IS NOT NULL AND record = ANY(access.closed()) THEN
        RETURN '{}'::bigint[];
    END IF;
    RETURN ARRAY(
        SELECT DISTINCT admission.account_id FROM access_seal AS seal
        JOIN access_tie AS tie ON tie.matter_id = seal.matter_id
        JOIN access_admission AS admission ON admission.seal_id = seal.id AND admission.ended_at IS NULL
        WHERE tie.row_id = record AND seal.lifted_at IS NULL);
END $$;

-- Is one of the accused in the circle of whoever acts, or are they themselves among the others?
CREATE FUNCTION access.stands_near(accused uuid[], others uuid[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM access_circle AS circle WHERE circle.account_id = ANY(access.people())
        AND (circle.person_id = ANY(accused)
             OR circle.person_id = ANY(others) AND circle.reason IN ('self', 'declared')));
END $$;

CREATE FUNCTION access.hold_matters() RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog AS $$ SELECT pg_advisory_xact_lock(7260418355) $$;

CREATE VIEW access.implied AS
    SELECT circle.account_id, tie.matter_id, circle.reason
    FROM public.access_circle AS circle
    JOIN public.access_party AS party ON party.person_id = circle.person_id
    JOIN public.access_tie AS tie ON tie.row_id = party.row_id
    WHERE party.is_accused OR circle.reason IN ('self', 'declared')
    UNION
    SELECT declared.account_id, tie.matter_id, 'declared'
    FROM public.access_declared AS declared JOIN public.access_tie AS tie ON tie.row_id = declared.row_id
    WHERE declared.lifted_at IS NULL
    UNION
    -- Whoever stepped back from a matter stepped back from its accused: from their file, and from their other matters.
    SELECT declared.account_id, elsewhere.matter_id, 'declared'
    FROM public.access_declared AS declared JOIN public.access_tie AS tie ON tie.row_id = declared.row_id
    JOIN public.access_tie AS within ON within.matter_id = tie.matter_id
    JOIN public.access_party AS party ON party.row_id = within.row_id AND party.is_accused
    JOIN public.access_party AS again ON again.person_id = party.person_id AND again.is_accused
    JOIN public.access_tie AS elsewhere ON elsewhere.row_id = again.row_id
    WHERE declared.lifted_at IS NULL;

CREATE FUNCTION access.draw_blocks_of_people(people bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
BEGIN
    UPDATE access_block AS block SET ended_at = now() WHERE block.ended_at IS NULL AND block.account_id = ANY(people)
    AND NOT EXISTS (SELECT 1 FROM access.implied AS now_so WHERE now_so.account_id = block.account_id
                    AND now_so.matter_id = block.matter_id AND now_so.reason = block.reason);
    INSERT INTO access_block (id, account_id, matter_id, reason)
    SELECT gen_random_uuid(), now_so.account_id, now_so.matter_id, now_so.reason
    FROM access.implied AS now_so WHERE now_so.account_id = ANY(people)
    ON CONFLICT (account_id, matter_id, reason) WHERE ended_at IS NULL DO NOTHING;
END $$;

CREATE FUNCTION access.draw_blocks_of_matters(matters uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
BEGIN
    UPDATE access_block AS block SET ended_at = now() WHERE block.ended_at IS NULL AND block.matter_id = ANY(matters)
    AND NOT EXISTS (SELECT 1 FROM access.implied AS now_so WHERE now_so.account_id = block.account_id
                    AND now_so.matter_id = block.matter_id AND now_so.reason = block.reason);
    INSERT INTO access_block (id, account_id, matter_id, reason)
    SELECT gen_random_uuid(), now_so.account_id, now_so.matter_id, now_so.reason
    FROM access.implied AS now_so WHERE now_so.matter_id = ANY(matters)
    ON CONFLICT (account_id, matter_id, reason) WHERE ended_at IS NULL DO NOTHING;
END $$;

CREATE FUNCTION access.tie(record uuid) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
BEGIN
    PERFORM access.hold_matters();
    INSERT INTO access_tie (id, row_id, matter_id) VALUES (gen_random_uuid(), record, record)
    ON CONFLICT (row_id) DO NOTHING;
    RETURN (SELECT matter_id FROM access_tie WHERE row_id = record);
END $$;

CREATE FUNCTION access.tie_all(one uuid[], other uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
DECLARE
    pair record;
    kept uuid;
    gone uuid;
BEGIN
    PERFORM access.hold_matters();
    INSERT INTO access_tie (id, row_id, matter_id)
    SELECT gen_random_uuid(), record, record FROM unnest(one) AS record WHERE record IS NOT NULL
    ON CONFLICT (row_id) DO NOTHING;
    INSERT INTO access_tie (id, row_id, matter_id)
    SELECT DISTINCT ON (pairs.other) gen_random_uuid(), pairs.other, tie.matter_id
    FROM unnest(one, other) AS pairs (one, other) JOIN access_tie AS tie ON tie.row_id = pairs.one
    WHERE pairs.other IS NOT NULL ORDER BY pairs.other, tie.matter_id
    ON CONFLICT (row_id) DO NOTHING;
    FOR pair IN
        SELECT pairs.one, pairs.other FROM unnest(one, other) AS pairs (one, other)
        JOIN access_tie AS first ON first.row_id = pairs.one JOIN access_tie AS second ON second.row_id = pairs.other
        WHERE first.matter_id <> second.matter_id
    LOOP
        SELECT matter_id INTO kept FROM access_tie WHERE row_id = pair.one;
        SELECT matter_id INTO gone FROM access_tie WHERE row_id = pair.other;
        CONTINUE WHEN kept = gone;
        UPDATE access_tie SET matter_id = kept WHERE matter_id = gone;
        UPDATE access_seal SET matter_id = kept WHERE matter_id = gone;
        PERFORM access.draw_blocks_of_matters(ARRAY[kept, gone]);
    END LOOP;
END $$;

CREATE FUNCTION access.name_all(records uuid[], persons uuid[], accused boolean[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
DECLARE
    touched uuid[];
BEGIN
    PERFORM access.hold_matters();
    INSERT INTO access_tie (id, row_id, matter_id)
    SELECT gen_random_uuid(), record, record FROM (SELECT DISTINCT unnest(records) AS record) AS named
    ON CONFLICT (row_id) DO NOTHING;
    INSERT INTO access_party (id, row_id, person_id, is_accused)
    SELECT gen_random_uuid(), named.record, named.person, named.accused
    FROM unnest(records, persons, accused) AS named (record, person, accused)
    ON CONFLICT (row_id, person_id, is_accused) DO NOTHING;
    SELECT array_agg(DISTINCT tie.matter_id) INTO touched
    FROM unnest(records, persons) AS named (record, person)
    JOIN access_tie AS tie ON tie.row_id = named.record
    WHERE EXISTS (SELECT 1 FROM access_circle AS circle WHERE circle.person_id = named.person)
    OR EXISTS (SELECT 1 FROM access_declared AS declared WHERE declared.row_id IS NOT NULL AND declared.lifted_at IS NULL);
    IF touched IS NOT NULL THEN
        PERFORM access.draw_blocks_of_matters(touched);
    END IF;
END $$;

CREATE FUNCTION access.shut_glass() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog, pg_temp AS $$
BEGIN
    UPDATE access_glass SET ended_at = now() WHERE account_id = ANY(access.people()) AND ended_at IS NULL AND until >= now();
END $$;

REVOKE ALL ON FUNCTION access.draw_blocks_of_people(bigint[]), access.draw_blocks_of_matters(uuid[]),
    access.tie_all(uuid[], uuid[]), access.name_all(uuid[], uuid[], boolean[]) FROM PUBLIC;
"""

BACKWARD = """
DROP FUNCTION access.shut_glass(), access.name_all(uuid[], uuid[], boolean[]), access.tie_all(uuid[], uuid[]),
    access.tie(uuid), access.draw_blocks_of_matters(uuid[]), access.draw_blocks_of_people(bigint[]);
DROP VIEW access.implied;
DROP FUNCTION access.hold_matters(), access.stands_near(uuid[], uuid[]), access.admitted(uuid), access.barred(uuid, bigint[]), access.opened() CASCADE;
DROP FUNCTION access.opened_to(bigint[]), access.closed() CASCADE;
DROP FUNCTION access.closed_to(bigint[]), access.check_asker(bigint[]), access.people();
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0003_matters")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
