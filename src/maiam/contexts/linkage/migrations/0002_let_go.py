"""Let what the nightly search suggested go with people of a list that is taken back, where nobody has looked at it yet.

Nobody deletes; this function does, within the reach of who keeps the register. A pair that was judged stays, and so
do its people.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION linkage_let_go(people uuid[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE
    reach bigint[] := access.communes();
    gone integer;
BEGIN
    IF NOT access.may('families.household.edited') THEN
        RAISE EXCEPTION 'only who keeps the register takes back' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM linkage_candidatepair
    WHERE (one_id = ANY(people) AND (access.everywhere() OR one_commune_id = ANY(reach))
            OR other_id = ANY(people) AND (access.everywhere() OR other_commune_id = ANY(reach)))
        AND state IN ('open', 'gone') AND judged_at IS NULL AND merge_id IS NULL;
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("linkage", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION linkage_let_go(uuid[])")]
