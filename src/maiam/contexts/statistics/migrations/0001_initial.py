"""Tables of set days as they were counted."""

import django.db.models.deletion
from django.db import migrations, models

import maiam.platform.ids


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("places", "0005_villages_merge"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosedTable",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("code", models.CharField(max_length=40)),
                ("version", models.PositiveSmallIntegerField()),
                ("counted_at", models.DateTimeField()),
                ("counts", models.JSONField()),
                (
                    "province",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("province", "code", "version", "day"), name="table_closed_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClosedVillages",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("counts", models.JSONField()),
                (
                    "commune",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="villages",
                        to="statistics.closedtable",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("table", "commune"), name="villages_closed_once"),
                ],
            },
        ),
    ]
