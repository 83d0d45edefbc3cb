"""Answers stay as they were signed; and the count by which the tool is judged, which names nobody."""

from django.db import migrations

KEEP = """
CREATE FUNCTION risk_keep_as_signed() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'DELETE' OR
       (OLD.case_id, OLD.version, OLD.answers_sealed, OLD.note_sealed, OLD.level, OLD.grave_least, OLD.repeat_least,
        OLD.signed_at, OLD.signed_by_account_id)
       IS DISTINCT FROM
       (NEW.case_id, NEW.version, NEW.answers_sealed, NEW.note_sealed, NEW.level, NEW.grave_least, NEW.repeat_least,
        NEW.signed_at, NEW.signed_by_account_id)
    THEN
        RAISE EXCEPTION 'an assessment stays as it was signed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_as_signed BEFORE UPDATE OR DELETE ON risk_riskassessment
    FOR EACH ROW EXECUTE FUNCTION risk_keep_as_signed();
"""
FORGET_KEEP = "DROP TRIGGER keep_as_signed ON risk_riskassessment; DROP FUNCTION risk_keep_as_signed()"

FOLLOW = """
CREATE FUNCTION risk_followed(signed_until timestamptz, followed_days integer)
RETURNS TABLE (level varchar, repeated boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_catalog AS $$
    SELECT assessment.level, EXISTS (
        SELECT 1 FROM cases_caseincident AS link JOIN cases_incident AS incident ON incident.id = link.incident_id
        WHERE link.case_id = assessment.case_id
          AND incident.occurred_at > assessment.signed_at
          AND incident.occurred_at <= assessment.signed_at + make_interval(days => followed_days))
    FROM risk_riskassessment AS assessment
    WHERE access.may('overview.province.viewed')
      AND assessment.state IN ('in_force', 'superseded')
      AND assessment.signed_at <= signed_until
      AND (access.everywhere() OR assessment.commune_id = ANY (access.communes()))
$$;
"""
FORGET_FOLLOW = "DROP FUNCTION risk_followed(timestamptz, integer)"


class Migration(migrations.Migration):
    dependencies = [("risk", "0001_initial"), ("cases", "0002_kept_as_decided")]
    operations = [migrations.RunSQL(KEEP, FORGET_KEEP), migrations.RunSQL(FOLLOW, FORGET_FOLLOW)]
