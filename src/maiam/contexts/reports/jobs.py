"""The ledger, proven every night; the reports that waited for the database, filed as soon as it is back."""

from datetime import datetime

from maiam.contexts.reports import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every


@every("30 1 * * *")
def check_ledger(now: datetime) -> None:
    services.check_ledger(actor=Actor.system("ledger check"), now=now)


@every("* * * * * */5")
def drain_spool(now: datetime) -> None:
    services.drain_spool(actor=Actor.public(), now=now)
