import django.db.models.deletion
from django.db import migrations, models

from maiam.contexts.places.rules import VillageKind


class Migration(migrations.Migration):
    dependencies = [("places", "0004_villages_keep_their_names")]

    operations = [
        migrations.AddField(
            model_name="village",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="places.village",
            ),
        ),
        migrations.AddField(
            model_name="formervillagename",
            name="kind",
            field=models.CharField(blank=True, choices=VillageKind.choices(), max_length=10),
        ),
    ]
