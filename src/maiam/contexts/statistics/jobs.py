"""Every night the last set day is counted, if nobody has asked for it yet."""

from datetime import datetime

from maiam.contexts.statistics import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every


@every("10 3 * * *")
def close_last_day(now: datetime) -> None:
    services.close_last_day(actor=Actor.system("closing of statistics"), now=now)
