"""A duty keeps its rule, subject and moments as they were first written, and its end is final."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION access.keep_duty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a duty is never deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (NEW.rule, NEW.subject_kind, NEW.subject_id, NEW.commune_id, NEW.owner_post_id, NEW.started_at, NEW.due_at,
        NEW.late_after) IS DISTINCT FROM
       (OLD.rule, OLD.subject_kind, OLD.subject_id, OLD.commune_id, OLD.owner_post_id, OLD.started_at, OLD.due_at,
        OLD.late_after) THEN
        RAISE EXCEPTION 'a duty is never re-dated or given to another' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.state <> 'running' THEN
        RAISE EXCEPTION 'the end of a duty is final' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keep_duty BEFORE UPDATE OR DELETE ON duties_obligation
    FOR EACH ROW EXECUTE FUNCTION access.keep_duty();
"""
BACKWARD = "DROP TRIGGER keep_duty ON duties_obligation; DROP FUNCTION access.keep_duty();"


class Migration(migrations.Migration):
    dependencies = [("duties", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
