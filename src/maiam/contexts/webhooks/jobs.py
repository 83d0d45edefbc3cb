"""The line moves every few seconds: what was committed gets its number, what is due is sent."""

from datetime import datetime

from maiam.contexts.webhooks import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every


@every("* * * * * */5")
def put_in_line(now: datetime) -> None:
    services.put_in_line(actor=Actor.system("webhooks"), now=now)


@every("* * * * * */5")
def deliver(now: datetime) -> None:
    services.deliver(actor=Actor.system("webhooks"), now=now)
