"""The triggers that tie records: laid once, with the rows that were there before them."""

import pytest
from django.db import connection

from maiam.contexts.cases.models import IncidentParty
from maiam.contexts.cases.rules.incidents import PartyRole
from maiam.platform.access.ties import tying

pytestmark = pytest.mark.django_db
TABLE = IncidentParty._meta.db_table


@pytest.fixture
def parties_of_before(opened) -> set:
    """Parties of an incident as they stood before anything noted whom records name."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f'DROP TRIGGER names ON "{TABLE}"')
        cursor.execute("DELETE FROM access_party")
    told = IncidentParty.objects.filter(role__in=(PartyRole.VICTIM, PartyRole.AGGRESSOR))
    return set(told.values_list("incident_id", "person_id"))


def named() -> set:
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_id, person_id FROM access_party")
        return set(cursor.fetchall())


def lay() -> list[str]:
    statements = list(tying(IncidentParty))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
    return statements


def test_whom_records_named_before_is_noted_when_the_trigger_comes(parties_of_before):
    lay()

    assert named() >= parties_of_before


def test_laying_it_again_reads_no_row_again(parties_of_before):
    lay()

    assert lay() == []
