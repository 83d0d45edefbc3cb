"""A paper signed above is kept, served and may end one of the commune's own."""

import django.db.models.deletion
from django.db import migrations, models

import maiam.contexts.cases.rules.papers
import maiam.platform.ids


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_saved_filters"),
        ("cases", "0006_decided_above"),
        ("places", "0005_villages_merge"),
    ]

    operations = [
        migrations.CreateModel(
            name="PaperFromAbove",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("authority", models.CharField(max_length=200)),
                ("number_text", models.CharField(max_length=60)),
                ("issued_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.AddField(
            model_name="entryrevocation",
            name="by_other",
            field=models.CharField(blank=True, max_length=270),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="document",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="cases.officialdocument",
            ),
        ),
        migrations.AlterField(
            model_name="entryrevocation",
            name="by_entry",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="cases.registerentry",
            ),
        ),
        migrations.AddConstraint(
            model_name="entryrevocation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("by_entry__isnull", False), ("by_other", "")),
                    models.Q(("by_entry__isnull", True), models.Q(("by_other", ""), _negated=True)),
                    _connector="OR",
                ),
                name="revoked_by_one_paper",
            ),
        ),
        migrations.AddField(
            model_name="paperfromabove",
            name="no_contact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="papers_from_above", to="cases.nocontact"
            ),
        ),
        migrations.AddField(
            model_name="paperfromabove",
            name="recorded_by_post",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="paper_from_above",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="cases.paperfromabove",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("paper_from_above", "addressee"), name="above_delivered_once"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("document__isnull", False), ("paper_from_above__isnull", True)),
                    models.Q(("document__isnull", True), ("paper_from_above__isnull", False)),
                    _connector="OR",
                ),
                name="delivery_of_one_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperfromabove",
            constraint=models.UniqueConstraint(fields=("no_contact", "kind"), name="above_paper_once"),
        ),
        migrations.AddConstraint(
            model_name="paperfromabove",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            maiam.contexts.cases.rules.papers.DocumentKind["ORDER"],
                            maiam.contexts.cases.rules.papers.DocumentKind["REFUSAL"],
                            maiam.contexts.cases.rules.papers.DocumentKind["CANCELLATION"],
                            maiam.contexts.cases.rules.papers.DocumentKind["ASSIGNMENT"],
                        ],
                    )
                ),
                name="above_paper_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="paperfromabove",
            constraint=models.CheckConstraint(
                condition=models.Q(("issued_at__lte", models.F("recorded_at"))), name="above_paper_not_ahead"
            ),
        ),
    ]
