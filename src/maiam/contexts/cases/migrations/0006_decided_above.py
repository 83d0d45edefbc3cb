"""A request may end as decided above: by a competent authority, because nobody free in the commune could."""

from django.conf import settings
from django.db import migrations, models

import maiam.contexts.cases.rules.no_contact


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_saved_filters"),
        ("cases", "0005_paper_register"),
        ("families", "0012_counts_by_village"),
        ("places", "0005_villages_merge"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="nocontact",
            name="no_contact_state_known",
        ),
        migrations.RemoveConstraint(
            model_name="nocontact",
            name="no_contact_state_fits_its_moments",
        ),
        migrations.AddConstraint(
            model_name="nocontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            maiam.contexts.cases.rules.no_contact.State["REQUESTED"],
                            maiam.contexts.cases.rules.no_contact.State["REFUSED"],
                            maiam.contexts.cases.rules.no_contact.State["ABOVE"],
                            maiam.contexts.cases.rules.no_contact.State["IN_FORCE"],
                            maiam.contexts.cases.rules.no_contact.State["ENDED"],
                            maiam.contexts.cases.rules.no_contact.State["CANCELLED"],
                            maiam.contexts.cases.rules.no_contact.State["SUPERSEDED"],
                        ],
                    )
                ),
                name="no_contact_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="nocontact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("starts_at__isnull", True),
                        ("state", maiam.contexts.cases.rules.no_contact.State["REQUESTED"]),
                        ("stopped_at__isnull", True),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("starts_at__isnull", True),
                        (
                            "state__in",
                            [
                                maiam.contexts.cases.rules.no_contact.State["ABOVE"],
                                maiam.contexts.cases.rules.no_contact.State["REFUSED"],
                            ],
                        ),
                        ("stopped_at__isnull", True),
                    ),
                    models.Q(
                        ("state", maiam.contexts.cases.rules.no_contact.State["IN_FORCE"]),
                        ("stopped_at__isnull", True),
                        ("decided_at__isnull", False),
                        ("ends_at__isnull", False),
                        ("starts_at__isnull", False),
                    ),
                    models.Q(
                        (
                            "state__in",
                            [
                                maiam.contexts.cases.rules.no_contact.State["CANCELLED"],
                                maiam.contexts.cases.rules.no_contact.State["ENDED"],
                                maiam.contexts.cases.rules.no_contact.State["SUPERSEDED"],
                            ],
                        ),
                        ("stopped_at__isnull", False),
                        ("decided_at__isnull", False),
                        ("ends_at__isnull", False),
                        ("starts_at__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="no_contact_state_fits_its_moments",
            ),
        ),
    ]
