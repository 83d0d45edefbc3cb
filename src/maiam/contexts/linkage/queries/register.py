"""The register as the model reads it: one row a person of today, streamed out of the database into columns.

Identity numbers stay sealed: only their keyed hashes are compared. Whoever asked that their data rest is left out.
"""

import io
from typing import Any

from django.db import connection

from maiam.contexts.places import queries as places
from maiam.contexts.places.models import Unit
from maiam.platform.access import Actor, Permission

# Row security holds in here as everywhere: only the house itself reads beyond its reach.
_ROWS = """
COPY (
    SELECT person.id::text AS record_id, person.full_name,
           CASE WHEN person.birth_is_approximate THEN person.birth_year::text
                ELSE concat_ws('-', person.birth_year, lpad(person.birth_month::text, 2, '0'),
                               lpad(person.birth_day::text, 2, '0')) END AS dob_text,
           CASE person.sex WHEN 'female' THEN 'F' WHEN 'male' THEN 'M' ELSE '' END AS sex,
           person.identity_number_index AS number_key, person.phone, person.ethnicity AS ethnic,
           person.commune_id::text AS commune_code, home.household_id::text AS household,
           CASE WHEN home.role = 'head' THEN 'head' ELSE '' END AS role, head.full_name AS head_name
    FROM families_person AS person
    LEFT JOIN LATERAL (
        SELECT stay.household_id, stay.role FROM families_householdmembership AS stay
        WHERE stay.person_id = person.id AND stay.ends_on IS NULL
        ORDER BY stay.is_permanent DESC, stay.starts_on DESC, stay.id LIMIT 1) AS home ON true
    LEFT JOIN families_householdmembership AS first
        ON first.household_id = home.household_id AND first.role = 'head' AND first.ends_on IS NULL
    LEFT JOIN families_person AS head ON head.id = first.person_id
    WHERE person.merged_into_id IS NULL AND person.erased_at IS NULL AND person.restricted_at IS NULL
) TO STDOUT (FORMAT csv, HEADER)
"""


def register_as_table(actor: Actor) -> Any:
    """Everyone within the actor's reach as an Arrow table of text, as `core.science.linkage` takes it."""
    import pyarrow as pa  # noqa: PLC0415 - only the nightly run needs it
    import pyarrow.csv as pa_csv  # noqa: PLC0415

    actor.require(Permission.KEEP_HOUSE)
    page = io.BytesIO()
    with connection.cursor() as cursor, cursor.copy(_ROWS) as rows:
        for row in rows:
            page.write(row)
    page.seek(0)
    names = page.readline().decode().strip().split(",")
    page.seek(0)
    options = pa_csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False)
    return pa_csv.read_csv(page, convert_options=options, parse_options=pa_csv.ParseOptions(newlines_in_values=True))


def communes_by_id(actor: Actor) -> dict[str, tuple[str, ...]]:
    """A commune that ended counts as those it became: their ids, by its own."""
    actor.require(Permission.KEEP_HOUSE)
    ended = Unit.objects.filter(level="commune", valid_to__isnull=False)
    found = {
        f":{unit.id}": tuple(str(later.id) for later in places.units_it_became(unit))
        for unit in ended.filter(id__in=_communes_lived_in())
    }
    return {spelling: ids for spelling, ids in found.items() if ids}


def _communes_lived_in() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT commune_id FROM families_person")
        return [row[0] for row in cursor.fetchall()]
