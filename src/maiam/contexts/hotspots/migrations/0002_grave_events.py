from django.db import migrations, models

from maiam.contexts.hotspots.rules.alerts import Kind
from maiam.contexts.hotspots.rules.detect import Stage


class Migration(migrations.Migration):
    dependencies = [("hotspots", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="alert", name="alert_kind_known"),
        migrations.AddConstraint(
            model_name="alert",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [Kind.AREA, Kind.COMMUNE, Kind.GRAVE])), name="alert_kind_known"
            ),
        ),
        migrations.RemoveConstraint(model_name="run", name="run_stage_known"),
        migrations.AddConstraint(
            model_name="run",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        [
                            Stage.READ,
                            Stage.SCAN,
                            Stage.GRAVE,
                            Stage.LOCAL,
                            Stage.UNITS,
                            Stage.NEAR,
                            Stage.SILENT,
                            Stage.ALERTS,
                        ],
                    )
                ),
                name="run_stage_known",
            ),
        ),
    ]
