"""A decision made above says what was decided, in which minute, until when."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_saved_filters"),
        ("duties", "0004_handed_up"),
    ]

    operations = [
        migrations.AddField(
            model_name="decisionabove",
            name="ends_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="decisionabove",
            name="outcome",
            field=models.CharField(blank=True, max_length=24),
        ),
        migrations.AddField(
            model_name="decisionabove",
            name="signed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="decisionabove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends_at__isnull", True), ("outcome", ""), ("signed_at__isnull", True)),
                    models.Q(
                        models.Q(("outcome", ""), _negated=True),
                        ("signed_at__isnull", False),
                        ("signed_at__lte", models.F("recorded_at")),
                    ),
                    _connector="OR",
                ),
                name="above_outcome_has_its_minute",
            ),
        ),
        migrations.AddConstraint(
            model_name="decisionabove",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__isnull", True), ("ends_at__gt", models.F("signed_at")), _connector="OR"),
                name="above_ends_after_signing",
            ),
        ),
    ]
