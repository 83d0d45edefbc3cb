"""A request that a competent authority decided, because nobody free in the commune could, ends there and stays so."""

from django.conf import settings
from django.db import migrations, models

import maiam.contexts.measures.rules.states

KEEP = """
CREATE FUNCTION measures_keep_decided_above() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF OLD.state <> NEW.state AND (OLD.state = 'above' OR NEW.state = 'above' AND OLD.state <> 'requested') THEN
        RAISE EXCEPTION 'a measure goes forward only' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER kept_decided_above BEFORE UPDATE ON measures_measure
    FOR EACH ROW EXECUTE FUNCTION measures_keep_decided_above();
"""
FORGET = "DROP TRIGGER kept_decided_above ON measures_measure; DROP FUNCTION measures_keep_decided_above()"


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_saved_filters"),
        ("cases", "0006_decided_above"),
        ("families", "0012_counts_by_village"),
        ("measures", "0003_papers"),
        ("places", "0005_villages_merge"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="measure",
            name="measure_state_fits_its_moments",
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("requested_at__isnull", False),
                        ("state", maiam.contexts.measures.rules.states.State["REQUESTED"]),
                        models.Q(("decided_at__isnull", False), _negated=True),
                        ("starts_at__isnull", True),
                        ("stopped_at__isnull", True),
                    ),
                    models.Q(
                        (
                            "state__in",
                            [
                                maiam.contexts.measures.rules.states.State["REFUSED"],
                                maiam.contexts.measures.rules.states.State["ABOVE"],
                                maiam.contexts.measures.rules.states.State["ORDERED"],
                                maiam.contexts.measures.rules.states.State["SERVED"],
                            ],
                        ),
                        ("decided_at__isnull", False),
                        ("starts_at__isnull", True),
                        ("stopped_at__isnull", True),
                    ),
                    models.Q(
                        ("state", maiam.contexts.measures.rules.states.State["IN_FORCE"]),
                        ("decided_at__isnull", False),
                        models.Q(("starts_at__isnull", True), _negated=True),
                        ("stopped_at__isnull", True),
                    ),
                    models.Q(
                        ("state", maiam.contexts.measures.rules.states.State["ENDED"]),
                        ("decided_at__isnull", False),
                        models.Q(("starts_at__isnull", True), _negated=True),
                        models.Q(("stopped_at__isnull", True), _negated=True),
                    ),
                    models.Q(
                        (
                            "state__in",
                            [
                                maiam.contexts.measures.rules.states.State["CANCELLED"],
                                maiam.contexts.measures.rules.states.State["SUPERSEDED"],
                            ],
                        ),
                        ("decided_at__isnull", False),
                        models.Q(("stopped_at__isnull", True), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="measure_state_fits_its_moments",
            ),
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
