"""A woman is found by a misspelt name; an officer elsewhere does not find her at all."""

import unicodedata
from datetime import date

import pytest

from maiam.contexts.families import queries, services
from maiam.contexts.families.models import Person
from maiam.contexts.families.rules import Sex
from maiam.contexts.places.models import Unit, Village
from maiam.core.text import PartialDate
from maiam.platform.access import Actor, acting
from maiam.platform.audit.models import AuditEntry
from maiam.platform.errors import NotFoundError

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(lan, commune, village, now):
    def add(full_name: str, **facts):
        with acting(lan):
            told = services.PersonFacts(full_name=full_name, commune_id=commune.id, village_id=village.id, **facts)
            return services.register_person(actor=lan, facts=told, now=now)

    return add


def _names(actor, text, now) -> list[str]:
    with acting(actor):
        return [hit.full_name for hit in queries.search_persons(actor, text, now=now)]


@pytest.mark.parametrize(
    ("registered", "typed"),
    [
        ("Nguyễn Thị Hòa", "nguyen thi hoa"),
        ("Nguyễn Thị Hòa", "Hoà"),
        ("Nguyễn Thị Hòa", "hòa nguyễn"),
        ("Nguyễn Thị Hòa", unicodedata.normalize("NFD", "Nguyễn Thị Hòa")),
        ("Nguyễn Thị Hòa", "nguyen thi hao"),
        ("Trần Thị Thủy", "tran thi thuỷ"),
        ("Đặng Thị Ỷ", "dang thi y"),
        ("H'Hoa Niê", "h’hoa nie"),
        ("H'Bơ̆ng Êban", "hbong eban"),
        ("Điểu K'Rang", "krang"),
        ("Lý Thị Mỷ", "lí thị mỉ"),
        ("Giàng Thị Dợ", "giang do"),
        ("Phùng Thị Hòa Nhã", "phung thi hao nha"),
        ("Phùng Thị Hòa Nhã", "nhã phùg"),
        ("Trần Thị Chanh", "tran thi tranh"),
        ("Trần Thị Thu Hà", "trần thị hà"),
        ("Trần Thị Hà", "trần thị thu hà"),
        ("Điểu Đăklăk", "điểu đăk lăk"),
        ("Điểu Đăk Lăk", "điểu đăklăk"),
    ],
)
def test_a_person_is_found_in_spite_of_spelling(register, lan, now, registered, typed):
    register(registered)

    assert _names(lan, typed, now) == [registered]


def test_a_nickname_a_village_and_a_year_find_her_too(register, lan, now):
    register("Nguyễn Thị Hòa", other_names="Bé Ba", birth=PartialDate(1984))
    register("Nguyễn Thị Hòa", birth=PartialDate(1960))

    assert _names(lan, "bé ba", now) == ["Nguyễn Thị Hòa"]
    assert len(_names(lan, "hòa bu đăk", now)) == 2
    assert len(_names(lan, "hòa 1984", now)) == 1


def test_the_number_of_a_village_tells_it_from_its_neighbours(lan, commune, now):
    for number in (1, 12):
        thon = Village.objects.create(commune=commune, name=f"Thôn {number}", folded_name=f"thon {number}", kind="thon")
        told = services.PersonFacts(full_name=f"Nguyễn Thị Thôn {number}", commune_id=commune.id, village_id=thon.id)
        with acting(lan):
            services.register_person(actor=lan, facts=told, now=now)

    assert _names(lan, "nguyễn thôn 1", now)[0] == "Nguyễn Thị Thôn 1"
    assert _names(lan, "nguyễn thôn 12", now)[0] == "Nguyễn Thị Thôn 12"


def test_people_of_the_near_commune_come_first_and_the_likest_before_them(register, lan, elsewhere, now):
    here, there = "Trần Thị Quyên", "Nguyễn Thị Quyên"
    register(here)
    everywhere = Actor.system("test")
    with acting(everywhere):
        told = services.PersonFacts(full_name=there, commune_id=elsewhere.id)
        services.register_person(actor=everywhere, facts=told, now=now)

        def found(text, near):
            hits = queries.search_persons(everywhere, text, now=now, near_commune_id=near.id)
            return [hit.full_name for hit in hits]

        near_lan = Unit.objects.get(id=lan.commune_ids[0])
        assert (found("quyên", near_lan), found("quyên", elsewhere)) == ([here, there], [there, here])
        assert found("nguyễn quyên", near_lan) == [there]


def test_a_commune_out_of_reach_is_near_to_nobody(register, binh, commune, now):
    register("Nguyễn Thị Hòa")

    with acting(binh):
        assert queries.search_persons(binh, "hòa", now=now, near_commune_id=commune.id) == []


def test_a_phone_and_an_identity_number_find_exactly_one(register, lan, now):
    register("Nguyễn Thị Hòa", phone="+84900000111", identity_number="067184000123")
    register("Nguyễn Thị Lan", phone="+84900000112")

    assert _names(lan, "0900 000 111", now) == ["Nguyễn Thị Hòa"]
    assert _names(lan, "067184000123", now) == ["Nguyễn Thị Hòa"]


def test_the_identity_number_stands_nowhere_in_the_clear(register):
    person = register("Nguyễn Thị Hòa", identity_number="067184000123")

    row = Person.objects.filter(id=person.id).values().get()
    assert "067184000123" not in repr(row)


def test_an_officer_elsewhere_finds_nobody_and_opens_nothing(register, binh, now):
    person = register("Nguyễn Thị Hòa", identity_number="067184000123")

    assert _names(binh, "hòa", now) == []
    assert _names(binh, "067184000123", now) == []
    with acting(binh), pytest.raises(NotFoundError):
        queries.person(binh, person.id, now)


def test_a_village_head_finds_only_his_own_village(register, village_head, lan, commune, now):
    register("Nguyễn Thị Hòa")
    with acting(lan):
        facts = services.PersonFacts(full_name="Nguyễn Thị Lan", commune_id=commune.id)
        services.register_person(actor=lan, facts=facts, now=now)

    assert _names(village_head, "nguyễn", now) == ["Nguyễn Thị Hòa"]


@pytest.mark.parametrize("text", ["%", "_", "' OR 1=1 --", "\\", "x" * 5000, "", " ", "\0", "a"])
def test_odd_typing_breaks_nothing(lan, now, text):
    assert _names(lan, text, now) == []


def test_every_search_is_in_the_trail_without_its_words(register, lan, now):
    _names(lan, "bí mật", now)

    entry = AuditEntry.objects.get(action="families.person.searched")
    assert "bí mật" not in f"{entry.fields}{entry.reason}{entry.subject_id}"


def test_a_correction_keeps_what_stood_before(register, lan, commune, now):
    person = register("Nguyễn Thị Hoa")
    with acting(lan):
        told = services.PersonFacts(full_name="Nguyễn Thị Hòa", commune_id=commune.id)
        services.correct_person(actor=lan, person_id=person.id, facts=told, now=now)
        page = queries.person(lan, person.id, now)

    assert page.person.full_name == "Nguyễn Thị Hòa"
    assert page.earlier[0].values["full_name"] == "Nguyễn Thị Hoa"


def test_the_same_identity_number_is_not_registered_twice(register):
    register("Nguyễn Thị Hòa", identity_number="067184000123")

    with pytest.raises(services.NumberTakenError):
        register("Nguyễn Thị Hoà", identity_number="067184000123")


def test_a_birth_in_the_future_is_refused(register):
    with pytest.raises(services.BirthNotPossibleError):
        register("Nguyễn Thị Hòa", birth=PartialDate(2090))


def test_lists_follow_the_order_of_given_names(register, lan, now):
    for name in ("Nguyễn Thị Ước", "Nguyễn Thị Ánh", "Nguyễn Thị Đào", "Nguyễn Thị Dung"):
        register(name)

    assert _names(lan, "nguyễn thị", now) == ["Nguyễn Thị Ánh", "Nguyễn Thị Dung", "Nguyễn Thị Đào", "Nguyễn Thị Ước"]


def test_the_house_itself_sees_everyone(register, now):
    register("Nguyễn Thị Hòa", sex=Sex.FEMALE)

    assert _names(Actor.system("test"), "hòa", now) == ["Nguyễn Thị Hòa"]


def test_a_household_has_one_head_and_a_person_one_home(register, lan, commune, now):
    first, second = register("Điểu Tôn"), register("Thị Mai")
    start = date(2020, 1, 1)
    with acting(lan):
        home = services.register_household(actor=lan, commune_id=commune.id, code="01", now=now)
        other = services.register_household(actor=lan, commune_id=commune.id, code="02", now=now)
        join = {"actor": lan, "starts_on": start, "now": now}
        services.add_member(household_id=home.id, person_id=first.id, role="head", **join)
        services.add_member(household_id=home.id, person_id=second.id, role="spouse", **join)

        with pytest.raises(services.AlreadyHasHomeError):
            services.add_member(household_id=other.id, person_id=second.id, role="head", **join)
        services.change_head(actor=lan, household_id=home.id, person_id=second.id, on=date(2024, 1, 1), now=now)
        page = queries.household(lan, home.id, now)

    assert [(line.person.full_name, line.role_label) for line in page.members] == [
        ("Thị Mai", "Chủ hộ"),
        ("Điểu Tôn", "Vợ hoặc chồng"),
    ]
    assert page.former == []


def test_kinship_is_told_from_both_sides(register, lan, now):
    mother, son = register("Thị Mai"), register("Điểu Xê")
    with acting(lan):
        services.record_kinship(actor=lan, person_id=son.id, relative_id=mother.id, relation="birth_parent", now=now)
        page = queries.person(lan, mother.id, now)

    assert [(line.person.full_name, line.relation_label) for line in page.kin] == [("Điểu Xê", "Con đẻ")]


@pytest.fixture
def home_of_two(lan, binh, commune, elsewhere, now):
    with acting(lan):
        home = services.register_household(actor=lan, commune_id=commune.id, code="H-BK-21", now=now)
    with acting(binh):
        services.register_household(actor=binh, commune_id=elsewhere.id, code="H-BK-21", now=now)
    return home


@pytest.mark.parametrize("typed", ["H-BK-21", " h-bk-21 "])
def test_a_household_is_found_by_its_code_within_reach(home_of_two, lan, now, typed):
    with acting(lan):
        found = queries.homes_of_code(lan, typed, now)

    assert [(one.id, one.code) for one in found] == [(home_of_two.id, "H-BK-21")]
    entry = AuditEntry.objects.get(action="families.household.searched")
    assert "BK" not in f"{entry.fields}{entry.reason}{entry.subject_id}".upper()


@pytest.mark.parametrize("typed", ["H-BK-2", "lan", "21", "x" * 40 + "1", "\0 1 \0"])
def test_a_part_of_a_code_or_a_name_finds_no_household(home_of_two, lan, now, typed):
    with acting(lan):
        assert queries.homes_of_code(lan, typed, now) == []


def test_the_search_page_leads_to_the_household(home_of_two, client_for, lan):
    shown = client_for(lan).get("/gia-dinh/", {"q": "H-BK-21"}).content.decode()

    assert f'href="/gia-dinh/ho/{home_of_two.id}/"' in shown
    assert "Không tìm thấy ai" not in shown
