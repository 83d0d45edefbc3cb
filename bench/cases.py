"""What an officer waits for among a million cases of four million people: what is due, the list, one case, a name.

Each floor is the bare SQL of the same rows, sent by psycopg as the owner: no Django, no policies, no audit.
MAIAM_BENCH_CASES is how many cases (1,000,000); the register behind them holds four people for each.
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import psycopg
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import casework, database, registers, search
from bench.lists import DUE
from bench.table import Row, check_alike, rows_of, side_by_side
from maiam.contexts.cases import queries as cases
from maiam.contexts.cases.models import Incident
from maiam.contexts.cases.queries import CaseFilter
from maiam.contexts.duties import queries as duties
from maiam.platform.access import Actor, acting

CASES = int(os.environ.get("MAIAM_BENCH_CASES", "1000000"))
PERSONS_TO_A_CASE = 4
TIMES = 100
MOST_QUERIES_OF_A_PAGE = 25

LIST = """
SELECT one.id, one.year, one.number, one.person_name, one.status, one.opened_at, village.name,
    EXISTS (SELECT FROM cases_nocontact AS banned WHERE banned.case_id = one.id AND banned.ends_at > now()),
    EXISTS (SELECT FROM cases_nocontactrequest AS asked JOIN cases_nocontact AS banned ON banned.id = asked.id
            WHERE banned.case_id = one.id)
FROM cases_case AS one LEFT JOIN places_village AS village ON village.id = one.village_id
WHERE one.commune_id = %(commune)s {more} ORDER BY one.opened_at DESC, one.id DESC LIMIT 50
"""
COUNT = "SELECT count(*) FROM cases_case AS one WHERE one.commune_id = %(commune)s {more}"
OF_ONE = (
    "SELECT * FROM cases_case WHERE id = %(case)s",
    "SELECT incident.* FROM cases_incident AS incident JOIN cases_caseincident AS link"
    " ON link.incident_id = incident.id WHERE link.case_id = %(case)s",
    "SELECT party.* FROM cases_incidentparty AS party JOIN cases_caseincident AS link"
    " ON link.incident_id = party.incident_id WHERE link.case_id = %(case)s",
    "SELECT act.* FROM cases_incidentact AS act JOIN cases_caseincident AS link"
    " ON link.incident_id = act.incident_id WHERE link.case_id = %(case)s",
    "SELECT * FROM cases_casestep WHERE case_id = %(case)s ORDER BY at",
    "SELECT * FROM duties_obligation WHERE subject_kind = 'cases.case' AND subject_id = %(case)s ORDER BY due_at",
)
WAYS = (
    ("the list of cases", CaseFilter(), ""),
    ("the list of cases of one state", CaseFilter(status="active"), "AND one.status = 'active'"),
    ("the list of cases by number", CaseFilter(text="1234"), "AND one.number = 1234"),
)


def rows() -> Iterator[Row]:
    with registers.at(CASES * PERSONS_TO_A_CASE), database.bare() as raw:
        casework.make(raw, CASES)
        officer = _officer(raw)
        yield from _due(raw, officer)
        for what, wanted, more in WAYS:
            yield from _list(raw, officer, wanted, more, f"{what} ({CASES:,})")
        yield from _one_case(raw, officer)
        yield from search.of_register(raw, CASES * PERSONS_TO_A_CASE)


def _officer(raw: psycopg.Connection) -> Actor:
    """The officer of the commune with the most cases, in the seat that answers for them."""
    commune_id = raw.execute("SELECT commune_id FROM cases_case GROUP BY 1 ORDER BY count(*) DESC LIMIT 1").fetchone()[
        0
    ]
    reach = next(reach for reach in search.reaches(raw) if reach.name == "commune")
    return replace(reach.actor, commune_ids=(commune_id,), post_id=casework.officer_post(commune_id).id)


def _due(raw: psycopg.Connection, officer: Actor) -> Iterator[Row]:
    def ours(_: int) -> list[UUID]:
        with acting(officer):
            return [clock.id for clock in duties.due_items(officer)]

    def floor(_: int) -> list[UUID]:
        return [row[0] for row in raw.execute(DUE, [officer.post_id])]

    check_alike("due_items", ours(0), floor(0))
    yield from rows_of(f"what is due ({CASES:,} cases)", *side_by_side(ours, floor, times=TIMES))


def _list(raw: psycopg.Connection, officer: Actor, wanted: CaseFilter, more: str, what: str) -> Iterator[Row]:
    values = {"commune": officer.commune_ids[0]}

    def ours(_: int) -> list[UUID]:
        with acting(officer):
            return [line.id for line in cases.cases_page(officer, wanted, page=1, now=timezone.now()).lines]

    def floor(_: int) -> list[UUID]:
        raw.execute(COUNT.format(more=more), values).fetchone()
        return [row[0] for row in raw.execute(LIST.format(more=more), values)]

    check_alike(what, ours(0), floor(0))
    yield from rows_of(what, *side_by_side(ours, floor, times=TIMES))


def _one_case(raw: psycopg.Connection, officer: Actor) -> Iterator[Row]:
    """Cases spread over the years of the commune, each opened once and once more."""
    found = raw.execute(
        "SELECT id FROM cases_case WHERE commune_id = %s ORDER BY number %% 97, id LIMIT %s",
        [officer.commune_ids[0], TIMES],
    ).fetchall()
    ids = [row[0] for row in found]
    _seal_stories(ids)

    def ours(number: int) -> UUID:
        with acting(officer):
            return cases.case_detail(officer, ids[number % len(ids)], timezone.now()).id

    def floor(number: int) -> list[tuple]:
        return [row for sql in OF_ONE for row in raw.execute(sql, {"case": ids[number % len(ids)]})]

    with CaptureQueriesContext(connection) as asked:
        ours(0)
    yield Row("questions to the database for one case", len(asked), MOST_QUERIES_OF_A_PAGE, "", decimals=0)
    yield from rows_of(f"one case among {CASES:,}", *side_by_side(ours, floor, times=TIMES))


def _seal_stories(case_ids: list[UUID]) -> None:
    """The cases that are opened have words that can be unsealed."""
    with acting(Actor.system("bench")):
        for incident in Incident.objects.filter(case_links__case_id__in=case_ids):
            incident.tell(story="Chồng say, chửi và đẩy ngã vợ trước sân.", place="")
            incident.save(update_fields=["story_sealed"])
