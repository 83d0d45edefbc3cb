"""To which seat a duty belongs that another has; what a competent authority decided of it."""

import django.db.models.deletion
from django.db import migrations, models

import maiam.platform.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_set_up_codes"),
        ("duties", "0003_excuses"),
    ]

    operations = [
        migrations.AddField(
            model_name="obligation",
            name="meant_post",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="accounts.post",
            ),
        ),
        migrations.CreateModel(
            name="DecisionAbove",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("authority", models.CharField(max_length=200)),
                ("number", models.CharField(max_length=60)),
                ("decided_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("by_name", models.CharField(max_length=120)),
                (
                    "by_post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "obligation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision_above",
                        to="duties.obligation",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
    ]
