"""Who reaches which rows, asked of the database itself: the same answer as the screens give."""

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from maiam.contexts.reports.rules.draft import Reporter
from maiam.platform.access import Actor, acting

from .conftest import picture

TABLES = (
    "reports_report",
    "reports_reporteridentity",
    "reports_receipt",
    "reports_filing",
    "reports_reportmessage",
    "reports_attachment",
    "reports_triagedecision",
    "reports_contactattempt",
    "reports_placement",
)
OF_LAN = {"reports_report": 1, "reports_reporteridentity": 1, "reports_attachment": 1}
OF_CHAIRWOMAN = {"reports_report": 1, "reports_attachment": 1}


@pytest.fixture
def whole(file_as, police_chief, lan, chairwoman):
    """A report the police took, with its reporter and a picture."""
    return file_as(
        police_chief,
        receiving_address="police_border",
        reporter=Reporter(full_name="Thị Mai"),
        pictures=(picture(),),
    )


def counts(actor: Actor) -> dict[str, int]:
    """What this actor's raw queries find, table by table; empty ones left out."""
    found = {}
    with acting(actor), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT count(*) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return {table: count for table, count in found.items() if count}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("lan", OF_LAN),
        ("chairwoman", OF_CHAIRWOMAN),
        ("police_chief", {"reports_report": 1}),
        ("binh", {}),
        ("village_head", {}),
        ("hung", {}),
        ("operator", {}),
        ("mai", {}),
        ("province_leader", {}),
        ("inspector", {}),
        ("administrator", {}),
    ],
)
def test_each_sees_their_part_and_nothing_else(request, whole, who, expected):
    assert counts(request.getfixturevalue(who)) == expected


def test_the_public_sees_nothing_not_even_what_it_just_wrote(whole):
    assert counts(Actor.public()) == {}


def test_nobody_reads_receipts(whole):
    assert "reports_receipt" not in counts(Actor.system("any task"))


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE reports_report SET state = 'concluded', outcome = 'not_dv'",
        "UPDATE reports_report SET opened_at = now()",
        "DELETE FROM reports_report",
        "DELETE FROM reports_reportmessage",
        "UPDATE reports_triagedecision SET at = now()",
        "UPDATE reports_reporteridentity SET sealed = ''",
        "TRUNCATE reports_attachment",
        "INSERT INTO reports_filing (id, report_id, key_hash, body_hash, filed_at)"
        " VALUES (gen_random_uuid(), gen_random_uuid(), '', '', now())",
        "SELECT reports_hand_over((SELECT id FROM reports_report LIMIT 1), NULL, NULL, 1)",
    ],
)
@pytest.mark.parametrize("who", ["binh", "police_chief", "mai"])
def test_whoever_may_not_triage_changes_nothing_by_raw_sql(request, whole, sql, who):
    actor = request.getfixturevalue(who)
    try:
        with transaction.atomic(), acting(actor), connection.cursor() as cursor:
            cursor.execute(sql)
            changed = cursor.rowcount
    except ProgrammingError as refusal:
        assert "denied" in str(refusal) or "row-level" in str(refusal) or "not yours" in str(refusal)  # noqa: PT017
    else:
        assert changed == 0


def test_the_public_cannot_read_by_the_functions_made_for_it(whole):
    with acting(Actor.public()), connection.cursor() as cursor:
        cursor.execute("SELECT reports_report_of_receipt('x'), reports_pictures_kept(%s)", [whole.report_id])
        assert cursor.fetchone() == (None, 0)
        cursor.execute("SELECT count(*) FROM reports_counts_by_commune('2020-01-01', '2030-01-01')")
        assert cursor.fetchone() == (0,)
