"""Fixtures for every test of the house: the cast, and a database that already holds the real places."""

import pytest
from django.core.management import call_command

from maiam.platform.access import server
from tests.cast import *  # noqa: F403 - the cast is known everywhere by design


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
