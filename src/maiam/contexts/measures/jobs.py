"""Measures end by themselves at the end of their term."""

from datetime import datetime

from maiam.contexts.measures import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every


@every("* * * * *")
def end_measures(now: datetime) -> None:
    services.end_measures(actor=Actor.system("end_measures"), now=now)
