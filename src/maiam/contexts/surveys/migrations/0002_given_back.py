"""A village handed in may be given back to its collector, with a reason."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]

    operations = [
        migrations.AddField("assignment", "given_back_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "assignment",
            "given_back_by",
            models.CharField(blank=True, max_length=120, default=""),
            preserve_default=False,
        ),
        migrations.AddField(
            "assignment",
            "given_back_why",
            models.CharField(blank=True, max_length=500, default=""),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            "assignment",
            models.CheckConstraint(
                name="given_back_with_a_reason",
                condition=Q(given_back_at__isnull=True, given_back_why="")
                | (Q(given_back_at__isnull=False) & ~Q(given_back_why="")),
            ),
        ),
    ]
