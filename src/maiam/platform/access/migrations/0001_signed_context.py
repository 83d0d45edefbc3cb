"""The functions by which row-level security learns who acts, and refuses what is not signed."""

from django.db import migrations

FORWARD = """
CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE SCHEMA access;
CREATE TABLE access.key (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    inner_pad bytea NOT NULL,
    outer_pad bytea NOT NULL
);

CREATE FUNCTION access.install_key(inner_pad bytea, outer_pad bytea) RETURNS void
LANGUAGE sql SET search_path = pg_catalog AS $$
    INSERT INTO access.key (inner_pad, outer_pad) VALUES ($1, $2)
    ON CONFLICT (only_one) DO UPDATE SET inner_pad = excluded.inner_pad, outer_pad = excluded.outer_pad
$$;
REVOKE ALL ON FUNCTION access.install_key(bytea, bytea) FROM PUBLIC;

CREATE FUNCTION access.moment() RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog AS $$
    SELECT pg_backend_pid() || '|' || (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint
$$;

CREATE FUNCTION access.context() RETURNS jsonb
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog AS $$
DECLARE
    stated text := current_setting('maiam.context', true);
    expected text;
BEGIN
    IF stated IS NULL OR stated = '' THEN
        RETURN NULL;
    END IF;
    SELECT encode(sha256(key.outer_pad || sha256(key.inner_pad
        || convert_to(access.moment() || '|' || substr(stated, 65), 'UTF8'))), 'hex')
    INTO expected FROM access.key;
    IF expected IS DISTINCT FROM left(stated, 64) THEN
        RAISE EXCEPTION 'the stated actor is not signed for this transaction' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN substr(stated, 65)::jsonb;
END $$;

CREATE FUNCTION access.may(permission text) RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN RETURN coalesce(access.context() -> 'may' ? permission, false); END $$;

CREATE FUNCTION access.everywhere() RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN RETURN coalesce((access.context() ->> 'everywhere')::boolean, false); END $$;

CREATE FUNCTION access.communes() RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN RETURN ARRAY(SELECT jsonb_array_elements_text(access.context() -> 'communes')::bigint); END $$;

CREATE FUNCTION access.villages() RETURNS bigint[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN RETURN CASE WHEN jsonb_typeof(access.context() -> 'villages') = 'array'
    THEN ARRAY(SELECT jsonb_array_elements_text(access.context() -> 'villages')::bigint) END; END $$;

CREATE FUNCTION access.held() RETURNS uuid[]
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN RETURN ARRAY(SELECT jsonb_array_elements_text(access.context() -> 'held')::uuid); END $$;

CREATE FUNCTION access.post() RETURNS bigint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog AS $$
BEGIN RETURN (access.context() ->> 'post')::bigint; END $$;

CREATE FUNCTION access.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% keeps every row as it was written', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""

BACKWARD = "DROP SCHEMA access CASCADE; DROP EXTENSION IF EXISTS btree_gist; DROP EXTENSION IF EXISTS pg_trgm;"


class Migration(migrations.Migration):
    initial = True
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
