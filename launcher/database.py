"""Which PostgreSQL this run uses: the server of DATABASE_URL, or the embedded one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from launcher.postgres import Cluster
from launcher.steps import clean_environment

OWNER, APP = "maiam_owner", "maiam_app"


@contextmanager
def database(cluster_name: str) -> Iterator[dict[str, str]]:
    """Yield the environment that reaches the database; `DATABASE_URL` is its owner's address."""
    if is_given():
        yield clean_environment()
        return
    cluster = Cluster(cluster_name)
    cluster.start()
    try:
        found(cluster)
        yield clean_environment(**addresses(cluster, owner="postgres" if cluster_name == "test" else OWNER))
    finally:
        cluster.release()


def is_given() -> bool:
    """Say whether somebody brought a server of their own."""
    return bool(os.environ.get("DATABASE_URL"))


def addresses(cluster: Cluster, *, owner: str = OWNER) -> dict[str, str]:
    """How to reach the database: as its owner, and as the application."""
    return {"DATABASE_URL": cluster.url(owner, "maiam"), "MAIAM_APP_DATABASE_URL": cluster.url(APP, "maiam")}


def found(cluster: Cluster) -> None:
    """Create the two roles and the database; the application's role owns nothing."""
    if cluster.query("SELECT 1 FROM pg_database WHERE datname = 'maiam'"):
        return
    for role in (OWNER, APP):
        if not cluster.query(f"SELECT 1 FROM pg_roles WHERE rolname = '{role}'"):
            cluster.query(f"CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE")
    # Set-up acts as the application where it does the application's work.
    cluster.query(f"GRANT {APP} TO {OWNER}")
    cluster.query(f"CREATE DATABASE maiam OWNER {OWNER}")
