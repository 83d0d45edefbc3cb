"""The register is searched for doubles every night, and once more after each import."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.dispatch import receiver

from maiam.contexts.families.events import register_filled
from maiam.contexts.linkage import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import deferred, every


@every("15 2 * * *")
def find_doubles(now: datetime) -> None:
    services.find_doubles(actor=Actor.system("nightly search for doubles"), now=now)


@deferred
def find_doubles_in(*, commune_ids: list[int], now: datetime) -> None:
    services.find_doubles(actor=Actor.system("search for doubles"), now=now, commune_ids=commune_ids)


@receiver(register_filled)
def search_where_filled(commune_ids: Collection[int], **_: Any) -> None:
    """Put the search on the queue, within the transaction that filled the register."""
    find_doubles_in(commune_ids=sorted(set(commune_ids)))
