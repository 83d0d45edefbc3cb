"""The register for other systems: page by page, with a version, within reach and on the record."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries import token_digest
from maiam.contexts.changes.models import ChangeRequest
from maiam.contexts.families import services
from maiam.contexts.families.models import Person
from maiam.contexts.families.rules import MemberRole
from maiam.contexts.families.services import NewHousehold, NewMember, PersonFacts
from maiam.platform.access import Actor, acting
from maiam.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
BASE = "/api/v1/families"
NAMES = ("Điểu An", "Điểu An", "Bùi Bình", "Cao Thị Cúc", "H'Zung Niê", "Y Êban", "Đặng Đức")


@pytest.fixture
def machine():
    """A machine's key for a post."""

    made: dict[int | None, Client] = {}

    def of(actor: Actor) -> Client:
        if actor.post_id in made:
            return made[actor.post_id]
        key, now = f"key of {actor.post_id}", timezone.now()
        ApiToken.objects.create(
            name="kho", post_id=actor.post_id, made_by_id=actor.account_id, digest=token_digest(key),
            made_at=now, expires_at=now + timedelta(days=1),
        )  # fmt: skip
        made[actor.post_id] = Client(headers={"Authorization": f"Bearer {key}"})
        return made[actor.post_id]

    return of


@pytest.fixture
def people(lan, commune, village, now) -> list[Person]:
    members = [
        NewMember(
            facts=PersonFacts(full_name=name, commune_id=commune.id, village_id=village.id),
            role=MemberRole.HEAD if number == 0 else MemberRole.OTHER,
            starts_on=now.date(),
        )
        for number, name in enumerate(NAMES)
    ]
    page = NewHousehold(commune_id=commune.id, village_id=village.id, code="BD-001", members=members)
    with acting(lan):
        services.register_whole_household(actor=lan, page=page, now=now)
        for number in range(2, 5):
            services.register_household(
                actor=lan, commune_id=commune.id, village_id=village.id, code=f"BD-00{number}", now=now
            )
    return list(Person.objects.order_by("id"))


def _all(client: Client, path: str, limit: int) -> list[dict]:
    items, after = [], ""
    while True:
        page = client.get(f"{BASE}/{path}?limit={limit}{after}").json()
        items += page["items"]
        if not page["next"]:
            return items
        after = f"&after={page['next']}"


@pytest.mark.parametrize("limit", [1, 2, 3, 200])
def test_every_page_together_is_everyone_once(machine, lan, people, limit):
    items = _all(machine(lan), "persons/page", limit)

    assert sorted(item["full_name"] for item in items) == sorted(NAMES)
    assert len({item["id"] for item in items}) == len(NAMES)


def test_someone_added_meanwhile_moves_nobody(machine, lan, people, commune, now):
    client = machine(lan)
    first = client.get(f"{BASE}/persons/page?limit=3").json()
    with acting(lan):
        services.register_person(actor=lan, facts=PersonFacts(full_name="An An", commune_id=commune.id), now=now)

    rest = client.get(f"{BASE}/persons/page?limit=200&after={first['next']}").json()

    assert len(first["items"]) + len(rest["items"]) == len(NAMES)


def test_a_cursor_says_nothing_and_a_made_up_one_is_refused(machine, lan, binh, people):
    next_door = machine(binh)
    page = machine(lan).get(f"{BASE}/persons/page?limit=1").json()

    assert page["items"][0]["full_name"] not in page["next"]
    assert next_door.get(f"{BASE}/persons/page?after={page['next']}").status_code == 404
    for cursor in ("x", "%00", "AAAA", "🙂"):
        assert machine(lan).get(f"{BASE}/persons/page?after={cursor}").status_code in {404, 409}
    assert machine(lan).get(f"{BASE}/persons/page?limit=201").status_code == 422


def test_the_commune_next_door_gets_an_empty_page(machine, binh, people):
    assert machine(binh).get(f"{BASE}/persons/page").json() == {"items": [], "next": None}
    assert machine(binh).get(f"{BASE}/households").json() == {"items": [], "next": None}
    assert machine(binh).get(f"{BASE}/persons/{people[0].id}").status_code == 404


def test_who_rests_or_was_erased_is_in_no_list(machine, lan, people, now):
    with acting(lan):
        services.restrict_person(actor=lan, person_id=people[0].id, now=now)
    house = Actor.system("erasure")
    with acting(house):
        services.erase_person(actor=house, person_id=people[1].id, now=now)
    client = machine(lan)

    ids = {item["id"] for item in _all(client, "persons/page", 200)}

    assert ids == {str(person.id) for person in people[2:]}
    assert client.get(f"{BASE}/persons/{people[1].id}").json()["is_erased"]


def test_households_come_by_code_and_open_with_their_people(machine, lan, people):
    client = machine(lan)

    items = _all(client, "households", 2)
    assert [item["code"] for item in items] == ["BD-001", "BD-002", "BD-003", "BD-004"]
    answer = client.get(f"{BASE}/households/{items[0]['id']}")
    home = answer.json()
    assert sorted(member["full_name"] for member in home["members"]) == sorted(NAMES)
    assert answer["ETag"] == f'"{home["version"]}"'


def test_a_version_changes_with_the_facts_and_guards_a_change_request(machine, lan, people, commune, now, chairwoman):
    client, person = machine(lan), people[0]
    read = client.get(f"{BASE}/persons/{person.id}")
    asked = {"person_id": str(person.id), "facts": {"phone": "0912345678"}, "shown": "identity_card"}
    with acting(lan):
        services.correct_person(
            actor=lan, person_id=person.id, facts=PersonFacts(full_name="Điểu Ân", commune_id=commune.id), now=now
        )

    def send(more: dict, **headers: str):
        return client.post("/api/v1/changes", json.dumps(asked | more), "application/json", headers=headers)

    for late in (send({"version": read.json()["version"]}), send({}, **{"If-Match": read["ETag"]})):
        assert (late.status_code, late.json()["code"]) == (409, "changes.register_moved")
    assert not ChangeRequest.objects.exists()
    again = client.get(f"{BASE}/persons/{person.id}")
    assert again["ETag"] != read["ETag"]
    assert send({}, **{"If-Match": again["ETag"]}).status_code == 201


def test_each_page_leaves_its_line_in_the_trail(machine, lan, people):
    _all(machine(lan), "persons/page", 3)

    with acting(Actor.system("test")):
        assert AuditEntry.objects.filter(action="families.people.listed").count() == 3


def test_a_page_costs_few_questions_however_long_it_is(machine, lan, people, django_assert_max_num_queries):
    client = machine(lan)

    with django_assert_max_num_queries(12):
        client.get(f"{BASE}/persons/page?limit=200")
