from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("rights", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="rightsstep",
            name="told",
            field=models.CharField(blank=True, default="", max_length=8),
        ),
    ]
