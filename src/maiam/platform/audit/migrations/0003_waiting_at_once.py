"""Let all entries of one statement await their seal by one more statement, not one each."""

from importlib import import_module

from django.db import migrations

ONE_BY_ONE = import_module("maiam.platform.audit.migrations.0002_waiting")
AT_ONCE = """
CREATE FUNCTION access.await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO public.audit_auditwaiting (entry_id) SELECT id FROM written;
    RETURN NULL;
END $$;
CREATE TRIGGER await_seal AFTER INSERT ON audit_auditentry REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION access.await_seal();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_waiting")]
    operations = [migrations.RunSQL(ONE_BY_ONE.BACKWARD + AT_ONCE, ONE_BY_ONE.BACKWARD + ONE_BY_ONE.FORWARD)]
