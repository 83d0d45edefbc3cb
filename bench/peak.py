"""`python -m bench.peak import LIST | export`: do one piece of long work and say how much memory it took, in MB.

A process of its own each time: what another piece of work once needed does not count here.
"""

import os
import sys
import tempfile
from pathlib import Path
from uuid import UUID

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "maiam.web.settings")
os.environ["MAIAM_DATABASE_ROLE"] = "owner"

import django

django.setup()

from bench import imports, world
from bench.effort import peak_mb
from maiam.contexts.exports import queries as exports
from maiam.contexts.exports.queries import Wanted
from maiam.contexts.exports.rules import COLUMNS, Kind
from maiam.platform.access import acting
from maiam.platform.sheets import Sheet, write_xlsx


def write_commune() -> None:
    """Write everybody of the officer's commune into an Excel file, as an export does."""
    officer, columns = world.officer(), list(COLUMNS[Kind.PEOPLE])
    with acting(officer), tempfile.TemporaryDirectory() as folder:
        rows = exports.rows(officer, Wanted(Kind.PEOPLE, officer.commune_ids[0]), columns)
        write_xlsx(Sheet("Danh sách", columns, rows), Path(folder) / "list.xlsx")


if __name__ == "__main__":
    if sys.argv[1] == "import":
        imports.work_through(UUID(sys.argv[2]))
    else:
        write_commune()
    print(peak_mb())
