"""Who sees what of a case: by the screens' queries and by raw SQL under the stated actor alike."""

import pytest
from django.db import connection

from maiam.contexts.cases import queries, services
from maiam.contexts.cases.models import (
    Case,
    Incident,
    IncidentParty,
    NoContact,
    NoContactRequest,
    OfficialDocument,
    PerpetratorFile,
)
from maiam.contexts.cases.rules.no_contact import BreachKind
from maiam.contexts.cases.services import BreachFacts
from maiam.platform.access import acting
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import ForbiddenError, NotFoundError

TABLES = (Case, Incident, IncidentParty, PerpetratorFile, NoContact, NoContactRequest, OfficialDocument)
# Who sees how many rows of: cases, incidents, parties, perpetrator files, measures, requests, documents.
SEEN = {
    "lan": (2, 1, 3, 1, 1, 1, 1),
    "chairwoman": (2, 1, 3, 1, 1, 1, 1),
    "police_chief": (0, 0, 0, 1, 1, 0, 1),
    "binh": (0, 0, 0, 0, 0, 0, 0),
    "village_head": (0, 0, 0, 0, 0, 0, 0),
    "hung": (0, 0, 0, 0, 0, 0, 0),
    "mai": (0, 0, 0, 0, 0, 0, 0),
    "province_leader": (0, 0, 0, 0, 0, 0, 0),
    "operator": (0, 0, 0, 0, 0, 0, 0),
    "inspector": (0, 0, 0, 0, 0, 0, 0),
    "administrator": (0, 0, 0, 0, 0, 0, 0),
}


def _rows_by_sql(model):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
        return cursor.fetchone()[0]


@pytest.mark.parametrize("who", SEEN)
def test_each_sees_their_part_and_nothing_else(request, who, ordered):
    actor = request.getfixturevalue(who)

    with acting(actor):
        by_code = tuple(model.objects.visible_to(actor).count() for model in TABLES)
        by_sql = tuple(_rows_by_sql(model) for model in TABLES)

    assert (by_code, by_sql) == (SEEN[who], SEEN[who])


def test_the_police_see_an_order_only_once_it_is_made(police_chief, requested):
    with acting(police_chief):
        assert _rows_by_sql(NoContact) == 0
        with pytest.raises(NotFoundError):
            queries.measure_detail(police_chief, requested.id, requested.recorded_at)


def test_the_police_see_no_refusal(police_chief, chairwoman, requested, now):
    with acting(chairwoman):
        services.refuse_no_contact(actor=chairwoman, measure_id=requested.id, reason="Không đủ căn cứ.", now=now)

    with acting(police_chief):
        assert (_rows_by_sql(NoContact), _rows_by_sql(OfficialDocument)) == (0, 0)


def test_the_police_read_the_order_but_not_what_was_told(police_chief, ordered, now):
    with acting(police_chief):
        seen = queries.measure_detail(police_chief, ordered.id, now)

    assert seen.measure.perpetrator_name == "Y Blô Êban"
    assert (seen.request, seen.case_id, seen.case_code) == (None, None, "")


def test_where_the_victim_is_registered_the_order_is_seen_too(seat, elsewhere, ordered, now):
    neighbour = seat("commune_police", "Công an xã bên", commune=elsewhere)
    with acting(neighbour):
        assert queries.measures_in_force(neighbour, now) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_nocontact SET victim_commune_id = %s", [elsewhere.id])

    with acting(neighbour):
        assert [line.id for line in queries.measures_in_force(neighbour, now)] == [ordered.id]


@pytest.mark.parametrize("who", ["binh", "village_head", "police_chief"])
def test_absent_and_out_of_reach_look_alike(request, who, case, now):
    actor = request.getfixturevalue(who)

    with acting(actor), pytest.raises((NotFoundError, ForbiddenError)):
        queries.case_detail(actor, case.id, now)


def test_the_police_record_a_breach_of_their_own_commune_only(seat, elsewhere, ordered, now):
    neighbour = seat("commune_police", "Công an xã bên", commune=elsewhere)
    breach = BreachFacts(kind=BreachKind.REMOTE, occurred_at=now, told="Gọi điện.")

    with pytest.raises(NotFoundError), acting(neighbour):
        services.record_breach(actor=neighbour, measure_id=ordered.id, breach=breach, now=now)


def test_opening_a_case_is_in_the_trail(lan, inspector, case, now):
    with acting(lan):
        queries.case_detail(lan, case.id, now)

    with acting(inspector):
        assert AuditEntry.objects.filter(action="cases.case.read", subject_id=str(case.id)).count() == 1


def test_the_trail_holds_no_word_of_what_was_told(ordered, inspector):
    with acting(inspector):
        written = " ".join(f"{row.action} {row.fields} {row.reason} {row.actor}" for row in AuditEntry.objects.all())

    for word in ("H'Lan", "Y Blô", "gậy", "Bon Bu", "dọa"):
        assert word not in written
