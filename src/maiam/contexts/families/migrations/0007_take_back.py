"""Let rows that a list brought in be taken out again, as long as nothing in the house leads to them.

Nobody deletes; this function does, for who may edit the register, within their reach, and only what is untouched:
every foreign key is asked at once, so that an event, a correction, a case or a report stops it.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION families_take_back(homes uuid[], people uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE
    reach bigint[] := access.communes();
BEGIN
    IF NOT access.may('families.household.edited') THEN
        RAISE EXCEPTION 'only who keeps the register takes back' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF access.villages() IS NOT NULL OR (NOT access.everywhere() AND EXISTS (
        SELECT 1 FROM families_household WHERE id = ANY(homes) AND NOT commune_id = ANY(reach)
        UNION ALL
        SELECT 1 FROM families_person WHERE id = ANY(people) AND NOT commune_id = ANY(reach))) THEN
        RAISE EXCEPTION 'out of reach' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF EXISTS (
        SELECT 1 FROM families_person WHERE id = ANY(people) AND (
            died_on IS NOT NULL OR merged_into_id IS NOT NULL OR restricted_at IS NOT NULL OR erased_at IS NOT NULL)
        UNION ALL
        SELECT 1 FROM families_householdmembership WHERE person_id = ANY(people) AND (
            ends_on IS NOT NULL OR opened_by_id IS NOT NULL OR NOT household_id = ANY(homes) AND household_id IN (
                SELECT id FROM families_household WHERE dissolved_on IS NOT NULL))) THEN
        RAISE EXCEPTION 'changed since' USING ERRCODE = 'foreign_key_violation';
    END IF;
    SET CONSTRAINTS ALL IMMEDIATE;
    DELETE FROM families_householdmembership WHERE person_id = ANY(people);
    DELETE FROM families_formernumber WHERE person_id = ANY(people);
    DELETE FROM families_person WHERE id = ANY(people);
    DELETE FROM families_household WHERE id = ANY(homes);
    SET CONSTRAINTS ALL DEFERRED;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("families", "0006_households_through_time")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION families_take_back(uuid[], uuid[])")]
