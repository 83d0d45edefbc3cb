"""The ledger, proven every night."""

from datetime import datetime

from maiam.contexts.reports import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every


@every("30 1 * * *")
def check_ledger(now: datetime) -> None:
    services.check_ledger(actor=Actor.system("ledger check"), now=now)
