"""Each night what is over its time is written down; what two people agreed to is carried out in steps."""

from collections.abc import Iterator
from datetime import datetime

from maiam.contexts.retention import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every, every_in_steps


@every("10 3 * * *")
def preview(now: datetime) -> None:
    services.make_previews(actor=Actor.system("retention"), now=now)


@every_in_steps("* * * * *")
def carry(now: datetime) -> Iterator[object]:
    return services.carry_previews(actor=Actor.system("retention"), now=now)
