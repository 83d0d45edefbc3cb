from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0002_forget_the_first_list")]

    operations = [
        migrations.AddField(model_name="unit", name="dates_are_exact", field=models.BooleanField(default=True)),
        migrations.AddField(model_name="unit", name="neighbours", field=models.ManyToManyField(to="places.unit")),
    ]
