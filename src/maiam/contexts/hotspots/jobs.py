"""Every morning each province is looked at; what was asked for is carried stage by stage."""

from collections.abc import Iterator
from datetime import datetime

from maiam.contexts.hotspots import services
from maiam.platform.access import Actor
from maiam.platform.jobs.queue import every, every_in_steps


# A quarter past five in Vietnam: before the first desk opens.
@every("15 22 * * *")
def ask_morning_runs(now: datetime) -> None:
    services.ask_morning_runs(actor=Actor.system("hot spots of the morning"), now=now)


@every_in_steps("* * * * *")
def carry_runs(now: datetime) -> Iterator[object]:
    return services.carry_runs(actor=Actor.system("hot spots"), now=now)
