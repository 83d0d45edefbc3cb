"""A line may be held because a worker has a list in hand that names the person."""

from django.db import migrations, models

NAME = "line_held_by_something"
BEFORE = ["kept_by_law", "open_change", "open_request", "open_duty"]


def held_by(holds):
    is_held = models.Q(("fate", "held"), ("hold__in", holds))
    return models.CheckConstraint(
        condition=models.Q(is_held, models.Q(models.Q(("fate", "held"), _negated=True), ("hold", "")), _connector="OR"),
        name=NAME,
    )


class Migration(migrations.Migration):
    dependencies = [("retention", "0001_initial")]
    operations = [
        migrations.RemoveConstraint(model_name="previewline", name=NAME),
        migrations.AddConstraint(model_name="previewline", constraint=held_by([*BEFORE, "list_at_work"])),
    ]
