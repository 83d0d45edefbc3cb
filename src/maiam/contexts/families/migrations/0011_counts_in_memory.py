"""Let a count of a whole province keep its groups in memory: with the server's usual 4 MB they went through the disk."""

from django.db import migrations

FUNCTIONS = ("families_count_households(date, bigint, integer, integer)", "families_count_people(date, bigint)")
IN_MEMORY = "".join(f"ALTER FUNCTION {function} SET work_mem = '128MB';" for function in FUNCTIONS)
AS_BEFORE = "".join(f"ALTER FUNCTION {function} RESET work_mem;" for function in FUNCTIONS)


class Migration(migrations.Migration):
    dependencies = [("families", "0010_search_by_words")]
    operations = [migrations.RunSQL(IN_MEMORY, AS_BEFORE)]
