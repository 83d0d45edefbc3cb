"""The database guards what the models declare, also against a raw query and a forgotten actor."""

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from maiam.platform.access import Actor, ScopedModel, acting
from maiam.platform.access.context import APP_ROLE

GUARDED = [model for model in apps.get_models() if issubclass(model, ScopedModel)]
label = pytest.mark.parametrize("model", GUARDED, ids=lambda model: model._meta.label)


def _ask(sql: str, values: list[object] | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@label
def test_row_security_is_forced(db, model):
    rows = _ask("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", [model._meta.db_table])

    assert rows == [(True, True)]


@label
def test_each_declared_power_has_its_policy(db, model):
    rows = _ask(
        "SELECT policyname, with_check IS NOT NULL FROM pg_policies WHERE tablename = %s AND %s = ANY(roles)",
        [model._meta.db_table, APP_ROLE],
    )
    expected = set()
    if model.access.read:
        expected.add(("may_read", False))
    if model.access.add:
        expected.add(("may_add", True))
    if model.access.change:
        expected.add(("may_change", True))

    assert set(rows) == expected


@label
def test_nobody_deletes(db, model):
    rows = _ask("SELECT has_table_privilege(%s, %s, 'DELETE')", [APP_ROLE, model._meta.db_table])

    assert rows == [(bool(getattr(model, "may_delete", False)),)]


@label
def test_a_forgotten_actor_sees_nothing(db, model):
    with transaction.atomic():
        _ask("SELECT set_config('role', %s, true)", [APP_ROLE])

        assert _ask(f'SELECT count(*) FROM "{model._meta.db_table}"') == [(0,)]


@label
def test_the_public_reads_no_table(db, model):
    with acting(Actor.public()):
        assert _ask(f'SELECT count(*) FROM "{model._meta.db_table}"') == [(0,)]


def test_a_forged_actor_is_refused(db):
    forged = "0" * 64 + '{"everywhere": true}'
    with acting(Actor.public()):
        _ask("SELECT set_config('maiam.context', %s, true)", [forged])
        with pytest.raises(ProgrammingError, match="not signed"), transaction.atomic():
            _ask("SELECT access.everywhere()")


def test_the_key_cannot_be_read(db):
    with acting(Actor.system("test")), pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
        _ask("SELECT * FROM access.key")


def test_an_actor_stated_in_one_transaction_is_gone_in_the_next(db):
    with acting(Actor.system("test")):
        assert _ask("SELECT access.everywhere()") == [(True,)]
    connection.cursor().execute("RESET maiam.context")

    assert _ask("SELECT access.context()") == [(None,)]


def test_the_application_owns_nothing(db):
    owned = "SELECT count(*) FROM pg_class JOIN pg_roles ON relowner = pg_roles.oid WHERE rolname = %s"
    bypass = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = %s"

    assert _ask(owned, [APP_ROLE]) == [(0,)]
    assert _ask(bypass, [APP_ROLE]) == [(False,)]
