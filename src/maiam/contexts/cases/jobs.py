"""Orders end by themselves; cases leave the hands of whoever came into conflict."""

from datetime import datetime

from maiam.contexts.cases import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every


@every("* * * * *")
def end_measures(now: datetime) -> None:
    services.end_measures(actor=Actor.system("end_measures"), now=now)


@every("* * * * *")
def hand_on_cases(now: datetime) -> None:
    services.hand_on_cases(actor=Actor.system("conflicts"), now=now)
