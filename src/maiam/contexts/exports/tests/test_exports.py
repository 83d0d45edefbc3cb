"""A list leaves for a purpose, with a second person's yes, marked, once, for a day."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest

from maiam.contexts.exports import queries, rules, services
from maiam.contexts.exports.models import Export, ExportPart
from maiam.contexts.exports.rules import FileType, Kind, State
from maiam.contexts.families.models import Person
from maiam.platform.access import Actor, acting
from maiam.platform.errors import ForbiddenError, NotFoundError

pytestmark = pytest.mark.django_db


def fetched(actor: Actor, row: Export, now) -> bytes:
    with acting(actor):
        services.fetch_export(actor=actor, export_id=row.id, now=now)
        return b"".join(queries.parts(actor, row.id, now))


def test_a_short_list_is_made_at_once_and_holds_what_was_asked_for(made, lan, now):
    row = made()

    text = fetched(lan, row, now).decode()

    lines = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [cell.split(rules.hidden_mark(row.serial))[0] for cell in lines[3]] == ["Họ và tên", "Mã hộ", "Điện thoại"]
    assert {line[0] for line in lines[4:]} == {"H'Lan Niê", "'=HYPERLINK('x')", "Điểu K'Rang"}
    assert {line[1] for line in lines[4:]} == {"BD-001"}


def test_no_cell_of_an_excel_list_runs(made, lan, now):
    row = made(file_type=FileType.XLSX)

    book = openpyxl.load_workbook(io.BytesIO(fetched(lan, row, now)))

    cells = [cell for line in book.active.iter_rows() for cell in line if cell.value is not None]
    assert "=HYPERLINK('x')" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s"}


def test_a_list_of_households_counts_their_people(made, lan, now):
    text = fetched(lan, made(kind=Kind.HOUSEHOLDS), now).decode()

    assert "BD-001,3" in text


def test_a_leaked_list_names_who_carried_it_out(made, lan, now):
    row = made()
    text = fetched(lan, row, now).decode()

    without_the_printed_mark = "\n".join(text.splitlines()[3:])

    assert row.serial not in without_the_printed_mark
    assert rules.serials_in(without_the_printed_mark) == {row.serial}
    house = Actor.system("trace")
    with acting(house):
        assert [found.asked_by_name for found in queries.traced(house, {row.serial}, now)] == [lan.name]


def test_two_lists_never_carry_the_same_mark(made):
    assert made().serial != made().serial


def test_a_long_list_waits_for_the_chairwoman(ask, chairwoman, now, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ALONE", 2)

    row = ask()

    assert row.state == State.WAITING
    with acting(chairwoman):
        services.decide_export(actor=chairwoman, export_id=row.id, agrees=True, reason="", now=now)
        with pytest.raises(services.AlreadyDecidedError):
            services.decide_export(actor=chairwoman, export_id=row.id, agrees=False, reason="Thôi", now=now)
    row.refresh_from_db()
    assert row.state == State.APPROVED


def test_nobody_agrees_to_their_own_list(ask, lan, now, monkeypatch):
    monkeypatch.setattr(rules, "MOST_ALONE", 2)
    row = ask()

    with acting(lan), pytest.raises(ForbiddenError):
        services.decide_export(actor=lan, export_id=row.id, agrees=True, reason="", now=now)


def test_only_who_asked_takes_the_file(made, chairwoman, seat, commune, now):
    row = made()
    colleague = seat("culture_officer", "Trần Thị Đào", commune=commune)

    with acting(colleague), pytest.raises(services.NotReadyError):
        services.fetch_export(actor=colleague, export_id=row.id, now=now)
    with acting(chairwoman), pytest.raises(ForbiddenError):
        services.fetch_export(actor=chairwoman, export_id=row.id, now=now)


@pytest.mark.parametrize(
    ("first", "again", "is_there"),
    [
        (timedelta(hours=23, minutes=59), timedelta(0), True),
        (timedelta(hours=24), None, False),
        (timedelta(0), timedelta(minutes=9, seconds=59), True),
        (timedelta(0), timedelta(minutes=10), False),
    ],
)
def test_a_file_is_fetched_once_within_a_day(made, lan, now, first, again, is_there):
    row = made()

    with acting(lan):
        if again is not None:
            services.fetch_export(actor=lan, export_id=row.id, now=now + first)
        at = now + first + (again or timedelta(0))
        if is_there:
            assert services.fetch_export(actor=lan, export_id=row.id, now=at).state == State.FETCHED
        else:
            with pytest.raises(services.NotReadyError):
                services.fetch_export(actor=lan, export_id=row.id, now=at)


def test_after_a_day_the_file_is_gone_and_the_register_remembers(made, now):
    row, house = made(), Actor.system("exports")

    with acting(house):
        assert services.forget_exports(actor=house, now=now + timedelta(hours=23)) == 0
        assert services.forget_exports(actor=house, now=now + timedelta(hours=24)) == 1

    row.refresh_from_db()
    assert row.state == State.GONE
    assert {bytes(part.sealed) for part in ExportPart.objects.filter(export=row)} == {b""}


def test_the_file_is_unreadable_in_a_stolen_database(made):
    row = made()

    assert all("Niê".encode() not in bytes(part.sealed) for part in ExportPart.objects.filter(export=row))


def test_another_commune_learns_nothing_of_a_list(made, binh, now):
    row = made()

    with acting(binh):
        assert queries.exports(binh) == []
        with pytest.raises(NotFoundError):
            queries.export(binh, row.id)


def test_the_inspector_sees_every_list_and_no_file(made, inspector, now):
    row = made()

    with acting(inspector):
        assert [found.id for found in queries.exports(inspector)] == [row.id]
        with pytest.raises(ForbiddenError):
            services.fetch_export(actor=inspector, export_id=row.id, now=now)


def test_people_who_are_restricted_or_erased_are_in_no_list(made, lan, now, commune):
    with acting(lan):
        Person.objects.filter(full_name="H'Lan Niê").update(restricted_at=now)

    assert "Niê" not in fetched(lan, made(), now).decode()


def test_an_empty_place_gives_no_list(lan, commune, now):
    asked = services.Asked(
        wanted=queries.Wanted(Kind.PEOPLE, commune.id), columns=["name"], file_type=FileType.CSV, purpose="Họp thôn"
    )

    with acting(lan), pytest.raises(services.NothingToExportError):
        services.ask_export(actor=lan, asked=asked, now=now)
