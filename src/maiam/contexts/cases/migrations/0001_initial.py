import datetime

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
import django.db.models.lookups
from django.conf import settings
from django.db import migrations, models

import maiam.platform.ids
import maiam.platform.ranges
from maiam.contexts.cases.models import no_contact


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("families", "0002_search"),
        ("places", "0001_initial"),
        ("reports", "0002_kept_as_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Case",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("number", models.PositiveIntegerField()),
                ("person_name", models.CharField(max_length=300)),
                ("status", models.CharField(default="new", max_length=16)),
                ("opened_at", models.DateTimeField()),
                (
                    "commune",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.person"
                    ),
                ),
                (
                    "responsible_post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.village",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("commune", "year", "number"), name="case_code_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "closed"), _negated=True),
                        fields=("commune", "person"),
                        name="case_open_once_for_person",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["new", "assessing", "active", "watch", "close_proposed", "closed"])
                        ),
                        name="case_status_known",
                    ),
                ],
                "indexes": [
                    models.Index(fields=["commune", "-opened_at", "-id"], name="case_of_commune"),
                    models.Index(fields=["commune", "status", "-opened_at", "-id"], name="case_by_status"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("status", models.CharField(max_length=16)),
                ("at", models.DateTimeField()),
                ("reason_sealed", models.BinaryField(blank=True, null=True)),
                (
                    "by_account",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "by_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="cases.case"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["case", "-at", "-id"], name="step_of_case"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("occurred_at", models.DateTimeField()),
                ("precision", models.CharField(max_length=8)),
                ("is_approximate", models.BooleanField(default=False)),
                ("regime", models.CharField(max_length=20)),
                (
                    "kinds",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=10), size=None),
                ),
                ("injury", models.CharField(default="unknown", max_length=12)),
                ("weapon", models.CharField(default="unknown", max_length=20)),
                ("alcohol", models.CharField(default="unknown", max_length=8)),
                ("children_present", models.CharField(default="unknown", max_length=8)),
                ("verification", models.CharField(default="reported", max_length=16)),
                ("place_sealed", models.BinaryField(blank=True, null=True)),
                ("story_sealed", models.BinaryField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "commune",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
                (
                    "recorded_by_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "village",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.village",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("occurred_at__lte", models.F("recorded_at"))), name="incident_not_ahead"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["commune", "-occurred_at"], name="incident_of_commune"),
                    models.Index(fields=["village", "-occurred_at"], name="incident_of_village"),
                ],
            },
        ),
        migrations.CreateModel(
            name="CaseIncident",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="incident_links", to="cases.case"
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="case_links", to="cases.incident"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("case", "incident"), name="incident_once_in_case"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentAct",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("code", models.CharField(max_length=20)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="acts", to="cases.incident"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("incident", "code"), name="act_once_in_incident"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentParty",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("birth_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("role", models.CharField(max_length=16)),
                ("was_child", models.BooleanField(null=True)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="parties", to="cases.incident"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("incident", "person"), name="party_once_in_incident"),
                ],
                "indexes": [
                    models.Index(fields=["person", "role"], name="party_by_person"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentRelation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("relation", models.CharField(max_length=24)),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="relations", to="cases.incident"
                    ),
                ),
                (
                    "perpetrator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.incidentparty"
                    ),
                ),
                (
                    "victim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.incidentparty"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("perpetrator", "victim"), name="relation_once_for_pair"),
                ],
            },
        ),
        migrations.CreateModel(
            name="IncidentReport",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("relation", models.CharField(max_length=12)),
                ("linked_at", models.DateTimeField()),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="report_links", to="cases.incident"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="reports.report"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("incident", "report"), name="report_once_in_incident"),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoContact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("victim_name", models.CharField(max_length=300)),
                ("victim_birth_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("perpetrator_name", models.CharField(max_length=300)),
                ("perpetrator_birth_year", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("perpetrator_residence", models.CharField(blank=True, max_length=300)),
                ("relation", models.CharField(max_length=24)),
                ("ground", models.CharField(default="REQUESTED", max_length=12)),
                ("state", models.CharField(default="requested", max_length=12)),
                ("requested_at", models.DateTimeField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("starts_at", models.DateTimeField(blank=True, null=True)),
                ("ends_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_at", models.DateTimeField(blank=True, null=True)),
                ("reason_sealed", models.BinaryField(blank=True, null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="no_contacts", to="cases.case"
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="cases.nocontact",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.incident"
                    ),
                ),
                (
                    "perpetrator",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.person"
                    ),
                ),
                (
                    "victim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.person"
                    ),
                ),
                (
                    "victim_commune",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
                (
                    "victim_village",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.village",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["requested", "refused", "in_force", "ended", "cancelled", "superseded"])
                        ),
                        name="no_contact_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__gt", models.F("starts_at")),
                            (
                                "ends_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_at"), "+", models.Value(datetime.timedelta(days=3))
                                ),
                            ),
                        ),
                        name="no_contact_term_is_lawful",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ground", "LIFE_THREAT"),
                            models.Q(("ground", "REQUESTED"), ("requested_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="no_contact_asked_or_life_threat",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("requested_at__isnull", True),
                            ("requested_at__lte", models.F("recorded_at")),
                            _connector="OR",
                        ),
                        name="no_contact_known_before_recorded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True),
                                ("starts_at__isnull", True),
                                ("state", "requested"),
                                ("stopped_at__isnull", True),
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("starts_at__isnull", True),
                                ("state", "refused"),
                                ("stopped_at__isnull", True),
                            ),
                            models.Q(
                                ("state", "in_force"),
                                ("stopped_at__isnull", True),
                                ("decided_at__isnull", False),
                                ("ends_at__isnull", False),
                                ("starts_at__isnull", False),
                            ),
                            models.Q(
                                ("state__in", ["cancelled", "ended", "superseded"]),
                                ("stopped_at__isnull", False),
                                ("decided_at__isnull", False),
                                ("ends_at__isnull", False),
                                ("starts_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="no_contact_state_fits_its_moments",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_at__isnull", True),
                            models.Q(
                                ("decided_by__isnull", False),
                                ("decided_by_post__isnull", False),
                                ("reason_sealed__isnull", False),
                                django.db.models.lookups.GreaterThan(no_contact.Octets(models.F("reason_sealed")), 29),
                            ),
                            _connector="OR",
                        ),
                        name="no_contact_decided_by_someone",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("stopped_at__isnull", True),
                            models.Q(
                                ("stopped_at__gte", models.F("starts_at")), ("stopped_at__lte", models.F("ends_at"))
                            ),
                            _connector="OR",
                        ),
                        name="no_contact_stopped_within_term",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            ("stopped_at", models.F("ends_at")),
                            _connector="OR",
                        ),
                        name="no_contact_ended_at_its_end",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("victim", models.F("perpetrator")), _negated=True),
                        name="no_contact_two_people",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "requested")),
                        fields=("victim", "perpetrator"),
                        name="no_contact_one_request",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("victim", "perpetrator"),
                        name="no_contact_one_live_order",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("starts_at__isnull", False)),
                        expressions=[
                            (models.F("victim"), "="),
                            (models.F("perpetrator"), "="),
                            (
                                maiam.platform.ranges.TimeRange(
                                    models.F("starts_at"),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("stopped_at"), models.F("ends_at")
                                    ),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                ),
                                "&&",
                            ),
                        ],
                        name="no_contact_orders_never_overlap",
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "requested")),
                        fields=["commune", "requested_at"],
                        name="no_contact_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state", "in_force")),
                        fields=["commune", "ends_at"],
                        name="no_contact_in_force",
                    ),
                    models.Index(
                        condition=models.Q(("state", "in_force")),
                        fields=["victim_commune", "ends_at"],
                        name="no_contact_resident",
                    ),
                    models.Index(
                        condition=models.Q(("state", "in_force")), fields=["ends_at"], name="no_contact_to_end"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cancellation",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("ground", models.CharField(max_length=20)),
                ("requester", models.CharField(blank=True, max_length=16)),
                ("requester_name", models.CharField(blank=True, max_length=200)),
                ("requested_at", models.DateTimeField()),
                ("told_sealed", models.BinaryField(blank=True, null=True)),
                ("answer", models.CharField(default="waiting", max_length=10)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                ("reason_sealed", models.BinaryField(blank=True, null=True)),
                (
                    "answered_by_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "commune",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
                (
                    "no_contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cancellations", to="cases.nocontact"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answer", "waiting")),
                        fields=("no_contact",),
                        name="cancellation_asked_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer", "waiting"), ("answered_at__isnull", True)),
                            models.Q(("answer", "lapsed"), ("answered_at__isnull", False)),
                            models.Q(
                                ("answer__in", ["granted", "declined"]),
                                ("answered_at__isnull", False),
                                ("reason_sealed__isnull", False),
                                django.db.models.lookups.GreaterThan(no_contact.Octets(models.F("reason_sealed")), 29),
                            ),
                            _connector="OR",
                        ),
                        name="cancellation_answered_with_reasons",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Breach",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("occurred_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                ("told_sealed", models.BinaryField()),
                (
                    "recorded_by_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "no_contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="breaches", to="cases.nocontact"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("occurred_at__lte", models.F("recorded_at"))), name="breach_not_ahead"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoContactRequest",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("requester", models.CharField(max_length=16)),
                ("requester_name", models.CharField(max_length=300)),
                ("channel", models.CharField(max_length=12)),
                ("asked_at", models.DateTimeField()),
                ("told_sealed", models.BinaryField()),
                ("consent_by", models.CharField(blank=True, max_length=200)),
                ("consent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "commune",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
                (
                    "no_contact",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="request", to="cases.nocontact"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("requester", "competent_body"), _negated=True),
                            models.Q(("consent_at__isnull", False), models.Q(("consent_by", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="request_of_body_has_consent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberRegister",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("year", models.PositiveSmallIntegerField()),
                ("series", models.CharField(max_length=12)),
                ("last_number", models.PositiveIntegerField(default=0)),
                (
                    "commune",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("commune", "year", "series"), name="register_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="OfficialDocument",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(max_length=24)),
                ("year", models.PositiveSmallIntegerField()),
                ("symbol", models.CharField(max_length=12)),
                ("number", models.PositiveIntegerField()),
                ("issued_at", models.DateTimeField()),
                ("content_sealed", models.BinaryField()),
                ("content_sha256", models.CharField(max_length=64)),
                (
                    "commune",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
                (
                    "issued_by_post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.post"
                    ),
                ),
                (
                    "no_contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="cases.nocontact"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("commune", "year", "symbol", "number"), name="document_number_once"
                    ),
                ],
                "indexes": [
                    models.Index(fields=["no_contact", "issued_at"], name="document_of_no_contact"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("addressee", models.CharField(max_length=48)),
                ("method", models.CharField(max_length=18)),
                ("delivered_at", models.DateTimeField()),
                ("received_by", models.CharField(blank=True, max_length=200)),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "no_contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="cases.nocontact"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="cases.officialdocument",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("document", "addressee"), name="delivered_once"),
                    models.CheckConstraint(
                        condition=models.Q(("delivered_at__lte", models.F("recorded_at"))), name="delivery_not_ahead"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PermittedContact",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("reason", models.CharField(max_length=20)),
                ("notified_at", models.DateTimeField()),
                ("countersigned_at", models.DateTimeField()),
                ("countersigned_by", models.CharField(max_length=300)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("recorded_at", models.DateTimeField()),
                (
                    "no_contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="permitted_contacts",
                        to="cases.nocontact",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_at__gt", models.F("starts_at")),
                            (
                                "ends_at__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("starts_at"), "+", models.Value(datetime.timedelta(seconds=14400))
                                ),
                            ),
                        ),
                        name="contact_is_short",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("countersigned_at__gte", models.F("notified_at")),
                            ("countersigned_at__lte", models.F("starts_at")),
                        ),
                        name="contact_countersigned_first",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PerpetratorFile",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                (
                    "commune",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="families.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("commune", "person"), name="perpetrator_file_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Supervision",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("assigned_at", models.DateTimeField()),
                ("met_at", models.DateTimeField(blank=True, null=True)),
                ("plan_sealed", models.BinaryField(blank=True, null=True)),
                (
                    "assigned_by_post",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.post",
                    ),
                ),
                (
                    "no_contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="supervisions", to="cases.nocontact"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("met_at__isnull", True), ("met_at__gte", models.F("assigned_at")), _connector="OR"
                        ),
                        name="supervision_met_after_assigned",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Supervisor",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("name", models.CharField(max_length=300)),
                ("standing", models.CharField(max_length=300)),
                (
                    "supervision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="supervisors", to="cases.supervision"
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
    ]
