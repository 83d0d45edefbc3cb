"""What two people agreed to erase is erased; copies that have lived their day are emptied."""

from datetime import datetime

from maiam.contexts.rights import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every


@every("* * * * * */10")
def carry_next_erasure(now: datetime) -> None:
    services.carry_next_erasure(actor=Actor.system("erasure"), now=now)


@every("*/5 * * * *")
def forget_copies(now: datetime) -> None:
    services.forget_copies(actor=Actor.system("rights"), now=now)
