"""What other systems may read of a case: the same reach as the screens, and nothing that must stay."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries import token_digest
from maiam.contexts.cases.tests.conftest import *  # noqa: F403 - the same home, the same story
from maiam.contexts.cases.tests.conftest import STORY
from maiam.contexts.contacts import events
from maiam.contexts.contacts import services as contacts
from maiam.contexts.contacts.rules.safe_rule import SafeRule, Way
from maiam.platform.access import Actor, acting
from maiam.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
NUMBER = "+84905777888"


@pytest.fixture
def machine():
    """A key of somebody's post."""

    def of(actor) -> Client:
        key, now = f"key of {actor.post_id}", timezone.now()
        ApiToken.objects.create(
            name="hệ thống",
            post_id=actor.post_id,
            made_by_id=actor.account_id,
            digest=token_digest(key),
            made_at=now,
            expires_at=now + timedelta(days=1),
        )
        return Client(headers={"Authorization": f"Bearer {key}"})

    return of


def test_a_case_with_its_orders_and_clocks_and_without_a_word_of_it(lan, case, ordered, machine, now):
    with acting(lan):
        to = events.addressed(lan, case.subject, now)
        rule = SafeRule(ways=frozenset({Way.CALL}), phone=NUMBER, cover_words="Hợp tác xã")
        contacts.lay_down_rule(actor=lan, to=to, rule=rule, now=now)
    client = machine(lan)
    pages = [
        client.get(f"/api/v1/{path}")
        for path in (
            "cases", f"cases/{case.id}", f"risk/cases/{case.id}", f"support/cases/{case.id}",
            f"measures/cases/{case.id}", "duties/commune", "cases/papers",
        )
    ]  # fmt: skip

    assert [page.status_code for page in pages] == [200] * len(pages)
    told = pages[1].json()
    assert told["code"] == case.code
    assert told["orders"][0]["perpetrator_name"] == "Y Blô Êban"
    assert {clock["rule"] for clock in told["clocks"]} >= {"FOLLOW_UP_1"}
    assert told["incidents"][0]["acts"]
    assert pages[6].json()["lines"][0]["number"].endswith("QĐ-UBND")
    everything = " ".join(page.content.decode() for page in pages)
    for secret in (STORY, "bằng gậy", NUMBER, "Hợp tác xã", "sau trường học"):
        assert secret not in everything, secret
    with acting(Actor.system("test")):
        assert AuditEntry.objects.filter(action="cases.case.read", subject_id=str(case.id)).exists()


def test_the_key_of_another_commune_finds_nothing(binh, case, machine):
    client = machine(binh)

    assert client.get("/api/v1/cases").json()["items"] == []
    for path in (f"cases/{case.id}", f"risk/cases/{case.id}", f"support/cases/{case.id}", f"measures/cases/{case.id}"):
        assert client.get(f"/api/v1/{path}").status_code == 404, path


def test_the_list_is_narrowed_by_state_and_code(lan, case, machine):
    client = machine(lan)

    assert client.get("/api/v1/cases", {"status": "closed"}).json()["total"] == 0
    assert [one["id"] for one in client.get("/api/v1/cases", {"code": case.code}).json()["items"]] == [str(case.id)]
    assert client.get("/api/v1/cases", {"status": "nonsense"}).status_code == 422
    assert client.get("/api/v1/cases", {"page": 0}).status_code == 422
