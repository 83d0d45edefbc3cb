"""The database keeps a request as it was asked and an order as it was decided; a longer need is another order."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION cases_keep_as_decided() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a measure ends, it is never deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (OLD.id, OLD.case_id, OLD.incident_id, OLD.commune_id, OLD.victim_id, OLD.perpetrator_id, OLD.ground,
        OLD.requested_at, OLD.recorded_at)
       IS DISTINCT FROM
       (NEW.id, NEW.case_id, NEW.incident_id, NEW.commune_id, NEW.victim_id, NEW.perpetrator_id, NEW.ground,
        NEW.requested_at, NEW.recorded_at)
    THEN
        RAISE EXCEPTION 'a measure stays as it was asked for' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.decided_at IS NOT NULL AND
       (OLD.decided_at, OLD.decided_by_id, OLD.decided_by_post_id, OLD.starts_at, OLD.ends_at, OLD.reason_sealed,
        OLD.victim_name, OLD.perpetrator_name, OLD.perpetrator_residence, OLD.follows_id)
       IS DISTINCT FROM
       (NEW.decided_at, NEW.decided_by_id, NEW.decided_by_post_id, NEW.starts_at, NEW.ends_at, NEW.reason_sealed,
        NEW.victim_name, NEW.perpetrator_name, NEW.perpetrator_residence, NEW.follows_id)
    THEN
        RAISE EXCEPTION 'a decision stays as it was made' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.state NOT IN ('requested', 'in_force') AND (OLD.state, OLD.stopped_at) IS DISTINCT FROM (NEW.state, NEW.stopped_at)
       OR OLD.state = 'in_force' AND NEW.state IN ('requested', 'refused')
    THEN
        RAISE EXCEPTION 'a measure goes forward only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER kept_as_decided BEFORE UPDATE OR DELETE ON cases_nocontact
FOR EACH ROW EXECUTE FUNCTION cases_keep_as_decided();
"""

BACKWARD = """
DROP TRIGGER kept_as_decided ON cases_nocontact;
DROP FUNCTION cases_keep_as_decided();
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
