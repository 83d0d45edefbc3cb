"""The cases of a country: one for every home of a register, with the incident, its people and the clocks.

They are written by `INSERT … SELECT` from the register's own households, commune by commune, with every trigger on:
what ties records together and whom they name is kept as the services keep it. Sealed words are bytes of their size.
"""

from collections.abc import Iterator

import psycopg

from maiam.contexts.accounts.models import Organisation, Post
from maiam.contexts.places.models import Unit
from maiam.platform.access import Role

# Of a case's years, the last; what runs still is a fiftieth, as in `bench.world`.
OPENED = "timestamptz '2024-01-01' + make_interval(mins => (nth * 7919 %% 1500000)::int)"

HOMES = """
CREATE TEMPORARY TABLE home ON COMMIT DROP AS
SELECT row_number() OVER (ORDER BY stay.household_id) AS nth, gen_random_uuid() AS case_id,
    gen_random_uuid() AS incident_id, home.village_id,
    (array_agg(stay.person_id ORDER BY person.birth_year, stay.id))[1] AS accused_id,
    (array_agg(stay.person_id ORDER BY person.birth_year DESC, stay.id))[1] AS person_id
FROM families_householdmembership AS stay
JOIN families_person AS person ON person.id = stay.person_id
JOIN families_household AS home ON home.id = stay.household_id
WHERE home.commune_id = %(commune)s
GROUP BY stay.household_id, home.village_id
LIMIT %(most)s
"""
INCIDENTS = f"""
INSERT INTO cases_incident (id, occurred_at, precision, is_approximate, regime, kinds, injury, weapon, alcohol,
    children_present, verification, story_sealed, recorded_at, commune_id, recorded_by_post_id, village_id)
SELECT incident_id, {OPENED}, 'moment', false, 'law_2022', '{{physical,mental}}', 'none', 'none', 'no', 'unknown',
    'not_confirmed', decode(repeat(md5(incident_id::text), 6), 'hex'), {OPENED}, %(commune)s, %(post)s, village_id
FROM home
"""
ACTS = "INSERT INTO cases_incidentact (id, incident_id, code) SELECT gen_random_uuid(), incident_id, 'ACT_A' FROM home"
PARTIES = """
INSERT INTO cases_incidentparty (id, incident_id, person_id, name, birth_year, role, was_child)
SELECT gen_random_uuid(), incident_id, person.id, person.full_name, person.birth_year,
    CASE WHEN person.id = home.person_id THEN 'victim' ELSE 'aggressor' END, false
FROM home JOIN families_person AS person ON person.id IN (accused_id, home.person_id)
"""
CASES = f"""
INSERT INTO cases_case (id, year, number, commune_id, village_id, person_id, person_name, responsible_post_id, status,
    opened_at)
SELECT case_id, 2024, nth, %(commune)s, home.village_id, person_id, person.full_name, %(post)s,
    CASE WHEN nth %% 50 = 0 THEN 'active' ELSE 'closed' END, {OPENED}
FROM home JOIN families_person AS person ON person.id = home.person_id
"""
LINKS = """
INSERT INTO cases_caseincident (id, case_id, incident_id) SELECT gen_random_uuid(), case_id, incident_id FROM home
"""
STEPS = f"""
INSERT INTO cases_casestep (id, case_id, status, at, by_post_id)
SELECT gen_random_uuid(), case_id, step, {OPENED} + make_interval(days => day), %(post)s
FROM home, (VALUES ('new', 0), ('assessing', 1), ('active', 2), ('closed', 120)) AS steps (step, day)
WHERE step <> 'closed' OR nth %% 50 <> 0
"""
CLOCKS = f"""
INSERT INTO duties_obligation (id, rule, subject_kind, subject_id, what, started_at, due_at, late_after, state,
    closed_at, proof, last_share, next_step_at, commune_id, owner_post_id, village_id)
SELECT gen_random_uuid(), rule, 'cases.case', case_id, 'VV-2024-' || nth, {OPENED},
    {OPENED} + make_interval(days => days), {OPENED} + make_interval(days => days),
    CASE WHEN runs THEN 'running' ELSE 'met' END, CASE WHEN NOT runs THEN {OPENED} + make_interval(hours => 9) END,
    CASE WHEN runs THEN '' ELSE 'risk.assessment' END, 0,
    CASE WHEN runs THEN {OPENED} + make_interval(days => days) END, %(commune)s, %(post)s, village_id
FROM (SELECT home.*, rule, days, nth %% 50 = 0 AND rule = 'FOLLOW_UP_5' AS runs
    FROM home, (VALUES ('RISK_FIRST', 1), ('FOLLOW_UP_1', 1), ('FOLLOW_UP_5', 90)) AS limits (rule, days)) AS owed
"""
TABLES = (
    "cases_incident",
    "cases_incidentact",
    "cases_incidentparty",
    "cases_case",
    "cases_caseincident",
    "cases_casestep",
    "duties_obligation",
    "access_tie",
    "access_party",
)


def make(raw: psycopg.Connection, how_many: int) -> None:
    """Open cases until there are `how_many`; a run cut short goes on where it stopped, commune by commune."""
    left = how_many - _count(raw)
    for commune_id, homes in _communes(raw):
        if left <= 0:
            break
        values = {"commune": commune_id, "post": officer_post(commune_id).id, "most": min(left, homes)}
        with raw.transaction():
            # Links before what they link: so no two matters are ever made that have to become one, row by row.
            for statement in (HOMES, LINKS, INCIDENTS, ACTS, CASES, PARTIES, STEPS, CLOCKS):
                raw.execute(statement, values)
        left -= values["most"]
    raw.execute(f"VACUUM ANALYZE {', '.join(TABLES)}")
    print(f"cases made: {_count(raw):,}", flush=True)


def officer_post(commune_id: int) -> Post:
    """The seat that answers for a commune's cases."""
    commune = Unit.objects.get(id=commune_id)
    organisation, _ = Organisation.objects.get_or_create(
        kind="commune", name=f"UBND {commune.name}", commune_id=commune_id, province_id=commune.province_id
    )
    post, _ = Post.objects.get_or_create(
        role=Role.CULTURE_OFFICER,
        title="Công chức văn hóa - xã hội",
        organisation=organisation,
        commune_id=commune_id,
        province_id=commune.province_id,
    )
    return post


def _count(raw: psycopg.Connection) -> int:
    return int(raw.execute("SELECT count(*) FROM cases_case").fetchone()[0])


def _communes(raw: psycopg.Connection) -> Iterator[tuple[int, int]]:
    """Communes without a case, with their homes; the largest first, where lists are longest."""
    yield from raw.execute(
        "SELECT commune_id, count(*) FROM families_household"
        " WHERE NOT EXISTS (SELECT FROM cases_case WHERE cases_case.commune_id = families_household.commune_id)"
        " GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
