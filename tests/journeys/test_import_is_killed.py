"""The worker is killed with -9 again and again while a long list goes into the register: every row is in it once."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page

from maiam.contexts.imports.tests import workbooks
from tests.journeys.conftest import DESK
from tests.journeys.people import Official
from tests.journeys.server import Site

pytestmark = pytest.mark.journey

HOMES, PEOPLE_IN_HOME = 1_500, 4
PATIENCE_SECONDS = 180
SEED = 20261128
LATEST = "SELECT state, rows_done FROM imports_importedlist ORDER BY uploaded_at DESC LIMIT 1"
WRITTEN = """
    SELECT count(*), count(DISTINCT person.full_name), count(DISTINCT stay.household_id)
    FROM families_householdmembership AS stay
    JOIN families_person AS person ON person.id = stay.person_id
    JOIN families_household AS household ON household.id = stay.household_id WHERE household.code LIKE 'KILL-%'
"""
ENTRIES = """
    SELECT count(*) FROM audit_auditentry AS entry WHERE entry.action = 'families.person.registered'
    AND EXISTS (SELECT 1 FROM families_person WHERE id::text = entry.subject_id AND full_name LIKE '% Số Thứ %')
"""


@pytest.fixture
def raw(site: Site) -> Iterator[psycopg.Connection]:
    """What the database itself says, past every guard."""
    with psycopg.connect(site.database.addresses()["DATABASE_URL"], autocommit=True) as connection:
        yield connection


@pytest.fixture
def lan(open_browser: Callable[..., Page], site: Site) -> Official:
    person = Official(open_browser(DESK), site)
    person.signs_in("Nguyễn Thị Lan")
    return person


def _long_list(path: Path) -> None:
    roles = ("Chủ hộ", "Vợ", "Con", "Con")
    rows = [
        (f"KILL-{home:04d}", f"Nguyễn Số Thứ {home * PEOPLE_IN_HOME + place}", "Nam", str(1960 + 10 * place), role)
        for home in range(HOMES)
        for place, role in enumerate(roles)
    ]
    headings = ("Mã hộ", "Họ và tên", "Giới tính", "Năm sinh", "Quan hệ với chủ hộ")
    path.write_bytes(workbooks.csv_of([headings, *rows]))


def _wait_for(raw: psycopg.Connection, state: str, rows_done: int = 0) -> None:
    """Wait until the list has come so far, or further."""
    give_up_at = time.monotonic() + PATIENCE_SECONDS
    while True:
        now, done = raw.execute(LATEST).fetchone() or ("", 0)
        if now == state and done >= rows_done:
            return
        assert time.monotonic() < give_up_at, f"the list stands at {now}, {done}"
        time.sleep(0.005)


def test_a_list_whose_worker_is_killed_again_and_again_is_in_the_register_once(
    site: Site, raw: psycopg.Connection, lan: Official, tmp_path: Path
) -> None:
    chance, path = random.Random(SEED), tmp_path / "danh sách dài.csv"
    _long_list(path)

    def killed_at(state: str, rows_done: int) -> None:
        _wait_for(raw, state, rows_done)
        time.sleep(chance.uniform(0, 0.4))
        site.kill_worker()
        site.start_worker()

    lan.opens("/gia-dinh/nhap/")
    lan.follows("Gửi một tệp")
    lan.page.get_by_label("Tệp Excel hoặc CSV").set_input_files(path)
    lan.presses("Gửi tệp")
    _wait_for(raw, "columns")
    lan.opens("/gia-dinh/nhap/")
    lan.follows(path.name)
    lan.follows("Xem và xác nhận các cột")
    lan.presses("Xem thử từng dòng")
    killed_at("checking", 1)
    _wait_for(raw, "checked")
    lan.opens("/gia-dinh/nhap/")
    lan.follows(path.name)
    lan.presses("Đưa vào sổ")
    for parts in (0, 1, 3):
        killed_at("taking", parts)
    _wait_for(raw, "done")

    assert raw.execute(WRITTEN).fetchone() == (HOMES * PEOPLE_IN_HOME, HOMES * PEOPLE_IN_HOME, HOMES)
    assert raw.execute(ENTRIES).fetchone() == (HOMES * PEOPLE_IN_HOME,)
    assert "whole" in site.run("audit", "verify")
