"""A table of a question of the province is named after its questionnaire and its question."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_initial")]

    operations = [
        migrations.AlterField("closedtable", "code", models.CharField(max_length=100)),
    ]
