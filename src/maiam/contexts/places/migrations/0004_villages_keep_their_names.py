import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0003_dates_and_neighbours")]

    operations = [
        migrations.CreateModel(
            name="FormerVillageName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "village",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="former_names", to="places.village"
                    ),
                ),
                ("name", models.CharField(max_length=100)),
                ("folded_name", models.CharField(max_length=100)),
                ("used_until", models.DateField()),
            ],
        ),
        migrations.RemoveConstraint(model_name="village", name="village_ends_after_it_began"),
        migrations.AddConstraint(
            model_name="village",
            constraint=models.CheckConstraint(
                condition=models.Q(("valid_to__gte", models.F("valid_from"))), name="village_ends_not_before_it_began"
            ),
        ),
    ]
