"""A whole list that leaves: asked for, agreed to, made and sealed, fetched piece by piece, as another system does.

Memory is the peak of a process that does nothing else: for a list of one village, and for one of the whole commune.
The floor of the time is one read of the same columns by bare SQL, row by row, as the owner.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from time import perf_counter

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maiam.web.settings")
    os.environ["MAIAM_DATABASE_ROLE"] = "owner"

    import django

    django.setup()

from django.utils import timezone

from bench import database, world
from bench.effort import peak_mb
from bench.table import Row
from maiam.contexts.exports import queries, services
from maiam.contexts.exports.queries import Wanted
from maiam.contexts.exports.rules import COLUMNS, FileType, Kind
from maiam.contexts.places import queries as places
from maiam.platform.access import Actor, acting

PURPOSE = "Đo bộ nhớ khi lập danh sách."
FLOOR = """
SELECT person.full_name, person.sex, person.birth_year, person.birth_month, person.birth_day, village.name, home.code,
       stay.role, person.ethnicity, person.phone, person.id
FROM families_person AS person
LEFT JOIN places_village AS village ON village.id = person.village_id
LEFT JOIN families_householdmembership AS stay ON stay.person_id = person.id AND stay.ends_on IS NULL
LEFT JOIN families_household AS home ON home.id = stay.household_id
WHERE person.commune_id = %s AND person.merged_into_id IS NULL AND person.erased_at IS NULL AND person.died_on IS NULL
ORDER BY village.name, person.sort_key, person.id
"""


def rows() -> Iterator[Row]:
    commune_id = world.officer().commune_ids[0]
    floor = _bare(commune_id)
    for file_type in FileType:
        few, many = (_apart(file_type, village_id) for village_id in (_village(commune_id), None))
        what = f"a list of {many.rows:,} people, {file_type}"
        yield Row(f"{what}, made and fetched", many.rows / many.seconds, many.rows / floor, "rows/s", True)
        yield Row(f"{what}, peak memory beside {few.rows:,} people", many.peak_mb, few.peak_mb, "MB")


class Taken:
    """What one list took, as its process told."""

    def __init__(self, said: str) -> None:
        rows, seconds, peak_mb = said.split()[-3:]
        self.rows, self.seconds, self.peak_mb = int(rows), float(seconds), float(peak_mb)


def _apart(file_type: FileType, village_id: int | None) -> Taken:
    command = [sys.executable, "-m", "bench.exports", file_type, str(village_id or "")]
    return Taken(subprocess.run(command, check=True, capture_output=True, text=True, cwd=database.ROOT).stdout)


def _village(commune_id: int) -> int:
    return places.villages_of(commune_id)[0].id


def _bare(commune_id: int) -> float:
    with database.bare() as raw:
        began = perf_counter()
        with raw.transaction(), raw.cursor(name="floor") as cursor:
            cursor.execute(FLOOR, [commune_id])
            for _ in cursor:
                pass
        return perf_counter() - began


def make_and_fetch(file_type: FileType, village_id: int | None) -> int:
    """Everything an officer, the chairman, the worker and the machine do, each commit of theirs; return the rows."""
    officer, chairman, house, now = world.officer(), world.chairman(), Actor.system("exports"), timezone.now()
    asked = services.Asked(
        wanted=Wanted(Kind.PEOPLE, officer.commune_ids[0], village_id),
        columns=list(COLUMNS[Kind.PEOPLE]),
        file_type=file_type,
        purpose=PURPOSE,
    )
    with acting(officer):
        row = services.ask_export(actor=officer, asked=asked, now=now)
    with acting(chairman):
        services.decide_export(actor=chairman, export_id=row.id, agrees=True, reason="", now=now)
    with acting(house):
        services.make_next_export(actor=house, now=now)
    with acting(officer):
        services.fetch_export(actor=officer, export_id=row.id, now=now)
        pieces = queries.parts(officer, row.id, now)
    if not sum(len(piece) for piece in pieces):
        raise AssertionError("nothing was fetched")
    return row.rows


if __name__ == "__main__":
    began = perf_counter()
    told = make_and_fetch(FileType(sys.argv[1]), int(sys.argv[2]) if sys.argv[2] else None)
    print(told, perf_counter() - began, peak_mb())
