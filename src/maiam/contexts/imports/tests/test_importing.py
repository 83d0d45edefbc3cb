"""From a commune's file to the register, and back."""

from datetime import timedelta

import pytest

from maiam.contexts.families import services as families
from maiam.contexts.families.models import FormerNumber, Household, HouseholdMembership, Person
from maiam.contexts.families.services import PersonFacts
from maiam.contexts.families.services.chronicle import AlreadyHasHomeError
from maiam.contexts.imports import queries, services
from maiam.contexts.imports.models import ImportedList, ListPart, ListPiece
from maiam.contexts.imports.rules import Answer, Field, Kind, Severity, State
from maiam.contexts.imports.services import Confirmed, PageAs
from maiam.contexts.imports.tests import workbooks
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, acting
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import NotFoundError

pytestmark = pytest.mark.django_db


def _said(row: ImportedList, actor) -> list:
    with acting(actor):
        return list(queries.all_problems(actor, row.id))


def test_a_plain_list_goes_into_the_register_with_everything_it_says(check, take, lan):
    row = take(check(workbooks.workbook()))

    assert (row.state, row.people_added, row.households_added) == (State.DONE, 5, 2)
    an = Person.objects.get(full_name="Nguyễn Văn An")
    assert (an.birth_year, an.birth_month, an.birth_day, an.sex, an.phone) == (1980, 5, 12, "male", "+84905000111")
    assert an.identity_number_index
    assert an.ethnicity == "Kinh"
    home = Household.objects.get(code="DM-002")
    roles = HouseholdMembership.objects.filter(household=home).values_list("person__full_name", "role")
    assert set(roles) == {("Điểu K'Rang", "head"), ("Thị Mai", "spouse")}
    assert Person.objects.get(full_name="Thị Mai").birth_is_approximate


def test_every_household_and_person_is_in_the_trail_under_who_took_it(check, take, lan):
    take(check(workbooks.workbook()))

    entries = AuditEntry.objects.filter(actor=f"official:{lan.account_id}")
    assert entries.filter(action="families.household.registered").count() == 2
    assert entries.filter(action="families.person.registered").count() == 5


def test_nothing_is_written_before_she_says_so(check):
    row = check(workbooks.workbook())

    assert row.state == State.CHECKED
    assert Person.objects.count() == 0


def test_the_same_file_twice_makes_no_doubles(check, take):
    take(check(workbooks.workbook()))

    again = check(workbooks.workbook())

    assert sum(part.counts.get("same", 0) for part in ListPart.objects.filter(imported=again)) == 5
    with pytest.raises(services.NothingToTakeError):
        take(again)
    assert Person.objects.count() == 5


def test_the_same_file_without_codes_makes_no_doubles_either(check, take):
    rows = [row[1:] for row in workbooks.PLAIN]
    take(check(workbooks.workbook(rows)))

    again = check(workbooks.workbook(rows))

    assert sum(part.counts.get("new", 0) for part in ListPart.objects.filter(imported=again)) == 0


def test_of_a_changed_file_only_the_new_row_is_written(check, take):
    take(check(workbooks.workbook()))
    more = (*workbooks.PLAIN[:4], ("DM-001", "Nguyễn Thị Dung", "Nữ", "2015", "Con", "", "", "Kinh"))

    row = take(check(workbooks.workbook(more)))

    assert (row.people_added, row.households_added) == (1, 0)
    assert HouseholdMembership.objects.filter(household__code="DM-001").count() == 4


def test_a_number_that_is_in_the_register_under_another_name_is_asked_about(check, take, lan, commune, now):
    facts = PersonFacts(full_name="Lê Thị Khác", commune_id=commune.id, identity_number="067080001234")
    with acting(lan):
        families.register_person(actor=lan, facts=facts, now=now)

    row = check(workbooks.workbook())

    asked = [one for one in _said(row, lan) if one.severity is Severity.QUESTION]
    assert [(one.row, one.kind) for one in asked] == [(2, Kind.IN_REGISTER)]
    assert "Lê Thị Khác" in asked[0].says
    take(row)
    assert not Person.objects.filter(full_name="Nguyễn Văn An").exists()


def test_a_namesake_born_the_same_day_is_asked_about_and_added_when_she_says_another(check, take, lan, commune, now):
    rows = [list(row) for row in workbooks.PLAIN]
    rows[1][5] = ""
    facts = PersonFacts(full_name="Nguyễn Văn An", commune_id=commune.id, birth=PartialDate(1980, 5, 12))
    with acting(lan):
        families.register_person(actor=lan, facts=facts, now=now)
    row = check(workbooks.workbook(rows))

    with acting(lan):
        services.answer_rows(actor=lan, list_id=row.id, answers={"0:2": Answer.NEW}, now=now)
    take(row)

    assert Person.objects.filter(full_name="Nguyễn Văn An").count() == 2


def test_a_household_she_leaves_out_stays_out(check, take, lan, now):
    row = check(workbooks.workbook())
    with acting(lan):
        services.answer_rows(actor=lan, list_id=row.id, answers={"h0:5": Answer.LEAVE}, now=now)

    take(row)

    assert list(Household.objects.values_list("code", flat=True)) == ["DM-001"]


def test_only_chosen_households_are_taken_when_she_asks_for_those(check, take, lan, now):
    row = check(workbooks.workbook())
    with acting(lan):
        services.answer_rows(actor=lan, list_id=row.id, answers={"h0:5": Answer.TAKE}, now=now)

    take(row, takes_all=False)

    assert list(Household.objects.values_list("code", flat=True)) == ["DM-002"]


def test_an_answer_finds_its_part_among_many(check, take, lan, now, monkeypatch):
    monkeypatch.setattr("maiam.contexts.imports.services.looking.PEOPLE_IN_PART", 1)
    homes = [(f"H{n:02d}", f"Nguyễn Văn {n}", "Nam", "1980", "Chủ hộ", "", "", "Kinh") for n in range(1, 10)]
    row = check(workbooks.workbook([workbooks.PLAIN[0], *homes]))

    with acting(lan):
        answers = {"h0:2": Answer.LEAVE, "0:6": Answer.LEAVE, "h0:10": Answer.LEAVE, "h0:99": Answer.LEAVE}
        services.answer_rows(actor=lan, list_id=row.id, answers=answers, now=now)
    take(row)

    left_out = {"H01", "H05", "H09"}
    assert set(Household.objects.values_list("code", flat=True)) == {home[0] for home in homes} - left_out


@pytest.mark.parametrize("at_once", [1, 1_000])
def test_two_of_one_name_in_a_list_are_both_written_however_far_apart(check, take, monkeypatch, at_once):
    monkeypatch.setattr("maiam.contexts.imports.services.looking.PEOPLE_IN_PART", at_once)
    homes = [(f"H{n}", "Nguyễn Thị Hoa", "Nữ", "12/03/1985", "Chủ hộ", "", "", "Kinh") for n in range(1, 4)]

    row = take(check(workbooks.workbook([workbooks.PLAIN[0], *homes])))

    assert row.people_added == row.households_added == len(homes)


def test_who_came_into_the_register_meanwhile_is_asked_about_and_told_so(check, take, lan, commune, now):
    row = check(
        workbooks.workbook([workbooks.PLAIN[0], ("H1", "Lê Văn Bình", "Nam", "05/06/1979", "Chủ hộ", "", "", "")])
    )
    with acting(lan):
        facts = PersonFacts(full_name="Lê Văn Bình", commune_id=commune.id, birth=PartialDate(1979, 6, 5))
        families.register_person(actor=lan, facts=facts, now=now)

    row = take(row)

    questions = [one.row for one in _said(row, lan) if one.severity is Severity.QUESTION]
    assert (row.people_added, questions) == (0, [2])


def test_a_whole_import_is_undone_as_if_it_had_never_been(check, take, lan, now, work):
    row = take(check(workbooks.workbook()))

    with acting(lan):
        services.undo_list(actor=lan, list_id=row.id, now=now)
    work()

    row.refresh_from_db()
    assert row.state == State.UNDONE
    assert (Person.objects.count(), Household.objects.count(), FormerNumber.objects.count()) == (0, 0, 0)
    assert take(check(workbooks.workbook())).people_added == 5


def test_an_import_is_not_undone_once_somebody_wrote_more_about_one_of_its_people(check, take, lan, now, work, commune):
    row = take(check(workbooks.workbook()))
    an = Person.objects.get(full_name="Nguyễn Văn An")
    with acting(lan):
        facts = PersonFacts(full_name="Nguyễn Văn Ân", commune_id=commune.id)
        families.correct_person(actor=lan, person_id=an.id, facts=facts, now=now)
        services.undo_list(actor=lan, list_id=row.id, now=now)

    work()

    row.refresh_from_db()
    assert row.state == State.DONE
    assert "không rút lại" in row.refusal
    assert Person.objects.count() == 5


def test_the_worker_killed_between_two_parts_goes_on_and_doubles_nobody(check, lan, now, work, monkeypatch):
    monkeypatch.setattr("maiam.contexts.imports.services.looking.PEOPLE_IN_PART", 1)
    row = check(workbooks.workbook())
    with acting(lan):
        services.take_list(actor=lan, list_id=row.id, takes_all=True, now=now)
    house = Actor.system("imports")
    steps = services.work_on_next_list(actor=house, now=now)
    with acting(house):
        next(steps)
    with acting(house):
        next(steps)
    del steps

    work()

    row.refresh_from_db()
    assert (row.state, row.people_added) == (State.DONE, 5)
    assert Person.objects.count() == 5


def test_a_home_the_register_refuses_at_the_last_moment_is_told_with_its_reason(check, take, lan, monkeypatch):
    row = check(workbooks.workbook())
    write = families.register_homes

    def refuses_one(*, actor, homes, now):
        if any(home.page.code == "DM-002" for home in homes):
            raise AlreadyHasHomeError
        return write(actor=actor, homes=homes, now=now)

    monkeypatch.setattr(families, "register_homes", refuses_one)
    row = take(row)

    errors = [one for one in _said(row, lan) if one.severity is Severity.ERROR]
    assert [(one.row, one.says) for one in errors] == [(5, str(AlreadyHasHomeError()))]
    assert (row.state, row.people_added) == (State.DONE, 3)


def test_an_officer_of_another_commune_finds_nothing_here(check, binh, now):
    row = check(workbooks.workbook())

    with acting(binh):
        assert queries.imported_lists(binh) == []
        with pytest.raises(NotFoundError):
            queries.one_list(binh, row.id, now)
        assert ListPart.objects.count() == 0


def test_the_file_lies_sealed_and_is_emptied_after_thirty_days(check, now):
    row = check(workbooks.workbook())
    assert b"PK" not in bytes(ListPiece.objects.filter(imported=row).first().sealed)[:8]
    house = Actor.system("imports")

    with acting(house):
        assert services.forget_lists(actor=house, now=now + timedelta(days=29)) == 0
        assert services.forget_lists(actor=house, now=now + timedelta(days=30)) == 1

    assert {bytes(piece.sealed) for piece in ListPiece.objects.filter(imported=row)} == {b""}
    assert {bytes(part.sealed) for part in ListPart.objects.filter(imported=row)} == {b""}


def _erase(name: str, now) -> None:
    house = Actor.system("erasure")
    with acting(house):
        families.erase_person(actor=house, person_id=Person.objects.get(full_name=name).id, now=now)


def test_a_list_that_brought_an_erased_person_in_is_emptied(check, take, now):
    row = take(check(workbooks.workbook()))

    _erase("Nguyễn Văn An", now)

    row.refresh_from_db()
    assert (row.state, row.gone_at) == (State.DONE, now)
    assert not ListPiece.objects.exclude(sealed=b"").exists()
    assert not ListPart.objects.exclude(sealed=b"").exists()
    assert AuditEntry.objects.filter(action="imports.list.forgotten", subject_id=str(row.id)).count() == 1


def test_a_list_that_only_names_an_erased_person_is_emptied_and_another_stays(check, lan, commune, now):
    with acting(lan):
        for name in ("NGUYEN VAN AN", "Lò Văn Khác"):
            families.register_person(actor=lan, facts=PersonFacts(full_name=name, commune_id=commune.id), now=now)
    row = check(workbooks.workbook())

    _erase("Lò Văn Khác", now)
    row.refresh_from_db()
    assert row.gone_at is None
    _erase("NGUYEN VAN AN", now)

    row.refresh_from_db()
    assert (row.state, row.gone_at) == (State.GONE, now)


def test_a_list_nobody_has_read_goes_with_an_erasure_in_its_commune_and_one_elsewhere_stays(
    bring, lan, binh, commune, now
):
    here, there = bring(workbooks.workbook()), bring(workbooks.workbook(), by=binh)
    with acting(lan):
        families.register_person(actor=lan, facts=PersonFacts(full_name="Lò Thị Ai", commune_id=commune.id), now=now)

    _erase("Lò Thị Ai", now)

    here.refresh_from_db()
    there.refresh_from_db()
    assert (here.gone_at, there.gone_at) == (now, None)


def test_an_erasure_waits_while_the_worker_has_the_list(check, lan, commune, now):
    row = check(workbooks.workbook())
    with acting(lan):
        families.register_person(actor=lan, facts=PersonFacts(full_name="Lò Thị Ai", commune_id=commune.id), now=now)
        services.take_list(actor=lan, list_id=row.id, takes_all=True, now=now)

    with pytest.raises(services.ListAtWorkError):
        _erase("Lò Thị Ai", now)

    assert Person.objects.filter(full_name="Lò Thị Ai").exists()


def test_columns_once_corrected_are_remembered_for_the_commune(bring, lan, binh, now):
    rows = [("Mã hộ", "Bí số", "Quan hệ với chủ hộ"), ("A1", "Nguyễn Văn An", "Chủ hộ")]
    first = bring(workbooks.workbook(rows))
    assert Field.FULL_NAME not in first.read_as.pages[0].columns.values()

    told = PageAs(True, {0: Field.HOUSEHOLD_CODE, 1: Field.FULL_NAME, 2: Field.ROLE})
    with acting(lan):
        services.confirm_columns(actor=lan, list_id=first.id, confirmed=Confirmed({0: told}, None, False), now=now)

    assert bring(workbooks.workbook(rows)).read_as.pages[0].columns[1] is Field.FULL_NAME
    assert 1 not in bring(workbooks.workbook(rows), by=binh).read_as.pages[0].columns


def test_without_a_name_or_a_household_the_columns_are_refused(bring, lan, now):
    row = bring(workbooks.workbook())

    told = Confirmed({0: PageAs(True, {0: Field.HOUSEHOLD_CODE})}, None, False)
    with acting(lan), pytest.raises(services.ColumnsLackingError, match="Họ và tên"):
        services.confirm_columns(actor=lan, list_id=row.id, confirmed=told, now=now)
