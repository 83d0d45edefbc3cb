"""The ladder, climbed by itself."""

from datetime import datetime

from maiam.contexts.duties import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every


@every("* * * * * */10")
def escalate(now: datetime) -> None:
    services.escalate(actor=Actor.system("escalation"), now=now)
