"""The ladder, climbed by itself; duties handed on from whoever came into conflict."""

from datetime import datetime

from maiam.contexts.duties import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every


@every("* * * * * */10")
def escalate(now: datetime) -> None:
    services.escalate(actor=Actor.system("escalation"), now=now)


@every("* * * * * */10")
def hand_on_from_conflicted(now: datetime) -> None:
    services.hand_on_from_conflicted(actor=Actor.system("conflicts"), now=now)
