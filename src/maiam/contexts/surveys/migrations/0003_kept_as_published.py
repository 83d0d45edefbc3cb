"""The database keeps a published version of a questionnaire as it was published; what is asked anew is a new version."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION surveys_keep_as_published() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published version stays as it was published' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER kept_as_published BEFORE UPDATE OR DELETE ON surveys_questionnaireversion
FOR EACH ROW EXECUTE FUNCTION surveys_keep_as_published();
"""

BACKWARD = """
DROP TRIGGER kept_as_published ON surveys_questionnaireversion;
DROP FUNCTION surveys_keep_as_published();
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_given_back")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
