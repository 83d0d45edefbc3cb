"""A gateway's word moves a message on: arrived, or lost and in a colleague's hands."""

from django.db import migrations, models

_HEAD = """
CREATE OR REPLACE FUNCTION contacts_keep_messages() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a message is never deleted' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (OLD.id, OLD.recipient_kind, OLD.recipient_id, OLD.record_kind, OLD.record_id, OLD.purpose, OLD.way, OLD.key,
        OLD.asked_at, OLD.worth_until)
       IS DISTINCT FROM
       (NEW.id, NEW.recipient_kind, NEW.recipient_id, NEW.record_kind, NEW.record_id, NEW.purpose, NEW.way, NEW.key,
        NEW.asked_at, NEW.worth_until)
    THEN
        RAISE EXCEPTION 'a message stays as it was asked for' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.state <> NEW.state AND {stays}
    THEN
        RAISE EXCEPTION 'a message goes forward only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
"""
FORWARD = _HEAD.format(
    stays="""NOT (
        OLD.state = 'waiting' AND NEW.state IN ('sent', 'by_person', 'told', 'dropped')
        OR OLD.state = 'sent' AND NEW.state IN ('delivered', 'by_person')
        OR OLD.state = 'by_person' AND NEW.state IN ('told', 'dropped', 'delivered'))"""
)
BACKWARD = _HEAD.format(
    stays="""(OLD.state IN ('sent', 'told', 'dropped')
        OR NOT (OLD.state = 'waiting' OR NEW.state IN ('told', 'dropped')))"""
)
STATES = ("waiting", "sent", "delivered", "by_person", "told", "dropped")
RESULTS = ("sent", "delivered", "lost", "refused", "failed", "told", "not_reached", "number_shown")


class Migration(migrations.Migration):
    dependencies = [("contacts", "0002_who_is_near")]

    operations = [
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RemoveConstraint(model_name="message", name="message_state_known"),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", list(STATES))), name="message_state_known"
            ),
        ),
        migrations.RemoveConstraint(model_name="attempt", name="attempt_result_known"),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("result__in", list(RESULTS))), name="attempt_result_known"
            ),
        ),
    ]
