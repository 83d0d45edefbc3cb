"""The register is searched for doubles every night, and once more after each import."""

from datetime import datetime

from maiam.contexts.linkage import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import deferred, every


@every("15 2 * * *")
def find_doubles(now: datetime) -> None:
    services.find_doubles(actor=Actor.system("nightly search for doubles"), now=now)


@deferred
def find_doubles_in(*, commune_ids: list[int], now: datetime) -> None:
    services.find_doubles(actor=Actor.system("search for doubles"), now=now, commune_ids=commune_ids)
