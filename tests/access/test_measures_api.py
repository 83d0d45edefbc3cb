"""Measures, reviews and court files for other systems: the whole way by a key, but for what a person signs by law."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries import token_digest
from maiam.contexts.measures.models import Measure
from maiam.contexts.measures.tests.conftest import *  # noqa: F403 - the same home, the same measures
from maiam.contexts.reviews import services as reviews
from maiam.platform.access import Actor, acting
from maiam.platform.audit.models import AuditEntry

pytestmark = pytest.mark.django_db
BASE = "/api/v1"
SUMMON, SHELTER = "M_B_SUMMON", "M_D_SHELTER"


@pytest.fixture
def call():
    """Send JSON with a key of somebody's post."""

    def send(actor: Actor, path: str, body: dict | None = None):
        key, now = f"key of {actor.post_id}", timezone.now()
        ApiToken.objects.get_or_create(
            digest=token_digest(key),
            defaults={
                "name": "hệ thống", "post_id": actor.post_id, "made_by_id": actor.account_id, "made_at": now,
                "expires_at": now + timedelta(days=1),
            },
        )  # fmt: skip
        client = Client(headers={"Authorization": f"Bearer {key}"})
        address = f"{BASE}/{path}"
        return client.get(address) if body is None else client.post(address, json.dumps(body), "application/json")

    return send


@pytest.fixture
def summon(husband, now):
    """What the integrator sends to have him summoned."""
    return {
        "kind": SUMMON,
        "asked_at": now.isoformat(),
        "person": str(husband),
        "facts": {"why": "Đã hai lần.", "danger": True},
    }


def test_the_list_of_kinds_says_what_each_step_asks(call, lan):
    kinds = {one["code"]: one for one in call(lan, "measures/kinds").json()}

    assert kinds[SUMMON]["starts_with_request"]
    assert [one["code"] for one in kinds[SUMMON]["facts"] if one["at"] == "decision"] == ["appear_at"]
    assert kinds[SHELTER]["needs_consent"]


def test_asked_by_a_key_signed_by_a_person_carried_out_by_a_key(call, lan, police_chief, case, summon, decided, now):
    asked = call(lan, f"measures/cases/{case.id}/requests", summon)
    assert asked.status_code == 201, asked.json()
    measure = Measure.objects.get(id=asked.json()["id"])
    assert measure.request_facts["danger"] == "yes"
    decided(police_chief, measure)
    at = now.isoformat()
    steps = {
        "services": {"addressee": "perpetrator", "method": "in_person", "served_at": at},
        "beginning": {"happened_at": at},
        "events": {"kind": "breach", "happened_at": at, "told": "Không đến."},
        "end": {"ended_at": at, "facts": {"result": "Đã làm việc, cam kết."}},
    }

    states = [
        call(police_chief, f"measures/{measure.id}/{step}", body).json().get("state") for step, body in steps.items()
    ]

    assert states == ["served", "in_force", "in_force", "ended"]
    with acting(Actor.system("test")):
        acts = set(AuditEntry.objects.filter(subject_id=str(measure.id)).values_list("action", flat=True))
    assert acts >= {f"measures.measure.{act}" for act in ("requested", "served", "begun", "breach", "ended")}


def test_no_key_signs_for_a_person(call, lan, police_chief, case, summon, now):
    measure_id = call(lan, f"measures/cases/{case.id}/requests", summon).json()["id"]
    decision = {"reason": "Vì đã xảy ra.", "facts": {"appear_at": (now + timedelta(days=1)).isoformat()}}

    for step, body in (("decision", decision), ("refusal", {"reason": "Không đủ."})):
        answer = call(police_chief, f"measures/{measure_id}/{step}", body)
        assert (answer.status_code, answer.json()["code"]) == (409, "measures.not_competent"), step
    assert Measure.objects.get().state == "requested"


def test_what_others_decided_a_key_writes_down(call, lan, case, husband, now):
    done = {
        "wish": {"kind": "M_C_BAN_COURT", "asked_at": now.isoformat(), "person": str(husband)},
        "decision": {
            "ends_at": (now + timedelta(days=30)).isoformat(),
            "facts": {"court": "Tòa án nhân dân khu vực 5", "number": "12/QĐ-TA", "decided_on": "2026-11-20"},
        },
    }

    answer = call(lan, f"measures/cases/{case.id}/records", done)

    assert answer.status_code == 201, answer.json()
    row = Measure.objects.get()
    assert (row.state, row.decision_facts["decided_on"]) == ("in_force", "20/11/2026")
    assert row.decided_by_id == lan.account_id


def test_where_a_refuge_is_goes_in_and_never_out(call, lan, case, now):
    wish = {"kind": SHELTER, "asked_at": now.isoformat(), "consent_by": "H'Lan Niê", "consent_at": now.isoformat()}
    done = {"wish": wish, "decision": {"secret_place": "Nhà chị Mây, sau chợ"}}

    kept = call(lan, f"measures/cases/{case.id}/records", done)

    assert kept.status_code == 201
    for answer in (kept, call(lan, f"measures/{kept.json()['id']}"), call(lan, f"measures/cases/{case.id}")):
        assert "chị Mây" not in answer.content.decode()


def test_what_is_wrong_is_named_in_the_words_of_the_screen(call, lan, case, summon):
    path = f"measures/cases/{case.id}/requests"

    missing = call(lan, path, summon | {"facts": {}})
    strange = call(lan, path, summon | {"facts": {"why": "x", "colour": "red"}})
    unknown = call(lan, path, summon | {"kind": "M_NO_SUCH"})

    assert missing.json()["fields"].keys() == {"facts.why"}
    assert strange.json()["fields"] == {"facts.colour": ["Bước này không hỏi điều này."]}
    assert [one.status_code for one in (missing, strange, unknown)] == [422] * 3


def test_the_key_of_another_commune_finds_nothing(call, binh, lan, case, summon, now):
    measure_id = call(lan, f"measures/cases/{case.id}/requests", summon).json()["id"]

    assert call(binh, f"measures/cases/{case.id}/requests", summon).status_code == 404
    assert call(binh, f"measures/{measure_id}/beginning", {"happened_at": now.isoformat()}).status_code == 404
    for path in ("contacts", "reviews", "disclosures"):
        body = {
            "contacts": {"purpose": "come", "way": "visit", "key": "a"},
            "reviews": {"kind": "death", "happened_on": "2026-11-20", "reason": "x"},
            "disclosures": {"authority": "x", "request": "x", "ground": "x"},
        }[path]
        address = f"contacts/cases/{case.id}/messages" if path == "contacts" else f"{path}/cases/{case.id}"
        assert call(binh, address, body).status_code == 404, path


# --- reached, reviewed, asked for by a court


def test_a_person_is_told_through_the_door_and_the_task_is_done_by_key(call, lan, case, now):
    told = {"purpose": "come", "way": "sms", "key": "cuoc-hen-7"}

    first, again = (call(lan, f"contacts/cases/{case.id}/messages", told).json() for _ in range(2))

    assert first == again
    assert (first["state"], first["reason"]) == ("by_person", "no_rule")
    assert [one["id"] for one in call(lan, "contacts/messages").json()] == [first["id"]]
    done = {"at": timezone.now().isoformat(), "way": "visit", "is_told": True}
    assert call(lan, f"contacts/messages/{first['id']}/told", done).json()["state"] == "told"
    assert call(lan, f"contacts/messages/{first['id']}/drop", {"words": "Thôi."}).status_code == 409


def test_a_review_asked_by_a_key_is_opened_by_a_person_and_its_frozen_words_stay(call, lan, chairwoman, case, now):
    body = {"kind": "near_death", "happened_on": "2026-11-20", "reason": "Bị siết cổ, cấp cứu kịp."}
    asked = call(lan, f"reviews/cases/{case.id}", body)
    assert asked.status_code == 201, asked.json()
    review_id = asked.json()["id"]
    with acting(chairwoman):
        reviews.answer_review(actor=chairwoman, review_id=review_id, agrees=True, now=now)

    page = call(lan, f"reviews/{review_id}").json()

    assert page["frozen"]["is_whole"]
    assert "facts" not in page["frozen"]
    assert [one["id"] for one in call(lan, "reviews").json()] == [review_id]
    assert call(lan, f"reviews/recommendations/{uuid4()}/done", {"words": "Xong."}).status_code == 404


def test_a_court_file_prepared_by_a_key_waits_for_a_signature_and_prints(call, lan, case):
    body = {"authority": "Tòa án nhân dân khu vực 5", "request": "Công văn số 12/TA", "ground": "Theo yêu cầu."}

    asked = call(lan, f"disclosures/cases/{case.id}", body)

    assert (asked.status_code, asked.json()["state"], asked.json()["number"]) == (201, "asked", "")
    file_id = asked.json()["id"]
    assert call(lan, f"disclosures/{file_id}").json()["left_out"]
    paper = call(lan, f"disclosures/{file_id}/paper")
    assert paper.content[:4] == b"%PDF"
