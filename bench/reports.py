"""Reports accepted per second through HTTP, each committed to disk, against bare INSERTs of the same rows."""

import json
import os
from collections.abc import Iterator
from itertools import count

import psycopg
from django.utils import timezone

from bench import database, floor, site, world
from bench.load import Load, Request
from bench.table import Row
from maiam.contexts.accounts.services import make_token
from maiam.platform.access import acting
from maiam.web.demo.tellings import TELLINGS

CLIENTS = 8
SECONDS = 10


class LostReportError(Exception):
    """What was acknowledged and what is there are not the same."""


def rows() -> Iterator[Row]:
    ask = _requests(_token())
    with site.running() as web, database.bare() as raw:
        Load(web.port, ask, threads=CLIENTS, seconds=2).run()
        before = floor.moment(raw)
        Load(web.port, ask, threads=1, most=1).run()
        written = floor.rows_since(raw, before)
        accepted = _accepted_per_second(web.port, ask)
    inserted = floor.inserts_per_second(written, clients=CLIENTS, seconds=SECONDS)
    many = sum(len(rows_of_table) for rows_of_table in written.values())
    yield Row(f"reports accepted over HTTP ({many} rows each)", accepted, inserted, "reports/s", higher_is_better=True)


def _accepted_per_second(port: int, ask: "Iterator[Request]") -> float:
    load = Load(port, ask, threads=CLIENTS, seconds=SECONDS)
    with database.bare() as raw:
        before = _reports(raw)
        rate = load.run()
        kept = _reports(raw) - before
    if load.refused or kept != load.accepted:
        raise LostReportError(f"{load.accepted} acknowledged, {kept} kept, refused: {load.refused}")
    return rate


def _reports(raw: "psycopg.Connection[tuple[int]]") -> int:
    return int(raw.execute("SELECT count(*) FROM reports_report").fetchone()[0])


def _token() -> str:
    operator = world.operator()
    with acting(operator):
        return make_token(actor=operator, name="bench", lasts_days=1, now=timezone.now())


def _requests(token: str) -> Iterator[Request]:
    """Reports as the hotline's machine sends them: each another telling, with a reporter who is named."""
    communes, run = world.commune_ids(), os.urandom(8).hex()
    for number in count():
        telling = TELLINGS[number % len(TELLINGS)]
        body = {
            "happening": telling.happening,
            "story": f"{telling.story} ({number})",
            "kinds": telling.kinds,
            "in_danger": telling.in_danger,
            "commune_id": communes[number % len(communes)],
            "mode": "confidential",
            "reporter": {"type_code": "neighbour", "full_name": "Nguyễn Thị Thử", "phone": "0900000000"},
        }
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": f"{run}-{number}",
        }
        yield Request("POST", "/api/v1/reports", json.dumps(body).encode(), headers)
