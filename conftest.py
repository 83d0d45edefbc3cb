"""Fixtures for every test of the house: the cast, and a database that already holds the real places."""

from pathlib import Path

import pytest
from django.core.management import call_command

from maiam.platform.access import server
from tests.cast import *  # noqa: F403 - the cast is known everywhere by design

JOURNEYS = Path(__file__).parent / "tests" / "journeys"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file on one core, and all journeys: they walk through one site."""
    for item in items:
        together = JOURNEYS if JOURNEYS in item.path.parents else item.path
        item.add_marker(pytest.mark.xdist_group(str(together)))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """Have the application's role before the test database is laid out; a server of one's own may lack it yet."""
    with django_db_blocker.unblock():
        server.make_role()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Load the real places once; every test builds on them and rolls back to them."""
    with django_db_blocker.unblock():
        call_command("createcachetable", verbosity=0)
        call_command("access_secure")
        call_command("places_load", verbosity=0)


@pytest.fixture(autouse=True)
def plain_static_names(settings):
    """Name styles and scripts as they were built: hashed names exist only where `collectstatic` ran."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
