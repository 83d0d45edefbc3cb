"""Stays, kinship and addresses remember when they were told; events are told once; former numbers are kept."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import maiam.contexts.families.rules.events
import maiam.contexts.families.rules.households
import maiam.platform.ids
import maiam.platform.ranges

TEMPORARY_STAYS = """
UPDATE families_householdmembership SET residence = 'temporary' WHERE NOT is_permanent;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0005_merge_record"),
        ("places", "0005_villages_merge"),
    ]

    operations = [
        migrations.CreateModel(
            name="EventPart",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        choices=[
                            ("child", "con"),
                            ("mother", "mẹ"),
                            ("father", "cha"),
                            ("deceased", "người mất"),
                            ("spouse", "vợ, chồng"),
                            ("mover", "người chuyển"),
                            ("new_head", "chủ hộ mới"),
                            ("old_head", "chủ hộ cũ"),
                            ("member", "người trong hộ"),
                            ("kin", "người thân"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FamilyEvent",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("birth", "Sinh"),
                            ("death", "Mất"),
                            ("marriage", "Kết hôn"),
                            ("divorce", "Ly hôn"),
                            ("move_in", "Chuyển đến"),
                            ("move_out", "Chuyển đi"),
                            ("household_moved", "Hộ đổi chỗ ở"),
                            ("split", "Tách hộ"),
                            ("merge", "Nhập hộ"),
                            ("dissolve", "Xóa hộ"),
                            ("head_change", "Đổi chủ hộ"),
                            ("stay_change", "Đổi vai trong hộ, cư trú"),
                            ("correction", "Sửa lần ở đã ghi sai"),
                            ("revocation", "Rút lại việc đã ghi nhầm"),
                        ],
                        max_length=20,
                    ),
                ),
                ("happened_on", models.DateField()),
                ("recorded_at", models.DateTimeField()),
                ("recorded_by", models.CharField(max_length=120)),
                ("note", models.CharField(blank=True, max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="FormerAddress",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True)),
                ("recorded_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_end", models.DateField(blank=True, null=True)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("ends_on", models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name="FormerNumber",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=maiam.platform.ids.new_id, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("kind", models.CharField(choices=[("cmnd", "CMND"), ("cccd", "CCCD")], max_length=4)),
                ("number_sealed", models.BinaryField()),
                ("number_index", models.CharField(max_length=64)),
                ("recorded_at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="householdmembership",
            name="household_has_one_head",
        ),
        migrations.AddField(
            model_name="householdmembership",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="householdmembership",
            name="recorded_at",
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AddField(
            model_name="householdmembership",
            name="residence",
            field=models.CharField(
                choices=[("permanent", "Thường trú"), ("temporary", "Tạm trú"), ("absent", "Tạm vắng")],
                db_default=maiam.contexts.families.rules.households.Residence["PERMANENT"],
                default=maiam.contexts.families.rules.households.Residence["PERMANENT"],
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="householdmembership",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="householdmembership",
            name="withdrawn_end",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="kinship",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="kinship",
            name="recorded_at",
            field=models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
        ),
        migrations.AddField(
            model_name="kinship",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="kinship",
            name="withdrawn_end",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AlterField(
            model_name="householdmembership",
            name="is_permanent",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="eventpart",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="events", to="families.person"
            ),
        ),
        migrations.AddField(
            model_name="familyevent",
            name="commune",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
        ),
        migrations.AddField(
            model_name="familyevent",
            name="household",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="families.household",
            ),
        ),
        migrations.AddField(
            model_name="familyevent",
            name="other_household",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="families.household",
            ),
        ),
        migrations.AddField(
            model_name="familyevent",
            name="revokes",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revocation",
                to="families.familyevent",
            ),
        ),
        migrations.AddField(
            model_name="familyevent",
            name="village",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.village",
            ),
        ),
        migrations.AddField(
            model_name="eventpart",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="parts", to="families.familyevent"
            ),
        ),
        migrations.AddField(
            model_name="householdmembership",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="families.familyevent",
            ),
        ),
        migrations.AddField(
            model_name="householdmembership",
            name="opened_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="families.familyevent",
            ),
        ),
        migrations.AddField(
            model_name="kinship",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="families.familyevent",
            ),
        ),
        migrations.AddField(
            model_name="kinship",
            name="opened_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="families.familyevent",
            ),
        ),
        migrations.RunSQL(TEMPORARY_STAYS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="householdmembership",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_permanent", False),
                    models.Q(
                        ("residence", maiam.contexts.families.rules.households.Residence["TEMPORARY"]), _negated=True
                    ),
                    _connector="OR",
                ),
                name="temporary_is_no_permanent_home",
            ),
        ),
        migrations.AddConstraint(
            model_name="householdmembership",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("role", maiam.contexts.families.rules.households.MemberRole["HEAD"])),
                expressions=[
                    ("household", "="),
                    (maiam.platform.ranges.DateRange("starts_on", "ends_on"), "&&"),
                ],
                name="household_has_one_head",
            ),
        ),
        migrations.AddConstraint(
            model_name="kinship",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="kinship_ends_after_it_began"
            ),
        ),
        migrations.AddField(
            model_name="formeraddress",
            name="commune",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="places.unit"),
        ),
        migrations.AddField(
            model_name="formeraddress",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="families.familyevent",
            ),
        ),
        migrations.AddField(
            model_name="formeraddress",
            name="household",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="former_addresses", to="families.household"
            ),
        ),
        migrations.AddField(
            model_name="formeraddress",
            name="opened_by",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="families.familyevent",
            ),
        ),
        migrations.AddField(
            model_name="formeraddress",
            name="village",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="places.village",
            ),
        ),
        migrations.AddField(
            model_name="formernumber",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="former_numbers", to="families.person"
            ),
        ),
        migrations.AddIndex(
            model_name="familyevent",
            index=models.Index(fields=["commune", "kind", "happened_on"], name="event_of_commune"),
        ),
        migrations.AddConstraint(
            model_name="familyevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", maiam.contexts.families.rules.events.EventKind["REVOCATION"]),
                        ("revokes__isnull", False),
                    ),
                    models.Q(
                        models.Q(("kind", maiam.contexts.families.rules.events.EventKind["REVOCATION"]), _negated=True),
                        ("revokes__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="only_a_revocation_revokes",
            ),
        ),
        migrations.AddConstraint(
            model_name="familyevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("revokes", models.F("id")), _negated=True), name="nothing_revokes_itself"
            ),
        ),
        migrations.AddConstraint(
            model_name="eventpart",
            constraint=models.UniqueConstraint(fields=("event", "person"), name="one_part_in_an_event"),
        ),
        migrations.AddConstraint(
            model_name="formeraddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="address_ends_after_it_began"
            ),
        ),
        migrations.AddConstraint(
            model_name="formeraddress",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("household", "="),
                    (maiam.platform.ranges.DateRange("starts_on", "ends_on"), "&&"),
                ],
                name="household_stands_in_one_place",
            ),
        ),
        migrations.AddIndex(
            model_name="formernumber",
            index=models.Index(fields=["number_index"], name="person_by_former_number"),
        ),
        migrations.AddConstraint(
            model_name="formernumber",
            constraint=models.UniqueConstraint(fields=("person", "number_index"), name="former_number_once"),
        ),
    ]
