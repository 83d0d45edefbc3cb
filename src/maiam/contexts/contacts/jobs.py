"""Messages leave within seconds of the moment they may."""

from datetime import datetime

from maiam.contexts.contacts import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every


@every("* * * * * */10")
def send_due(now: datetime) -> None:
    services.send_due(actor=Actor.system("contacts"), now=now)
