from django.db import migrations

# The first list of units before July 2025 lacked codes and took ended units for standing ones. Nothing points
# at its rows but successions; `places load` fills in the better list. A row in use would stop this, loudly.
FORGET = "DELETE FROM places_succession; DELETE FROM places_unit WHERE valid_to IS NOT NULL;"


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [migrations.RunSQL(FORGET, migrations.RunSQL.noop)]
