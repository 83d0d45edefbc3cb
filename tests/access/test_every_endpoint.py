"""Every endpoint × every role, against one table; and whatever is sent, no endpoint breaks or answers unannounced."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from maiam.contexts.accounts.models import ApiToken
from maiam.contexts.accounts.queries import token_digest
from maiam.platform.access import Actor, Permission, Role
from maiam.platform.access.policy import POWERS
from maiam.web.api import api
from tests.access.endpoints import ENDPOINTS

pytestmark = pytest.mark.django_db

EXAMPLES = 25
PROMISES = (not_a_server_error, status_code_conformance, response_schema_conformance)
OF_PROVINCE = ("province", "inspector", "administrator", "trainer", "hotline")
MACHINES = [role for role in Role if Permission.USE_API in POWERS[role]]


@pytest.fixture
def key_of() -> Callable[[Actor], str]:
    """A machine's key for a post, whatever the post may do."""

    def make(actor: Actor) -> str:
        key, now = f"key of {actor.post_id}", timezone.now()
        ApiToken.objects.create(
            name="hệ thống",
            post_id=actor.post_id,
            made_by_id=actor.account_id,
            digest=token_digest(key),
            made_at=now,
            expires_at=now + timedelta(days=1),
        )
        return key

    return make


@pytest.fixture
def machine_of(seat, commune, village, key_of) -> Callable[[Role], str]:
    def make(role: Role) -> str:
        where = None if role.startswith(OF_PROVINCE) else commune
        return key_of(seat(role, "Người Thử", commune=where, village=village if role is Role.VILLAGE_HEAD else None))

    return make


@pytest.fixture
def one_connection() -> Iterator[None]:
    """A bare application closes the database after each request; a test's rows live in one connection."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _operations() -> Iterator[tuple[str, str]]:
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method in methods:
            yield method.upper(), path


def _address(path: str) -> str:
    """The endpoint's address with the id of something that does not exist."""
    parts = [str(uuid4()) if part.startswith("{") else part for part in path.split("/")]
    return "/".join(parts)


def _call(client: Client, method: str, path: str) -> int:
    sent = {} if method == "GET" else {"data": json.dumps({}), "content_type": "application/json"}
    return int(getattr(client, method.lower())(_address(path), **sent).status_code)


def test_every_endpoint_has_its_row():
    assert set(_operations()) == set(ENDPOINTS)


@pytest.mark.parametrize("endpoint", list(ENDPOINTS), ids=" ".join)
def test_nobody_is_let_in_without_a_key(endpoint):
    assert _call(Client(), *endpoint) == 401
    assert _call(Client(headers={"Authorization": "Bearer made-up"}), *endpoint) == 401


@pytest.mark.parametrize("role", list(Role))
def test_a_key_opens_what_its_post_may_do_and_nothing_else(role, machine_of):
    client = Client(headers={"Authorization": f"Bearer {machine_of(role)}"})
    wrong = {}
    for endpoint, power in ENDPOINTS.items():
        status = _call(client, *endpoint)
        is_open = role in MACHINES and _opens(role, power)
        # What is asked may be wrong, or not there; only a power that is missing is refused as such.
        if (status == 403) == is_open and not (status == 422 and not is_open and role in MACHINES):
            wrong[endpoint] = status

    assert wrong == {}


@pytest.mark.parametrize("endpoint", list(ENDPOINTS), ids=" ".join)
@pytest.mark.usefixtures("one_connection")
def test_whatever_is_sent_is_answered_as_announced(endpoint, machine_of, lan, key_of):
    """schemathesis sends what the schema allows and what it does not: no 500, no undocumented answer."""
    method, path = endpoint
    role = _who_may(endpoint)
    key = key_of(lan) if role is Role.CULTURE_OFFICER else machine_of(role)
    schema = schemathesis.openapi.from_dict(api.get_openapi_schema())
    schema.app = get_wsgi_application()
    operation = schema[path][method]

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def answers(case: schemathesis.Case) -> None:
        case.call_and_validate(headers={"Authorization": f"Bearer {key}", "Host": "testserver"}, checks=PROMISES)

    answers()


def _opens(role: Role, power: Permission | frozenset[Permission] | None) -> bool:
    asked = power if isinstance(power, frozenset) else {power}
    return power is None or bool(asked & POWERS[role])


def _who_may(endpoint: tuple[str, str]) -> Role:
    """The officer where she may, else the first who may; what no post may refuses her all the same."""
    may = [role for role in MACHINES if _opens(role, ENDPOINTS[endpoint])]
    return Role.CULTURE_OFFICER if Role.CULTURE_OFFICER in may or not may else may[0]
