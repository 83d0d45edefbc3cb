"""A set day is counted once and stands; nothing told of two days tells of few; nobody reads what is not protected."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from maiam.contexts.places.models import Unit
from maiam.contexts.statistics import services
from maiam.contexts.statistics.models import ClosedTable, ClosedVillages
from maiam.contexts.statistics.queries import HOUSE, Map
from maiam.contexts.statistics.rules import definitions
from maiam.contexts.statistics.tests.conftest import ALONE, DAY, FAMILY, figure
from maiam.platform.access import acting
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import ForbiddenError, NotFoundError

pytestmark = pytest.mark.django_db


def test_what_was_closed_stands_whatever_is_written_afterwards(register, writes, reads, mai, commune):
    before = reads(mai)
    writes(commune, 7, *ALONE)

    assert reads(mai).lines == before.lines
    assert ClosedTable.objects.filter(day=date(2026, 10, 31)).count() == len(definitions())


def test_two_who_ask_at_once_and_the_night_count_a_day_once(register, reads, mai, province, now):
    reads(mai)
    with acting(HOUSE):
        services.close_last_day(actor=HOUSE, now=now)

    assert ClosedTable.objects.filter(province=province).count() == len(definitions())


def test_the_night_counts_the_last_end_of_a_month(register, reads, mai, now):
    with acting(HOUSE):
        services.close_last_day(actor=HOUSE, now=now)

    assert {row.day for row in ClosedTable.objects.all()} == {date(2026, 10, 31)}
    assert figure(reads(mai), "total") == 51


def test_a_move_of_one_does_not_show_between_two_months(register, writes, reads, mai, children_leave, commune):
    children_leave(writes(commune, 1, *FAMILY), date(2026, 10, 20))
    september, october = (reads(mai, "people_ages", day=date(2026, month, 28)) for month in (10, 11))

    assert (september.day, october.day) == (date(2026, 9, 30), date(2026, 10, 31))
    for place in (None, commune.name):
        then, now = (figure(table, "total", place) for table in (september, october))
        assert then is not None
        assert now is None


def test_nothing_told_of_two_days_tells_of_fewer_than_five(register, writes, reads, mai, children_leave, commune):
    children_leave(writes(commune, 2, *FAMILY), date(2026, 10, 20))
    days = [date(2026, month, 28) for month in (10, 11)]

    for unit_id in (0, commune.id):
        then, now = (reads(mai, "people_ages", day=day, unit_id=unit_id) for day in days)
        lines = {line.name: line.figures for line in [then.whole, *then.lines]}
        for line in [now.whole, *now.lines]:
            both = [(x, y) for x, y in zip(lines[line.name], line.figures, strict=True) if None not in (x, y)]
            assert all(x == y or abs(x - y) >= 5 for x, y in both), line.name


def test_where_enough_has_moved_the_new_figures_are_told(register, writes, reads, mai, children_leave, commune):
    children_leave(writes(commune, 9, *FAMILY), date(2026, 10, 20))
    reads(mai, "people_ages", day=date(2026, 9, 30))

    table = reads(mai, "people_ages")

    assert not table.has_hidden
    assert figure(table, "total", commune.name) == 92


# --- who reads what


def test_an_officer_sees_her_commune_and_its_villages(register, reads, lan, commune):
    table = reads(lan)

    assert table.root_name == commune.name
    assert figure(table, "total") == 30
    assert [line.name for line in table.lines] == ["Bon Bu Đăk", "Thôn Tân Lập"]


def test_an_officer_finds_no_other_commune_and_no_province(register, reads, binh, commune, province):
    for unit_id in (commune.id, province.id, 2**31):
        with pytest.raises(NotFoundError):
            reads(binh, unit_id=unit_id)


def test_an_officer_reads_the_old_communes_her_own_was_made_of(register, reads, lan, commune):
    table = reads(lan, on_map=Map.BEFORE)

    old = {unit.name for unit in Unit.objects.filter(successions__new=commune)}
    assert {line.name for line in table.lines} == old
    assert table.whole is None


def test_without_the_power_nobody_reads(reads, village_head):
    with pytest.raises(ForbiddenError):
        reads(village_head)


BY_HAND = (
    "SELECT count(*) FROM families_count_state(%s, %s, 16, 60, '{0}', '{0}')",
    "SELECT count(*) FROM families_count_events('2020-01-01', %s, %s)",
    "SELECT count(*) FROM statistics_closedtable WHERE day <= %s OR province_id = %s",
    "SELECT count(*) FROM statistics_closedvillages WHERE %s IS NOT NULL OR commune_id = %s",
)


@pytest.mark.parametrize("sql", BY_HAND)
@pytest.mark.parametrize("who", ["mai", "lan", "village_head"])
def test_what_is_not_protected_is_counted_and_read_by_the_house_alone(sql, who, register, reads, province, request):
    reads(request.getfixturevalue("mai"))
    with acting(request.getfixturevalue(who)), connection.cursor() as cursor:
        cursor.execute(sql, [DAY, province.id])
        assert cursor.fetchone() == (0,)


def test_what_was_counted_is_never_written_over(register, reads, mai):
    reads(mai)
    for rows in (ClosedVillages.objects.all(), ClosedTable.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(counts={})
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


def test_each_reading_is_on_the_record(register, reads, mai):
    reads(mai)

    entry = AuditEntry.objects.get(action="statistics.table.viewed")
    assert entry.subject_id == "household_types"


def test_a_table_nobody_knows_is_not_found(reads, mai):
    with pytest.raises(NotFoundError):
        reads(mai, "violence")
