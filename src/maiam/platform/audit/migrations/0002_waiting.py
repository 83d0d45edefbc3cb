"""Every entry waits for its seal: a trigger says so, whoever inserted it."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION access.await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.audit_auditwaiting (entry_id) VALUES (NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER await_seal AFTER INSERT ON audit_auditentry
    FOR EACH ROW EXECUTE FUNCTION access.await_seal();
"""
BACKWARD = "DROP TRIGGER await_seal ON audit_auditentry; DROP FUNCTION access.await_seal();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
