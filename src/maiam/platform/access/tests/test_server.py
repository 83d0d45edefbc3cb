"""A server that is not ready is told, all at once, in words its administrator can run."""

import pytest
from django.db import connection

from maiam.platform.access import server
from maiam.platform.access.context import APP_ROLE

pytestmark = pytest.mark.django_db


def test_the_server_of_the_tests_lacks_nothing():
    assert server.lacks() == []


def test_everything_missing_is_told_at_once_with_what_mends_it(monkeypatch):
    monkeypatch.setattr(server, "OLDEST", 99)
    monkeypatch.setattr(server, "EXTENSIONS", ("nobody_ships_this",))
    monkeypatch.setattr(server, "APP_ROLE", "nobody")

    told = [str(lack) for lack in server.lacks()]

    assert len(told) == 3
    assert "Bring PostgreSQL 99 or newer" in told[0]
    assert "postgresql-contrib" in told[1]
    assert "CREATE ROLE nobody LOGIN NOSUPERUSER NOBYPASSRLS" in told[2]


def test_an_owner_without_rights_is_told_so():
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP_ROLE}")

    told = [str(lack) for lack in server.lacks()]

    assert any("may not lay tables" in lack for lack in told)


def test_an_owner_who_may_not_create_roles_goes_on_to_be_told(monkeypatch):
    monkeypatch.setattr(server, "APP_ROLE", "nobody")
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {APP_ROLE}")

    server.make_role(password="0" * 64)

    assert any("The role nobody is missing" in str(lack) for lack in server.lacks())
