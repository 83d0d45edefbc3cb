"""The tables on screen, as a file and for other systems: the same figures, with what they mean and what is hidden."""

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from maiam.contexts.accounts import services as accounts
from maiam.contexts.statistics.rules import definitions, last_set_day
from maiam.contexts.statistics.tests.conftest import ALONE, COUPLE, FAMILY
from maiam.core.text import VIETNAM, write_date
from maiam.platform.access import acting

pytestmark = pytest.mark.django_db
TYPES = reverse("statistics:table", args=["household_types"])


@pytest.fixture
def register(writes, commune, elsewhere, village):
    writes(commune, 8, *FAMILY, village=village)
    writes(commune, 2, *ALONE)
    writes(elsewhere, 9, *COUPLE)


def _page(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_names_every_table(client_for, lan):
    shown = _page(client_for(lan), reverse("statistics:index"))

    assert all(definition.vi in shown for definition in definitions().values())


@pytest.mark.parametrize("code", list(definitions()))
def test_every_table_opens_with_its_chart(register, client_for, mai, code):
    shown = _page(client_for(mai), reverse("statistics:table", args=[code]))

    assert "app-chart" in shown
    assert "phiên bản 1" in shown
    assert "style=" not in shown


def test_the_page_says_that_small_numbers_are_hidden(register, client_for, mai):
    shown = _page(client_for(mai), TYPES)

    assert "không công bố, để không ai nhận ra một gia đình" in shown


@pytest.mark.parametrize("code", ["household_types", "events", "poverty"])
def test_the_page_says_of_which_set_day_it_is(register, client_for, mai, code):
    shown = _page(client_for(mai), reverse("statistics:table", args=[code]))

    last = last_set_day(timezone.now().astimezone(VIETNAM).date())
    assert f"Chốt số liệu ngày {write_date(last)}" in shown


@pytest.mark.parametrize("typed", ["1/1/1999", "1/1/2099"])
def test_a_day_out_of_range_is_said_by_its_field(register, client_for, mai, typed):
    shown = _page(client_for(mai), f"{TYPES}?day={typed}")

    assert "govuk-error-summary" in shown
    assert typed in shown


def test_a_row_of_the_table_leads_to_the_place_below(register, client_for, mai, commune):
    shown = _page(client_for(mai), f"{TYPES}?unit={commune.id}&day=23/11/2026")

    assert "Bon Bu Đăk" in shown
    assert "Toàn bộ địa bàn" in shown


def test_places_without_anything_stand_together_below_the_table(register, client_for, mai, commune):
    shown = _page(client_for(mai), TYPES)

    rows, below = shown.split("nơi không có số liệu nào khác 0")
    assert rows.count('<th scope="row">') == 3
    assert "Xã Đắk Sắk" in below


def test_a_day_that_cannot_be_read_is_told_by_its_field_and_stays_typed(client_for, lan):
    shown = _page(client_for(lan), f"{TYPES}?day=31/02/2024")

    assert "error" in shown
    assert "31/02/2024" in shown


def test_the_file_says_what_the_page_says(register, client_for, mai):
    answer = client_for(mai).get(reverse("statistics:sheet", args=["household_types"]))

    page = load_workbook(io.BytesIO(answer.content)).active
    cells = [[cell for cell in row if cell is not None] for row in page.iter_rows(values_only=True)]
    words = " ".join(str(cell) for row in cells for cell in row)
    assert "phiên bản 1" in words
    assert "Địa giới hiện nay" in words
    assert "không công bố" in words
    assert any(row[0] == "Tỉnh Lâm Đồng" and row[1] == 19 for row in cells if row)


def test_another_system_gets_the_same_figures(register, client, lan):
    with acting(lan):
        secret = accounts.make_token(actor=lan, name="Máy", lasts_days=30, now=timezone.now())
    headers = {"Authorization": f"Bearer {secret}"}

    answer = client.get("/api/v1/statistics/tables/household_types?day=2026-11-23", headers=headers)

    assert answer.status_code == 200
    assert answer.json()["whole"]["figures"]["total"] == 10
    assert client.get("/api/v1/statistics/tables/none", headers=headers).status_code == 404
    assert client.get("/api/v1/statistics/tables/events?span=week", headers=headers).status_code == 422
