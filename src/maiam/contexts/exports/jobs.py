"""Lists are written in the background; what has lived its day is emptied."""

from datetime import datetime

from maiam.contexts.exports import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every


@every("* * * * * */5")
def make_next(now: datetime) -> None:
    services.make_next_export(actor=Actor.system("exports"), now=now)


@every("*/5 * * * *")
def forget(now: datetime) -> None:
    services.forget_exports(actor=Actor.system("exports"), now=now)
