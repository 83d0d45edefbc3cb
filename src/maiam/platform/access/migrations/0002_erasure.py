"""Let an erasure by law write nothing over what a table kept, and take out what says nothing but a personal fact.

Only the house itself holds the power, under its signed context, after two people agreed (contexts/rights). The trail
is never touched: it holds ids, no values.
"""

from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION access.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_TABLE_NAME NOT LIKE 'audit%' AND access.may('rights.erasure.carried') THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% keeps every row as it was written', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE FUNCTION access.blank(kept regclass, owner_column text, owner uuid, nothing jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE
    sets text := (SELECT string_agg(format('%1$I = (jsonb_populate_record(NULL::%2$s, $2)).%1$I', name, kept), ', ')
                  FROM jsonb_object_keys(nothing) AS name);
    touched integer;
BEGIN
    IF NOT access.may('rights.erasure.carried') THEN
        RAISE EXCEPTION 'only an erasure two people agreed to writes over what was kept' USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('UPDATE %s SET %s WHERE %I = $1', kept, sets, owner_column) USING owner, nothing;
    GET DIAGNOSTICS touched = ROW_COUNT;
    RETURN touched;
END $$;

CREATE FUNCTION access.take_out(kept regclass, owner_column text, owner uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE
    touched integer;
BEGIN
    IF NOT access.may('rights.erasure.carried') THEN
        RAISE EXCEPTION 'only an erasure two people agreed to takes rows out' USING ERRCODE = 'insufficient_privilege';
    END IF;
    EXECUTE format('DELETE FROM %s WHERE %I = $1', kept, owner_column) USING owner;
    GET DIAGNOSTICS touched = ROW_COUNT;
    RETURN touched;
END $$;
"""

BACKWARD = """
DROP FUNCTION access.take_out(regclass, text, uuid);
DROP FUNCTION access.blank(regclass, text, uuid, jsonb);
CREATE OR REPLACE FUNCTION access.refuse_change() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% keeps every row as it was written', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("access", "0001_signed_context")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
