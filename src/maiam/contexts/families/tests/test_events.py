"""What happens to a household is written as history: the state of every past day stays as it was."""

from datetime import date, timedelta

import pytest

from maiam.contexts.families import queries, services
from maiam.contexts.families.models import FamilyEvent, HouseholdMembership, Kinship, Person
from maiam.contexts.families.rules import MemberRole, Residence, Sex
from maiam.contexts.families.services import NewHome
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, acting
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import ForbiddenError, NotFoundError

pytestmark = pytest.mark.django_db

DAY = date(2024, 5, 2)
BEFORE = DAY - timedelta(days=1)


@pytest.fixture
def bride(book) -> Person:
    """H'Yar Byă, alone in the second house."""
    return book.writes("BD-2", ("H'Yar Byă", Sex.FEMALE, 1998, MemberRole.HEAD))["H'Yar Byă"]


@pytest.fixture
def couple(book, son, bride) -> tuple[Person, Person]:
    book.does(
        services.record_marriage, one_id=son.id, other_id=bride.id, married_on=DAY, household_id=book.home("BD-1").id
    )
    return son, bride


# --- birth


def test_a_child_is_born_into_the_household_and_into_its_kin(book, father, mother, son):
    child = book.facts("H'Mai Mlô", birth=PartialDate(2024, 5, 2))
    born = book.does(
        services.record_birth, household_id=book.home("BD-1").id, child=child, mother_id=mother.id, father_id=father.id
    )

    assert book.on("BD-1", DAY)["H'Mai Mlô"] == "Con"
    assert "H'Mai Mlô" not in book.on("BD-1", BEFORE)
    assert book.kin(born.id) == {
        "Y Bhăm Niê": "Cha, mẹ đẻ",
        "H'Hoa Mlô": "Cha, mẹ đẻ",
        "H'Linh Niê": "Ông, bà nội hoặc ngoại",
        "Y Sơn Mlô": "Anh, chị, em (kể cả cùng cha khác mẹ, cùng mẹ khác cha)",
    }
    assert book.kin(mother.id)["H'Mai Mlô"] == "Con đẻ"


def test_a_child_of_the_son_is_a_grandchild_of_the_head(book, couple):
    child = book.facts("Y Bin Byă", Sex.MALE, birth=PartialDate(2025, 1, 9))
    book.does(services.record_birth, household_id=book.home("BD-1").id, child=child, mother_id=couple[1].id)

    assert book.on("BD-1")["Y Bin Byă"] == "Cháu"


def test_a_birth_needs_its_day(book, family):
    with pytest.raises(services.BirthNotPossibleError):
        book.does(
            services.record_birth,
            household_id=book.home("BD-1").id,
            child=book.facts("H'Mai", birth=PartialDate(2024, 5)),
        )


def test_a_parent_is_older_than_the_child(book, son):
    with pytest.raises(services.ParentTooYoungError):
        book.does(
            services.record_birth,
            household_id=book.home("BD-1").id,
            child=book.facts("H'Mai", birth=PartialDate(1996, 5, 2)),
            father_id=son.id,
        )


# --- death


def test_when_the_head_dies_the_next_head_is_named_in_the_same_act(book, father, mother, family):
    proposed = queries.proposed_head(book.officer, book.home("BD-1").id, [father.id], DAY)
    book.does(services.record_death, person_id=father.id, died_on=DAY, next_head_id=proposed)

    assert proposed == mother.id
    assert book.on("BD-1", DAY) == {
        "H'Hoa Mlô": "Chủ hộ",
        "Y Sơn Mlô": "Con",
        "H'Linh Niê": "Khác",
    }
    assert book.on("BD-1", BEFORE)["Y Bhăm Niê"] == "Chủ hộ"
    assert book.kin(mother.id) == {"Y Sơn Mlô": "Con đẻ"}


def test_the_death_of_a_head_without_naming_the_next_is_refused(book, father):
    with pytest.raises(services.NextHeadNeededError):
        book.does(services.record_death, person_id=father.id, died_on=DAY)

    father.refresh_from_db()
    assert father.died_on is None
    assert not FamilyEvent.objects.exists()


def test_nobody_dies_twice_or_before_birth_or_tomorrow(book, grandmother, now):
    with pytest.raises(services.DiedBeforeBornError):
        book.does(services.record_death, person_id=grandmother.id, died_on=date(1940, 1, 1))
    with pytest.raises(services.NotYetError):
        book.does(services.record_death, person_id=grandmother.id, died_on=now.date() + timedelta(days=1))
    book.does(services.record_death, person_id=grandmother.id, died_on=DAY)
    with pytest.raises(services.PersonDeadError):
        book.does(services.record_death, person_id=grandmother.id, died_on=DAY)


def test_the_last_of_a_household_leaves_it_dissolved(book, bride):
    book.does(services.record_death, person_id=bride.id, died_on=DAY)

    assert book.home("BD-2").dissolved_on == DAY
    with pytest.raises(services.HouseholdGoneError):
        book.does(services.dissolve_household, household_id=book.home("BD-2").id, on=DAY)


# --- marriage, divorce


def test_who_marries_in_is_kin_of_the_family_and_leaves_the_old_home(book, couple, mother):
    _, bride = couple

    assert book.on("BD-1", DAY)["H'Yar Byă"] == "Con dâu, con rể"
    assert book.home("BD-2").dissolved_on == DAY
    assert book.kin(bride.id) == {
        "Y Sơn Mlô": "Chồng",
        "Y Bhăm Niê": "Cha, mẹ vợ hoặc chồng",
        "H'Hoa Mlô": "Cha, mẹ vợ hoặc chồng",
    }
    assert book.kin(mother.id)["H'Yar Byă"] == "Con dâu, con rể"


def test_divorce_leaves_former_kin_and_the_one_who_stays_as_one_of_the_others(book, couple):
    son, bride = couple
    later = date(2026, 2, 3)
    book.does(services.record_divorce, one_id=bride.id, other_id=son.id, divorced_on=later)

    assert book.on("BD-1", later)["H'Yar Byă"] == "Khác"
    assert set(book.kin(bride.id).values()) == {
        "Vợ, chồng đã ly hôn",
        "Cha, mẹ, con riêng, anh, chị, em của người đã ly hôn",
    }
    former = queries.person(book.officer, bride.id, book.now).former_kin
    assert [line.ended_on for line in former] == [later, later, later]


def test_who_leaves_at_the_divorce_has_no_home_from_that_day(book, couple):
    son, bride = couple
    book.does(
        services.record_divorce, one_id=son.id, other_id=bride.id, divorced_on=date(2026, 2, 3), leaver_id=bride.id
    )

    assert "H'Yar Byă" not in book.on("BD-1")
    assert "H'Yar Byă" in book.on("BD-1", date(2026, 2, 2))


def test_nobody_marries_twice_or_their_own_kin_or_one_of_the_same_sex(book, couple, mother, father, grandmother):
    with pytest.raises(services.AlreadyMarriedError):
        book.does(services.record_marriage, one_id=couple[1].id, other_id=father.id, married_on=DAY)
    with pytest.raises(services.SexesNotFitError):
        book.does(services.record_marriage, one_id=grandmother.id, other_id=mother.id, married_on=DAY)
    book.does(services.record_death, person_id=father.id, died_on=DAY, next_head_id=mother.id)
    book.does(services.record_divorce, one_id=couple[0].id, other_id=couple[1].id, divorced_on=DAY)
    with pytest.raises(services.TooCloseError):
        book.does(services.record_marriage, one_id=mother.id, other_id=couple[0].id, married_on=DAY)
    with pytest.raises(services.NotMarriedError):
        book.does(services.record_divorce, one_id=mother.id, other_id=couple[0].id, divorced_on=DAY)


# --- moves


def test_moving_in_ends_the_home_before_on_the_same_day(book, bride, family):
    book.does(services.move_in, household_id=book.home("BD-1").id, who=bride.id, role=MemberRole.OTHER, on=DAY)

    assert book.on("BD-2", BEFORE) == {"H'Yar Byă": "Chủ hộ"}
    assert book.on("BD-2", DAY) == {}
    assert book.on("BD-1", DAY)["H'Yar Byă"] == "Khác"


def test_a_lodger_keeps_the_permanent_home(book, bride, family):
    book.does(
        services.move_in,
        household_id=book.home("BD-1").id,
        who=bride.id,
        role=MemberRole.OTHER,
        on=DAY,
        residence=Residence.TEMPORARY,
    )

    assert book.on("BD-2", DAY) == {"H'Yar Byă": "Chủ hộ"}
    assert "H'Yar Byă" in book.on("BD-1", DAY)


def test_someone_new_to_the_register_moves_in(book, family, village):
    facts = book.facts("Giàng A Páo", Sex.MALE, 1990, village_id=None)
    person = book.does(services.move_in, household_id=book.home("BD-1").id, who=facts, role=MemberRole.OTHER, on=DAY)

    assert book.on("BD-1", DAY)["Giàng A Páo"] == "Khác"
    person.refresh_from_db()
    assert person.village == village


def test_the_first_adult_of_an_empty_household_is_its_head(book, bride, commune):
    empty = book.does(services.register_household, commune_id=commune.id, code="BD-9")
    with pytest.raises(services.FirstIsHeadError):
        book.does(services.move_in, household_id=empty.id, who=bride.id, role=MemberRole.OTHER, on=DAY)


def test_when_the_head_moves_out_the_roles_are_told_from_the_next(book, father, son, family):
    book.does(
        services.move_out,
        household_id=book.home("BD-1").id,
        person_ids=[father.id],
        on=DAY,
        next_head_id=son.id,
        destination="Bình Dương, làm công ty",
    )

    assert book.on("BD-1", DAY) == {
        "Y Sơn Mlô": "Chủ hộ",
        "H'Hoa Mlô": "Cha, mẹ",
        "H'Linh Niê": "Ông, bà",
    }


def test_nobody_leaves_before_they_came(book, grandmother):
    with pytest.raises(services.TooEarlyError):
        book.does(
            services.move_out,
            household_id=book.home("BD-1").id,
            person_ids=[grandmother.id],
            on=date(2014, 12, 31),
        )


def test_a_household_that_moves_keeps_its_former_address(book, family, commune, father, add_village):
    other = add_village("Thôn Tân Lập")
    home = book.home("BD-1")
    book.does(services.move_household, household_id=home.id, on=DAY, village_id=other.id, address="Số 7")

    then = queries.household_on(book.officer, home.id, BEFORE, book.now).place
    today = queries.household_on(book.officer, home.id, DAY, book.now).place
    assert (then.near, today.near) == ("Bon Bu Đăk", "Số 7, Thôn Tân Lập")
    assert queries.search_persons(book.officer, "bham tan lap", now=book.now)[0].id == father.id


# --- split, merge, dissolve, head


def test_a_son_splits_off_with_his_wife(book, couple, mother):
    son, bride = couple
    new = NewHome(code="BD-3", person_ids=[son.id, bride.id], head_id=son.id, village_id=book.village.id)
    split_on = date(2025, 3, 1)
    book.does(services.split_household, household_id=book.home("BD-1").id, new=new, on=split_on)

    assert book.on("BD-3", split_on) == {"Y Sơn Mlô": "Chủ hộ", "H'Yar Byă": "Vợ hoặc chồng"}
    assert set(book.on("BD-1", split_on)) == {"Y Bhăm Niê", "H'Hoa Mlô", "H'Linh Niê"}
    assert len(book.on("BD-1", split_on - timedelta(days=1))) == 5


def test_a_split_takes_some_and_leaves_some(book, family):
    home = book.home("BD-1").id
    everyone = [person.id for person in family.values()]
    with pytest.raises(services.SomebodyStaysError):
        book.does(
            services.split_household,
            household_id=home,
            on=DAY,
            new=NewHome(code="X", person_ids=everyone, head_id=everyone[0]),
        )
    with pytest.raises(services.NobodyMovesError):
        book.does(
            services.split_household,
            household_id=home,
            on=DAY,
            new=NewHome(code="X", person_ids=[], head_id=everyone[0]),
        )


def test_two_households_become_one(book, family, bride, father):
    book.does(services.merge_households, household_id=book.home("BD-2").id, into_id=book.home("BD-1").id, on=DAY)

    assert book.on("BD-1", DAY)["H'Yar Byă"] == "Khác"
    assert book.on("BD-1", DAY)["Y Bhăm Niê"] == "Chủ hộ"
    assert book.home("BD-2").dissolved_on == DAY


def test_a_household_struck_off_keeps_its_history(book, family):
    book.does(services.dissolve_household, household_id=book.home("BD-1").id, on=DAY, note="Đi khỏi địa phương")

    assert book.on("BD-1", DAY) == {}
    assert len(book.on("BD-1", BEFORE)) == 4


def test_a_child_is_no_head(book, family, father, mother):
    child = book.does(
        services.record_birth,
        household_id=book.home("BD-1").id,
        child=book.facts("H'Mai Mlô", birth=PartialDate(2024, 5, 2)),
        mother_id=mother.id,
    )
    with pytest.raises(services.NextHeadNotFitError):
        book.does(services.change_head, household_id=book.home("BD-1").id, person_id=child.id, on=date(2025, 1, 1))


def test_absence_is_told_from_a_day_and_keeps_the_home(book, son, family):
    book.does(services.change_stay, membership_id=book.stay(son).id, on=DAY, residence=Residence.ABSENT)

    page = queries.household_on(book.officer, book.home("BD-1").id, DAY, book.now)
    line = next(line for line in page.members if line.person == son)
    assert (line.residence_label, line.membership.is_permanent) == ("Tạm vắng", True)


def test_a_stay_written_wrongly_is_put_right_and_what_we_knew_is_kept(book, son, family, now):
    stay = book.stay(son)
    facts = services.StayFacts(role=MemberRole.CHILD, residence=Residence.PERMANENT, starts_on=date(2018, 1, 1))
    services.correct_stay(
        actor=book.officer, membership_id=stay.id, facts=facts, reason="Sai năm", now=now + timedelta(hours=1)
    )

    day, home = date(2016, 1, 1), book.home("BD-1").id
    known_now = queries.household_on(book.officer, home, day, now)
    known_then = queries.household_on(book.officer, home, day, now, known_at=now + timedelta(minutes=1))
    assert son not in [line.person for line in known_now.members]
    assert son in [line.person for line in known_then.members]


# --- taking back


def test_an_event_told_wrongly_is_taken_back_and_stays_visible(book, father, mother, now):
    before = book.on("BD-1")
    book.does(services.record_death, person_id=father.id, died_on=DAY, next_head_id=mother.id)
    told_at = book.now
    book.now = now + timedelta(hours=2)
    event = FamilyEvent.objects.get()

    book.does(services.revoke_event, event_id=event.id, reason="Nhầm người cùng tên")

    assert book.on("BD-1") == before == book.on("BD-1", DAY)
    father.refresh_from_db()
    assert father.died_on is None
    assert book.kin(father.id)["H'Hoa Mlô"] == "Vợ"
    told, taken_back = reversed(queries.household_history(book.officer, book.home("BD-1").id))
    assert (told.revoked_at, taken_back.revokes_label) == (book.now, "Mất")
    as_known = queries.household_on(book.officer, book.home("BD-1").id, DAY, book.now, known_at=told_at)
    assert "Y Bhăm Niê" not in [line.person.full_name for line in as_known.members]


def test_what_something_later_builds_on_is_not_taken_back(book, couple):
    marriage = FamilyEvent.objects.get()
    book.now += timedelta(minutes=1)
    book.does(services.record_divorce, one_id=couple[0].id, other_id=couple[1].id, divorced_on=date(2026, 2, 3))

    with pytest.raises(services.NotRevocableError):
        book.does(services.revoke_event, event_id=marriage.id, reason="Nhầm")
    book.does(services.revoke_event, event_id=FamilyEvent.objects.get(kind="divorce").id, reason="Nhầm")
    book.does(services.revoke_event, event_id=marriage.id, reason="Nhầm")

    assert book.on("BD-2") == {"H'Yar Byă": "Chủ hộ"}
    assert book.kin(couple[1].id) == {}
    with pytest.raises(services.AlreadyRevokedError):
        book.does(services.revoke_event, event_id=marriage.id, reason="Nhầm")


def test_a_split_taken_back_brings_everyone_home(book, couple):
    son, bride = couple
    new = NewHome(code="BD-3", person_ids=[son.id, bride.id], head_id=son.id)
    book.now += timedelta(minutes=1)
    book.does(services.split_household, household_id=book.home("BD-1").id, new=new, on=date(2025, 3, 1))
    book.does(services.revoke_event, event_id=FamilyEvent.objects.get(kind="split").id, reason="Chưa tách")

    assert book.on("BD-3") == {}
    assert book.on("BD-1")["H'Yar Byă"] == "Con dâu, con rể"
    assert book.home("BD-3").dissolved_on == date(2025, 3, 1)


# --- who may, and what is left behind


def test_each_event_leaves_one_entry_in_the_trail(book, grandmother):
    book.does(services.record_death, person_id=grandmother.id, died_on=DAY)

    with acting(Actor.system("test")):
        told = AuditEntry.objects.filter(subject_type="families.familyevent")
        assert [(entry.action, entry.subject_id) for entry in told] == [
            ("families.death.recorded", str(FamilyEvent.objects.get().id))
        ]


def test_another_communes_officer_cannot_tell_the_household_from_nothing(book, family, binh):
    home = book.home("BD-1").id
    with acting(binh):
        for service, arguments in (
            (services.change_head, {"person_id": family["H'Hoa Mlô"].id, "on": DAY}),
            (services.move_out, {"person_ids": [family["H'Hoa Mlô"].id], "on": DAY}),
            (services.dissolve_household, {"on": DAY}),
        ):
            with pytest.raises(NotFoundError):
                service(actor=binh, household_id=home, now=book.now, **arguments)
        with pytest.raises(NotFoundError):
            queries.household_on(binh, home, DAY, book.now)
        assert queries.members_on(binh, [home], DAY) == {}
        assert queries.household_history(binh, home) == []


def test_a_village_head_reads_the_history_and_writes_none(book, family, grandmother, village_head):
    book.does(services.record_death, person_id=grandmother.id, died_on=DAY)
    with acting(village_head):
        (told,) = queries.household_history(village_head, book.home("BD-1").id)
        with pytest.raises(ForbiddenError):
            services.revoke_event(actor=village_head, event_id=told.id, reason="Nhầm", now=book.now)

    assert [part.person for part in told.people] == [grandmother]


# --- kinship


def test_nobody_is_their_own_ancestor(book, son, grandmother):
    with pytest.raises(services.CircularKinshipError):
        book.does(services.record_kinship, person_id=grandmother.id, relative_id=son.id, relation="birth_parent")


@pytest.fixture
def adoption(book, bride, grandmother):
    pair = {"person_id": bride.id, "relative_id": grandmother.id}
    return book.does(services.record_kinship, relation="adoptive_parent", starts_on=date(2010, 1, 1), **pair)


def test_ended_kinship_ends_on_both_sides_and_leaves_what_the_law_names(book, adoption, bride, grandmother):
    book.does(services.end_kinship, kinship_id=adoption.id, ends_on=DAY)

    both = Kinship.objects.filter(relation__in=["adoptive_parent", "adopted_child"])
    assert set(both.values_list("ends_on", flat=True)) == {DAY}
    for one, other in ((bride, grandmother), (grandmother, bride)):
        links = Kinship.objects.filter(person=one, relative=other).open()
        assert [link.relation for link in links] == ["former_adoptive"]


def test_blood_and_marriage_do_not_end_so(book, father, mother, son):
    for relative in (mother, son):
        link = Kinship.objects.get(person=father, relative=relative)
        with pytest.raises(services.KinshipDoesNotEndError):
            book.does(services.end_kinship, kinship_id=link.id, ends_on=DAY)


@pytest.mark.parametrize("day", [date(2009, 12, 31), date(2090, 1, 1)])
def test_kinship_ends_neither_before_it_began_nor_in_days_to_come(book, adoption, day):
    with pytest.raises(services.EndsTooEarlyError):
        book.does(services.end_kinship, kinship_id=adoption.id, ends_on=day)


def test_one_person_has_one_permanent_home_whatever_is_asked(book, bride, family):
    with pytest.raises(services.AlreadyHasHomeError):
        book.does(
            services.add_member,
            household_id=book.home("BD-1").id,
            person_id=bride.id,
            role=MemberRole.OTHER,
            starts_on=DAY,
        )

    assert HouseholdMembership.objects.filter(person=bride).count() == 1
